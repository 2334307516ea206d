import type { Sentence } from '../../../src-shared/sentence';
import type { DeskQuestion, DeskQuestions } from './traffic-desk';

/** To the thread that reads access logs. */
export type ToDesk =
  | { readonly kind: 'ask'; readonly id: number; readonly name: DeskQuestion; readonly input: DeskQuestions[DeskQuestion]['input'] }
  /** Nobody waits for this answer any more. */
  | { readonly kind: 'never-mind'; readonly id: number }
  | { readonly kind: 'chunk'; readonly session: string; readonly bytes: Uint8Array }
  | { readonly kind: 'end-stream'; readonly session: string; readonly problem: Sentence | null }
  | { readonly kind: 'close' };

/** From it. */
export type FromDesk =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly code: 'bad-input' | 'not-found'; readonly message: string }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  /** So many bytes of handed-in chunks were read. */
  | { readonly kind: 'taken'; readonly byteCount: number }
  | { readonly kind: 'gone'; readonly session: string }
  | { readonly kind: 'closed' };

/** What the thread needs to work by itself. */
export interface DeskThreadData {
  /** Null: nothing is kept from one opening to the next. */
  readonly cacheDirectory: string | null;
  readonly home: string;
  readonly etc: string;
  readonly hashKey: Uint8Array;
}
