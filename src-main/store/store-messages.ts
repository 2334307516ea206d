import type { Batch } from './history';
import type { KeeperOpening } from './history-keeper';
import type { InputTo, QuestionName } from './store-questions';

/** What the store's thread is started with. */
export interface StoreThreadData {
  readonly file: string;
  /** For whatever else lives in the thread; null: nothing does. */
  readonly companion: unknown;
}

/** A question on its way to the thread; the answer has the type that `StoreQuestions` gives for its name. */
export interface AskMessage<N extends QuestionName = QuestionName> {
  readonly kind: 'ask';
  readonly id: number;
  readonly name: N;
  readonly input: InputTo<N>;
}

/** To the store's thread. `id` joins a reply to what it answers. */
export type StoreRequest =
  | { readonly kind: 'write'; readonly id: number; readonly batch: Batch }
  | AskMessage
  | { readonly kind: 'close'; readonly id: number };

/** From the store's thread. */
export type StoreReply =
  | { readonly kind: 'opened'; readonly opening: KeeperOpening }
  /** All of these writes were tried; `problem` is null when they are kept. */
  | { readonly kind: 'written'; readonly ids: readonly number[]; readonly problem: string | null; readonly setAsideFile: string | null }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string };
