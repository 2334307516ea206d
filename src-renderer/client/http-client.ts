import { type LogScopeClient, type OutputOf, type Reply, RequestError, type RequestName } from '../../src-shared/contract';
import type { Connection, ConnectionSource } from './connection';
import { createListeners, parseEvent } from './listeners';
import { unwrapReply } from './reply';

/** What the client takes from the browser; passed in so that tests need no network. */
export interface BrowserParts {
  readonly location: Pick<Location, 'href' | 'hash'>;
  readonly fetch: typeof fetch;
  readonly openSocket: (url: string) => WebSocket;
  /** Takes the fragment out of the address bar and the history. */
  readonly forgetFragment: () => void;
  readonly setTimer: (run: () => void, afterMs: number) => void;
}

const firstRetryMs = 500;
const slowestRetryMs = 10_000;

/**
 * The client of the web door: requests are `POST api/<name>`, events come over a WebSocket at `./events`.
 * The token of the printed address (`#token=…`, never sent to a server by itself) is exchanged once for a session cookie.
 */
export function createHttpClient(parts: BrowserParts): LogScopeClient & ConnectionSource {
  const listeners = createListeners();
  const watchers = new Set<(connection: Connection) => void>();
  let connection: Connection = 'connecting';
  let retryMs = firstRetryMs;

  function setConnection(next: Connection): void {
    if (next === connection) return;
    connection = next;
    for (const watcher of [...watchers]) watcher(next);
  }

  const session = openSession(parts).then((accepted) => {
    if (accepted) openEvents();
    else setConnection('denied');
  });

  function openEvents(): void {
    const socket = parts.openSocket(new URL('events', parts.location.href).href.replace(/^http/, 'ws').replace(/#.*$/, ''));
    socket.addEventListener('open', () => {
      retryMs = firstRetryMs;
      setConnection('open');
    });
    socket.addEventListener('message', (message: MessageEvent<unknown>) => {
      const event = typeof message.data === 'string' ? parseEvent(message.data) : null;
      if (event) listeners.emit(event);
    });
    socket.addEventListener('close', () => {
      if (connection === 'denied') return;
      setConnection('reconnecting');
      parts.setTimer(openEvents, retryMs);
      retryMs = Math.min(retryMs * 2, slowestRetryMs);
    });
  }

  return {
    async request<N extends RequestName>(name: N, input: unknown): Promise<OutputOf<N>> {
      await session;
      const response = await parts.fetch(new URL(`api/${name}`, parts.location.href), post(input ?? null));
      if (response.status === 401) {
        setConnection('denied');
        throw new RequestError('not-allowed', 'This browser has no session with LogScope.');
      }
      return unwrapReply((await response.json()) as Reply<OutputOf<N>>);
    },
    on: listeners.on,
    onConnection(listener) {
      watchers.add(listener);
      listener(connection);
      return () => watchers.delete(listener);
    },
  };
}

/** False when the door refused the token. Without a token an earlier session's cookie may still do: the first request tells. */
async function openSession(parts: BrowserParts): Promise<boolean> {
  const token = new URLSearchParams(parts.location.hash.replace(/^#/, '')).get('token');
  if (token === null) return true;
  const response = await parts.fetch(new URL('session', parts.location.href), post({ token }));
  parts.forgetFragment();
  return response.ok;
}

function post(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), credentials: 'same-origin' };
}
