/**
 * How the window is joined to its core. `denied` is the web door refusing this browser (no session, or an expired one):
 * trying again by itself would not help.
 */
export type Connection = 'connecting' | 'open' | 'reconnecting' | 'denied';

/** A client whose line can break: the web door's. The bridge of the desktop shell is always open. */
export interface ConnectionSource {
  onConnection(listener: (connection: Connection) => void): () => void;
}

export function hasConnection(client: object): client is ConnectionSource {
  return 'onConnection' in client;
}
