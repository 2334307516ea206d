import { type ClientRequest, get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import type { KubernetesContext } from '../../src-shared/snapshots/pods';
import { type KubernetesClient, KubernetesError, type KubernetesQuery } from './kubernetes';
import type { KubernetesAccess, RequestAccess } from './kubernetes-access';
import { judgeUnreachable, toKubernetesError, toStatusError } from './kubernetes-errors';

const gunzip = promisify(gunzipWithCallback);

/** No single request may hang on a cluster that accepts and never answers. */
const answerWithinMs = 5_000;
/** Between two pieces of one answer. */
const pauseWithinMs = 10_000;
const maxAnswerBytes = 128 * 1024 * 1024;
const maxErrorBytes = 64 * 1024;
/** A dead way to the cluster is noticed by the kernel, for streams that may be silent. */
const keepAliveProbeMs = 15_000;

export interface KubernetesClientDeps {
  readonly context: KubernetesContext;
  readonly access: KubernetesAccess;
  readonly userAgent: string;
}

/** GET over HTTPS or HTTP with the context's credentials; refused credentials are renewed once. */
export class HttpKubernetesClient implements KubernetesClient {
  readonly context: KubernetesContext;
  readonly server: string;
  private readonly lifetime = new AbortController();

  constructor(private readonly deps: KubernetesClientDeps) {
    this.context = deps.context;
    this.server = deps.context.server ?? '';
  }

  async getJson(path: string, query: KubernetesQuery, signal: AbortSignal): Promise<unknown> {
    const response = await this.open(path, query, { Accept: 'application/json', 'Accept-Encoding': 'gzip' }, signal);
    try {
      const body = await readBody(response, maxAnswerBytes);
      const plain = response.headers['content-encoding'] === 'gzip' ? await gunzip(body, { maxOutputLength: maxAnswerBytes }) : body;
      return JSON.parse(plain.toString('utf8'));
    } catch (error) {
      throw toKubernetesError(error, this.context);
    }
  }

  async stream(path: string, query: KubernetesQuery, silenceMs: number | null, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const response = await this.open(path, query, { Accept: 'application/json, */*' }, signal);
    return readPieces(response, silenceMs, this.context);
  }

  close(): void {
    this.lifetime.abort();
    this.deps.access.close();
  }

  private async open(
    path: string,
    query: KubernetesQuery,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const both = AbortSignal.any([signal, this.lifetime.signal]);
    const first = await this.send(path, query, headers, await this.accessOrThrow(false), both);
    if (first.statusCode !== 401) return this.checked(first);
    first.resume();
    return this.checked(await this.send(path, query, headers, await this.accessOrThrow(true), both));
  }

  private async accessOrThrow(renew: boolean): Promise<RequestAccess> {
    const access = await this.deps.access.get(renew);
    if ('reason' in access) throw new KubernetesError(access.detail, null, access);
    return access;
  }

  private send(
    path: string,
    query: KubernetesQuery,
    headers: Readonly<Record<string, string>>,
    access: RequestAccess,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const url = addressOf(this.server, path, query);
    return new Promise((resolve, reject) => {
      const get = url.protocol === 'http:' ? httpGet : httpsGet;
      const options = { agent: access.agent, headers: { 'User-Agent': this.deps.userAgent, ...headers, ...access.headers }, signal };
      const request: ClientRequest = get(url, options);
      const deadline = setTimeout(() => request.destroy(timedOut(this.context)), answerWithinMs);
      request.on('socket', (socket) => socket.setKeepAlive(true, keepAliveProbeMs));
      request.on('response', (response) => {
        clearTimeout(deadline);
        resolve(response);
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(deadline);
        // The cluster may close a resting socket in the moment in which it is used again.
        if (request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) {
          resolve(this.send(path, query, headers, access, signal));
        } else reject(toKubernetesError(error, this.context));
      });
    });
  }

  private async checked(response: IncomingMessage): Promise<IncomingMessage> {
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    const body = await readBody(response, maxErrorBytes).catch(() => Buffer.alloc(0));
    throw toStatusError(status, body.toString('utf8'), this.context);
  }
}

/** The path of the server's address stays in front: clusters behind Rancher and the like have one. */
export function addressOf(server: string, path: string, query: KubernetesQuery): URL {
  const url = new URL(server.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url;
}

function timedOut(context: KubernetesContext): KubernetesError {
  return new KubernetesError('no answer in time', null, judgeUnreachable('ETIMEDOUT', 'no answer in time', context));
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const watchdog = startWatchdog(response, pauseWithinMs);
  try {
    for await (const piece of response) {
      watchdog?.refresh();
      bytes += (piece as Buffer).length;
      if (bytes > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
      pieces.push(piece as Buffer);
    }
    return Buffer.concat(pieces);
  } finally {
    clearTimeout(watchdog);
  }
}

async function* readPieces(response: IncomingMessage, silenceMs: number | null, context: KubernetesContext): AsyncGenerator<Buffer, void> {
  const watchdog = startWatchdog(response, silenceMs);
  const failure: { error: unknown } = { error: null };
  // Without a listener of its own a break between opening and the first read would be an uncaught exception.
  response.on('error', (error) => {
    failure.error = error;
  });
  try {
    for await (const piece of response) {
      watchdog?.refresh();
      yield piece as Buffer;
    }
  } catch (error) {
    throw toKubernetesError(failure.error ?? error, context);
  } finally {
    clearTimeout(watchdog);
    response.destroy();
  }
}

/** Ends a response in which nothing came for this long. A timer of our own: one set on the socket would outlive the response. */
function startWatchdog(response: IncomingMessage, silenceMs: number | null): NodeJS.Timeout | undefined {
  if (silenceMs === null) return undefined;
  return setTimeout(() => response.destroy(new Error(`silent for ${Math.round(silenceMs / 1000)} s`)), silenceMs);
}
