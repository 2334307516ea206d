import type { AnyEvent, AppInfo, Reply } from '../../src-shared/contract';
import type { Caller } from '../api/dispatch';
import type { Audience } from '../engine/cadence';
import type { Roots } from '../platform/roots';

export type { Audience, Caller };

/** What the machine-side of LogScope needs to know before it starts. Plain data: it crosses a thread border. */
export interface CoreOptions {
  readonly door: AppInfo['door'];
  readonly version: string;
  /** Where settings.json, the database and the log of LogScope itself live. */
  readonly dataDirectory: string;
  readonly audience: Audience;
  /** Overrides of the machine's own file roots, for recorded trees in tests. */
  readonly roots: Roots;
  /** Shown instead of the host name; null for the host name. */
  readonly nodeName: string | null;
  /** Explicit engine endpoint from flags or environment; wins over the settings; null for none. */
  readonly engineEndpoint: string | null;
  /** False for a one-shot command: nothing is stored. */
  readonly store: boolean;
  /** Root of the process tree that counts as LogScope itself (Electron's main process). */
  readonly selfPid: number;
  readonly electronVersion: string | null;
  readonly chromeVersion: string | null;
  readonly systemLanguage: 'en' | 'ko';
  /** Where the demo of access logs is; left out: `demo` in the data directory. */
  readonly demoDirectory?: string;
}

/**
 * LogScope without a door: collectors, rules, engine, store and alerts behind one dispatch. The three doors only carry
 * names, inputs and replies to and fro. `createApp` gives one in this thread, `startCoreThread` one in a worker thread.
 */
export interface Core {
  /** Never rejects: everything that goes wrong is a reply with an error. */
  handle(name: string, input: unknown, caller: Caller): Promise<Reply<unknown>>;
  /** Called for every event; the return value stops it. */
  onEvent(listener: (event: AnyEvent) => void): () => void;
  setAudience(audience: Audience): void;
  /** The machine goes to sleep / woke up: no collecting in between, no rates across the gap. */
  suspend(): void;
  resume(): void;
  /** Ends timers, streams, descriptors and the store. Idempotent; settles within 2 s. */
  stop(): Promise<void>;
}
