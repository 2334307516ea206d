import type { IncomingMessage } from 'node:http';
import { type Refusal, refuse } from './refusal';

export const bodyLimitBytes = 64 * 1024;

/** The parsed body, or why it is not taken. An empty body is null, as requests without input send it. */
export async function readJsonBody(
  request: IncomingMessage,
): Promise<{ readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'refused'; readonly refusal: Refusal }> {
  const tooBig = { kind: 'refused', refusal: refuse(413, 'bad-input', `a body holds at most ${bodyLimitBytes} bytes`) } as const;
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) return tooBig;
  const chunks: Buffer[] = [];
  let totalBytes = 0;
  // destroyOnReturn would cut the connection before the refusal is written.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    totalBytes += chunk.length;
    if (totalBytes > bodyLimitBytes) return tooBig;
    chunks.push(chunk);
  }
  if (totalBytes === 0) return { kind: 'json', value: null };
  try {
    return { kind: 'json', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'refused', refusal: refuse(400, 'bad-input', 'the body is not JSON') };
    throw error;
  }
}
