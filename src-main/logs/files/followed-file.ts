import type { LogKind } from '../../../src-shared/logs/log-record';
import type { Sentence } from '../../../src-shared/sentence';
import type { LogSource } from '../../../src-shared/snapshots/logs';

/** What is told of a file that is followed, or should be. */
export interface FollowedFile extends Pick<LogSource, 'state'> {
  /** Why its state is what it is; null: nothing is to be said. */
  readonly why: Sentence | null;
  /** What a person can do about it; null: nothing, or there is no need. */
  readonly remedy: Sentence | null;
  readonly path: string;
  readonly kind: LogKind;
  readonly gapCount: number;
}

export interface FollowedFiles {
  /** As they are, not as they were: ask them at once. */
  readonly files: readonly FollowedFile[];
  readonly openCount: number;
  readonly openLimit: number;
  /** Matching files that are not followed, for there are too many. */
  readonly leftOutCount: number;
}
