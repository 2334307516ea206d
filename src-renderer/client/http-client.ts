import { type LogScopeClient, type OutputOf, type Reply, RequestError, type RequestName, type TakenBack } from '../../src-shared/contract';
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
  // The session may be open before the page listens (seen when the exchange takes less than the first rendering): the place waits for it.
  let tellPageListens = () => {};
  const pageListens = new Promise<void>((resolve) => {
    tellPageListens = resolve;
  });

  function setConnection(next: Connection): void {
    if (next === connection) return;
    connection = next;
    for (const watcher of [...watchers]) watcher(next);
  }

  function waitToRetry(): Promise<void> {
    setConnection('reconnecting');
    const afterMs = retryMs;
    retryMs = Math.min(retryMs * 2, slowestRetryMs);
    return new Promise((resolve) => parts.setTimer(resolve, afterMs));
  }

  /** The response, or null while nobody answers. */
  async function send(path: string, body: unknown, signal: AbortSignal | null = null): Promise<Response | null> {
    try {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal };
      return await parts.fetch(new URL(path, parts.location.href), { ...init, credentials: 'same-origin' });
    } catch (error) {
      // fetch tells every broken line as a TypeError; anything else is ours.
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  /** Ends once the token is exchanged or refused. Without a token an earlier session's cookie may still do: the first request tells. */
  async function openSession(): Promise<void> {
    const given = new URLSearchParams(parts.location.hash.replace(/^#/, ''));
    const token = given.get('token');
    if (token !== null) {
      let response = await send('session', { token });
      while (response === null) {
        await waitToRetry();
        response = await send('session', { token });
      }
      parts.forgetFragment();
      if (!response.ok) {
        setConnection('denied');
        return;
      }
      if (given.get('show') === 'demo') void showDemo();
    }
    openEvents();
  }

  /** As the tray and notifications lead somewhere in a window of the desktop. */
  async function showDemo(): Promise<void> {
    await pageListens;
    listeners.emit({ event: 'navigate', payload: { section: 'traffic', item: 'demo' } });
  }

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
    socket.addEventListener('close', () => void reopen());
  }

  /** A socket does not tell a refused session from a door that is down; a request does. */
  async function reopen(): Promise<void> {
    let response: Response | null = null;
    while (response === null && connection !== 'denied') {
      await waitToRetry();
      response = await send('api/app.info', null);
    }
    if (response?.status === 401) setConnection('denied');
    if (connection !== 'denied') openEvents();
  }

  const session = openSession();

  return {
    async request<N extends RequestName>(name: N, input: unknown, signal?: TakenBack): Promise<OutputOf<N>> {
      await session;
      const taking = new AbortController();
      if (signal?.aborted) taking.abort();
      signal?.addEventListener('abort', () => taking.abort());
      try {
        const response = await send(`api/${name}`, input ?? null, taking.signal);
        if (response === null) throw new RequestError('unexpected', 'LogScope does not answer.');
        if (response.status === 401) {
          setConnection('denied');
          throw new RequestError('not-allowed', 'This browser has no session with LogScope.');
        }
        return unwrapReply((await response.json()) as Reply<OutputOf<N>>);
      } catch (error) {
        if (signal?.aborted) throw new RequestError('unexpected', 'This question was taken back.');
        throw error;
      }
    },
    on(event, listener) {
      const off = listeners.on(event, listener);
      if (event === 'navigate') tellPageListens();
      return off;
    },
    onConnection(listener) {
      watchers.add(listener);
      listener(connection);
      return () => watchers.delete(listener);
    },
  };
}
