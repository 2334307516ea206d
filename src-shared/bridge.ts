import type { AnyEvent, EventName, Reply } from './contract';

/**
 * What the sandboxed preload puts on `window` in the desktop app: two functions and nothing else.
 * Untyped payloads on purpose: `ipc-client` gives them their contract types.
 */
export interface LogScopeBridge {
  /** Never rejects for what main answers: a refusal is a reply with an error. */
  request(name: string, input: unknown): Promise<Reply<unknown>>;
  /** The return value stops it. An event name that the contract does not have is ignored. */
  on(event: EventName, listener: (payload: AnyEvent['payload']) => void): () => void;
}

/** `window.logscope`; absent in a browser. */
export const bridgeName = 'logscope';
