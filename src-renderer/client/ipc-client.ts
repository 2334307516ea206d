import type { EventName, Events, InputOf, LogScopeClient, OutputOf, Reply, RequestName } from '../../src-shared/contract';
import { unwrapReply } from './reply';

/** What the preload script puts on `window.logscope`: two functions, nothing else. */
export interface PreloadBridge {
  request<N extends RequestName>(name: N, input: InputOf<N>): Promise<Reply<OutputOf<N>>>;
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
}

declare global {
  interface Window {
    readonly logscope?: PreloadBridge;
  }
}

/** The client of the desktop shell. */
export function createIpcClient(bridge: PreloadBridge): LogScopeClient {
  return {
    async request(name, input) {
      return unwrapReply(await bridge.request(name, input));
    },
    on: (event, listener) => bridge.on(event, listener),
  };
}
