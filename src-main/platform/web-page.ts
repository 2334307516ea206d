import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What a local web server says when it is asked for its first page. */
export interface PageAnswer {
  readonly url: string;
  readonly status: number;
  /** Text of the page's own title, white space folded, at most 200 characters; null when it has none. From outside: text only. */
  readonly title: string | null;
}

const patienceMs = 1_500;
/** Titles stand at the start; what follows is not read. */
const readBytes = 64 * 1024;
const longestTitle = 200;

/**
 * Asks a server on this machine for `/`, in plain HTTP and then over TLS (any certificate: nothing is sent that is worth protecting).
 * Redirects are not followed. Null: whatever listens there does not speak HTTP, or not in time. Never rejects.
 */
export async function askLocalPage(host: '127.0.0.1' | '::1', port: number): Promise<PageAnswer | null> {
  const shown = `localhost:${port}/`;
  const plain = await ask(httpRequest, { host, port });
  if (plain !== null && !speaksOnlyTls(plain)) return { url: `http://${shown}`, status: plain.status, title: titleOf(plain.text) };
  const secure = await ask(httpsRequest, { host, port, rejectUnauthorized: false, servername: 'localhost' } as RequestOptions);
  if (secure !== null) return { url: `https://${shown}`, status: secure.status, title: titleOf(secure.text) };
  return plain === null ? null : { url: `http://${shown}`, status: plain.status, title: titleOf(plain.text) };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** nginx, Apache, Node and Go say so in a 400 of their own. */
function speaksOnlyTls({ status, text }: Answer): boolean {
  return status === 400 && /https/i.test(text);
}

function ask(send: (options: RequestOptions, onAnswer: (answer: IncomingMessage) => void) => ClientRequest, options: RequestOptions) {
  return new Promise<Answer | null>((resolve) => {
    const request = send(
      // No keep-alive: a question, not a visitor who stays. A development server may refuse names it does not know: localhost is known.
      { ...options, path: '/', agent: false, headers: { host: `localhost:${options.port}`, accept: 'text/html', connection: 'close' } },
      (answer) => {
        const chunks: Buffer[] = [];
        let length = 0;
        const finish = () => {
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8', 0, Math.min(length, readBytes)) });
          request.destroy();
        };
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length >= readBytes) finish();
        });
        answer.on('end', finish);
        // Cut off half way: what came is an answer.
        answer.on('error', finish);
      },
    );
    const patience = setTimeout(() => request.destroy(new Error('no answer in time')), patienceMs);
    // Not HTTP, nobody there, silent: all the same here.
    request.on('error', () => resolve(null));
    request.on('close', () => {
      clearTimeout(patience);
      resolve(null);
    });
    request.end();
  });
}

const namedCharacters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  middot: '·',
  ndash: '–',
  mdash: '—',
};

/** The text between the title tags, with its character references resolved. Pure. */
export function titleOf(html: string): string | null {
  const start = /<title(?:\s[^>]{0,200})?>/i.exec(html);
  if (start === null) return null;
  const from = start.index + start[0].length;
  const end = html.toLowerCase().indexOf('</title', from);
  const raw = html.slice(from, end < 0 ? from + longestTitle * 4 : Math.min(end, from + longestTitle * 4));
  const text = raw
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return namedCharacters[name.toLowerCase()] ?? whole;
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : whole;
    })
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? null : Array.from(text).slice(0, longestTitle).join('');
}
