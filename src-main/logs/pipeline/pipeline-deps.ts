import type { LogOrigin } from '../../../src-shared/logs/log-record';
import type { LogStore } from '../../store/logs/log-store';
import type { Classify } from '../classify';
import type { SourceStatesDeps } from './source-states';

export interface LogPipelineDeps extends Pick<SourceStatesDeps, 'hash' | 'maskEmail' | 'continuation'> {
  readonly clock: { nowMs(): number; monotonicMs(): number };
  /** East of UTC, of this machine: for stamps without a zone. */
  readonly offsetMinutes: () => number;
  readonly sink: Pick<LogStore, 'describe' | 'append' | 'note' | 'notes'>;
  /** The person's own words that make a line an error. */
  readonly ownWords: Classify;
  /** False: a rule of the person leaves it out. */
  readonly isWanted: (origin: LogOrigin, text: string) => boolean;
  /** Neither of the two looks at its lines: those of a flood need not be looked at one by one. */
  readonly mayTakeByShape: (origin: LogOrigin) => boolean;
}
