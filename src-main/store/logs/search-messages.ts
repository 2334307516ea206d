import type { LogOrigin } from '../../../src-shared/logs/log-record';
import type { LogAnswer, LogQuestion } from './log-questions';
import type { SealedSegment } from './seal-segment';
import type { Segment } from './segment';

export interface SearchThreadData {
  readonly directory: string;
  /** What the thread is for: only one that searches is ever ended in its work. */
  readonly task: 'search' | 'seal';
}

export interface SealRequest {
  readonly segment: Segment;
}

export type SealReply = { readonly kind: 'sealed'; readonly sealed: SealedSegment } | { readonly kind: 'failed'; readonly message: string };

export interface SearchRequest {
  readonly id: number;
  readonly question: LogQuestion;
  readonly segments: readonly Segment[];
  /** Null: as with the request before. */
  readonly origins: readonly LogOrigin[] | null;
}

export interface SearchReply {
  readonly id: number;
  readonly answer: LogAnswer;
  /** Parts of segments that could not be read since the thread began. */
  readonly damagedCount: number;
}
