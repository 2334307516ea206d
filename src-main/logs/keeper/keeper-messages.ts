import type { PackedBatch } from '../pipeline/packed-batch';
import type { KeeperQuestion, KeeperQuestions, LogSettings } from './log-keeper';

/** To the thread that keeps the logs. */
export type ToKeeper =
  | { readonly kind: 'batch'; readonly id: number; readonly batch: PackedBatch }
  | { readonly kind: 'ask'; readonly id: number; readonly name: KeeperQuestion; readonly input: KeeperQuestions[KeeperQuestion]['input'] }
  /** Nobody waits for this answer any more. */
  | { readonly kind: 'never-mind'; readonly id: number }
  | { readonly kind: 'configure'; readonly settings: LogSettings }
  | { readonly kind: 'close' };

/** From it. */
export type FromKeeper =
  /** There is room for what these took. */
  | { readonly kind: 'taken'; readonly id: number; readonly isWatched: boolean }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly code: 'bad-input' | 'not-found'; readonly message: string }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'urgent' }
  | { readonly kind: 'closed' };
