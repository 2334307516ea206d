import type { InputOf, LogPage, LogPatterns, LogStorage, LogTimeline, NewerRecords } from '../../../src-shared/contract';
import type { Settings } from '../../../src-shared/settings';
import type { LogSource } from '../../../src-shared/snapshots/logs';
import type { LogDigest } from '../pipeline/log-digest';
import type { PackedBatch } from '../pipeline/packed-batch';
import type { RawBatch } from '../pipeline/raw-batch';

/** What of the settings the keeper goes by. */
export type LogSettings = Settings['logs'];

/** What is known of all logs at one moment. */
export interface KeeperDigest extends LogDigest {
  readonly fileSources: readonly LogSource[];
  readonly warnings: readonly string[];
}

/** What it can be asked, by name. */
export interface KeeperQuestions {
  readonly search: { readonly input: InputOf<'logs.search'>; readonly answer: LogPage };
  readonly newer: { readonly input: InputOf<'logs.newer'>; readonly answer: NewerRecords };
  readonly around: { readonly input: InputOf<'logs.around'>; readonly answer: LogPage };
  readonly timeline: { readonly input: InputOf<'logs.timeline'>; readonly answer: LogTimeline };
  readonly patterns: { readonly input: InputOf<'logs.patterns'>; readonly answer: LogPatterns };
  readonly 'mark-pattern': { readonly input: InputOf<'logs.mark-pattern'>; readonly answer: boolean };
  readonly storage: { readonly input: null; readonly answer: LogStorage };
  /** How far each reader was, as of the last run. */
  readonly positions: { readonly input: null; readonly answer: ReadonlyMap<string, string> };
  /** `since`: of the digest before; its counts of sources that did not change are left out. */
  readonly digest: { readonly input: { readonly since: number }; readonly answer: KeeperDigest };
}

export type KeeperQuestion = keyof KeeperQuestions;

/** Name of the one reader of the journal. */
export const journalReader = 'journal';

/** A question that makes no sense, in words for a person. */
export class KeeperRefusal extends Error {
  constructor(
    readonly code: 'bad-input' | 'not-found',
    message: string,
  ) {
    super(message);
    this.name = 'KeeperRefusal';
  }
}

/** Keeps the lines of all logs: takes them in, follows files by itself, answers what is asked of them. In this thread or in another. */
export interface LogKeeper {
  /** Null: there is room for more; else resolves when there is. A batch that was taken is kept, or counted as lost. */
  take(batch: RawBatch | PackedBatch): Promise<void> | null;
  /** Rejects with KeeperRefusal. */
  ask<Name extends KeeperQuestion>(
    name: Name,
    input: KeeperQuestions[Name]['input'],
    signal?: AbortSignal,
  ): Promise<KeeperQuestions[Name]['answer']>;
  configure(settings: LogSettings): void;
  /** Called when something just happened that should be told before the next tick: an error that is new. The return value ends it. */
  onUrgent(listener: () => void): () => void;
  /** Somebody looks at lines as they come: they are handed on at once. Else they may be gathered, which costs a tenth. */
  isWatched(): boolean;
  /** Stores what is there and lets go of everything. */
  close(): Promise<void>;
}
