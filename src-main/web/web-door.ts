import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Core } from '../app/core';
import { allowedHosts, authorityOf, isWildcardHost, withoutBrackets } from './allowed-hosts';
import { type Auth, createAuth } from './auth';
import { createEventSockets, type EventSockets } from './event-sockets';
import { readJsonBody } from './read-json-body';
import { judgeHost, judgeJson, judgeOrigin, judgeTarget, type Refusal, refusalBody, refuse, setSafetyHeaders } from './refusal';
import { readStaticFiles, type StaticFile } from './static-files';

export interface WebDoorOptions {
  readonly core: Core;
  /** Address or name to listen on. The command line refuses one that other machines can reach, unless told. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly actionsAllowed: boolean;
  readonly rendererDirectory: string;
  /** The machine's own addresses: names this door answers to when it listens on all of them. */
  readonly localAddresses: readonly string[];
}

export interface WebDoor {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  /** With the token in the fragment, which no server and no log ever sees. */
  readonly url: string;
  /** Events that slow browsers did not get, since the door opened. */
  droppedEventCount(): number;
  /** Closes every connection; settles when the port is free. */
  stop(): Promise<void>;
}

export const connectionLimit = 50;
const headerTimeoutMs = 5_000;
const requestTimeoutMs = 10_000;

/**
 * LogScope in a browser: the built window, `POST /session`, `POST /api/<name>` and the WebSocket `/events`. Loopback is not
 * a boundary (any page in the browser reaches it), hence exact Host, exact Origin, a session and no CORS on everything that
 * tells or does something. Rejects when the port cannot be had or the window is not built.
 */
export async function startWebDoor(options: WebDoorOptions): Promise<WebDoor> {
  const files = readStaticFiles(options.rendererDirectory);
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: headerTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: 1_000,
  });
  server.maxConnections = connectionLimit;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, withoutBrackets(options.host), () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const auth = createAuth(port);
  const sockets = createEventSockets(options.core);
  const door: Door = { ...options, auth, sockets, files, hosts: allowedHosts(options.host, port, options.localAddresses) };

  server.on('request', (request, response) => {
    answer(door, request, response).catch(() => {
      // The only way here is a connection that broke while its body was read: nobody is left to answer.
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => upgrade(door, request, socket, head));

  const shown = isWildcardHost(options.host) ? '127.0.0.1' : options.host;
  return {
    host: options.host,
    port,
    token: auth.token,
    url: `http://${authorityOf(shown, port)}/#token=${auth.token}`,
    droppedEventCount: sockets.droppedEventCount,
    stop: () =>
      new Promise((resolve) => {
        sockets.stop();
        server.close(() => resolve());
        server.closeIdleConnections();
        // Upgraded and half-read connections are not idle: give the closing handshakes a moment, then cut.
        setTimeout(() => server.closeAllConnections(), 250).unref();
      }),
  };
}

interface Door {
  readonly core: Core;
  readonly actionsAllowed: boolean;
  readonly auth: Auth;
  readonly sockets: EventSockets;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly hosts: ReadonlySet<string>;
}

async function answer(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  setSafetyHeaders(response);
  const refusal = judgeHost(request, door.hosts) ?? judgeTarget(request);
  if (refusal) {
    sendRefusal(response, refusal);
  } else if (request.method === 'GET' || request.method === 'HEAD') {
    sendFile(door, request, response);
  } else if (request.method === 'POST') {
    await answerPost(door, request, response);
  } else {
    response.setHeader('allow', 'GET, HEAD, POST');
    sendRefusal(response, refuse(405, 'not-allowed', 'GET and POST only'));
  }
}

function sendFile(door: Door, request: IncomingMessage, response: ServerResponse): void {
  const file = door.files.get(request.url ?? '');
  if (file === undefined && request.url === '/favicon.ico') {
    // Browsers ask for it unasked; a 404 would stand in their console as an error of the page.
    response.writeHead(204).end();
  } else if (file === undefined) {
    sendRefusal(response, refuse(404, 'not-found', 'nothing here'));
  } else {
    response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.body.length, 'cache-control': file.cacheControl });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }
}

async function answerPost(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  const isSession = path === '/session';
  const refusal =
    judgeOrigin(request) ??
    (isSession || path.startsWith('/api/') ? null : refuse(404, 'not-found', 'nothing here')) ??
    (isSession || door.auth.allows(request.headers.cookie) ? null : noSession) ??
    judgeJson(request);
  const body = refusal === null ? await readJsonBody(request) : { kind: 'refused' as const, refusal };
  if (body.kind === 'refused') {
    sendRefusal(response, body.refusal);
  } else if (isSession) {
    openSession(door, body.value, response);
  } else {
    const reply = await door.core.handle(path.slice('/api/'.length), body.value, { actionsAllowed: door.actionsAllowed });
    sendJson(response, 200, JSON.stringify(reply));
  }
}

const noSession = refuse(401, 'not-allowed', 'no session: open the address that LogScope printed, with its token');

function openSession(door: Door, body: unknown, response: ServerResponse): void {
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : null;
  const cookie = typeof token === 'string' ? door.auth.exchange(token) : null;
  if (cookie === null) {
    sendRefusal(response, refuse(401, 'not-allowed', 'that token is not the one of this door'));
    return;
  }
  response.setHeader('set-cookie', cookie);
  sendJson(response, 200, JSON.stringify({ ok: true, value: null }));
}

function upgrade(door: Door, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const refusal =
    judgeHost(request, door.hosts) ??
    judgeTarget(request) ??
    judgeOrigin(request) ??
    (request.url === '/events' ? null : refuse(404, 'not-found', 'nothing here')) ??
    (door.auth.allows(request.headers.cookie) ? null : noSession);
  if (refusal === null) {
    door.sockets.accept(request, socket, head);
    return;
  }
  const body = refusalBody(refusal);
  // A peer that has already gone makes this write fail; the socket is given up either way.
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${refusal.status} Refused\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Closes the connection: the rest of a body that is not wanted is not read. */
function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  response.setHeader('connection', 'close');
  sendJson(response, refusal.status, refusalBody(refusal));
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
