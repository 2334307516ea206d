import { onceAborted } from './abort-fan-out';
import { ContainerEngineError, type MalformedMessage } from './container-engine';
import type { EngineEndpoint } from './container-engine-endpoint';
import { judgeConnectionError, toEngineError } from './container-engine-errors';
import { LineSplitter } from './line-splitter';

/** No single call may hang on an engine that accepts and never answers: it is told within five seconds. */
const callTimeoutMs = 4_500;
const maxMessageBytes = 1024 * 1024;

/** The chunks of a stream until it ends or `controller` aborts; `release` is called when nobody reads it any more. */
export async function* readAll(
  source: AsyncIterable<Buffer>,
  controller: AbortController,
  toError: (error: unknown) => ContainerEngineError,
  release: () => void,
): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of source) yield chunk;
  } catch (error) {
    if (!controller.signal.aborted) throw toError(error);
  } finally {
    controller.abort();
    release();
  }
}

/** One JSON message a line; what cannot be read becomes a count, the stream goes on. */
export async function* parseMessages<T>(
  bytes: AsyncIterable<Buffer>,
  parse: (json: unknown) => T | null,
): AsyncGenerator<T | MalformedMessage, void> {
  const ready: (T | MalformedMessage)[] = [];
  const splitter = new LineSplitter(maxMessageBytes, (line, cutBytes) => {
    if (line.length === 0) return;
    ready.push((cutBytes === 0 ? parse(parseJson(line)) : null) ?? { kind: 'malformed' });
  });
  for await (const chunk of bytes) {
    splitter.write(chunk);
    yield* ready.splice(0);
  }
}

function parseJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Settles in bounded time whatever the engine does: the driver never settles when an answer breaks off in its middle
 * (docker-modem 5.0.6 listens for "end" only).
 */
export function withDeadline<T>(
  run: (signal: AbortSignal) => Promise<T>,
  outer: AbortSignal,
  endpoint: EngineEndpoint,
  installed: boolean,
  timeoutMs = callTimeoutMs,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      forget();
      settle();
    };
    const giveUp = (code: string) =>
      finish(() => {
        controller.abort();
        const outage = judgeConnectionError(code, endpoint, installed);
        reject(new ContainerEngineError(`No answer from ${endpoint.text}`, null, outage, code));
      });
    const onAbort = () => giveUp('ECANCELED');
    const timer = setTimeout(() => giveUp('ETIMEDOUT'), timeoutMs);
    const forget = onceAborted(outer, onAbort);
    if (outer.aborted) return onAbort();
    run(controller.signal).then(
      (value) => finish(() => resolve(value)),
      (error: unknown) => finish(() => reject(toEngineError(error, endpoint, installed))),
    );
  });
}
