import type { LogScopeClient } from '../../src-shared/contract';
import { createHttpClient } from './http-client';
import { createIpcClient } from './ipc-client';

/** The bridge of the desktop shell where there is one, the web door otherwise. */
export function createClient(): LogScopeClient {
  if (window.logscope) return createIpcClient(window.logscope);
  return createHttpClient({
    location: window.location,
    fetch: (input, init) => window.fetch(input, init),
    openSocket: (url) => new WebSocket(url),
    forgetFragment: () => window.history.replaceState(null, '', window.location.pathname + window.location.search),
    setTimer: (run, afterMs) => void window.setTimeout(run, afterMs),
  });
}
