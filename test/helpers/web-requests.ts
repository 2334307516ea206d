import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Left out: sent as the URL says. */
  readonly host?: string;
}

/** One HTTP request with exactly these headers, over a connection of its own; rejects when the connection breaks. */
export function ask(port: number, { method = 'GET', path = '/', headers = {}, body, host }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, agent: false, headers: { host: host ?? `127.0.0.1:${port}`, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export function originOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** A well-formed POST of this door's own page. */
export function post(port: number, path: string, value: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return ask(port, {
    method: 'POST',
    path,
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json', origin: originOf(port), ...headers },
  });
}

/** The Cookie header of a session opened with the token. */
export async function openSession(port: number, token: string): Promise<string> {
  const answer = await post(port, '/session', { token });
  const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0];
  if (answer.status !== 200 || cookie === undefined) throw new Error(`no session: ${answer.status} ${answer.body}`);
  return cookie;
}

export type Knock = { readonly kind: 'open'; readonly socket: WebSocket } | { readonly kind: 'refused'; readonly status: number };

/** Opens the event socket, or tells the status of the refusal. */
export function knock(port: number, headers: Readonly<Record<string, string>>, path = '/events'): Promise<Knock> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => resolve({ kind: 'open', socket }));
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve({ kind: 'refused', status: response.statusCode ?? 0 });
    });
    socket.on('error', reject);
  });
}

/** Sends raw bytes and reads until the door closes. */
export function talk(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}
