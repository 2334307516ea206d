import type { Clock, Timers } from '../../platform/clock';
import { DeskRefusal, type TrafficDesk } from './traffic-desk';

export interface DirectDeskDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Null: nothing is kept from one opening to the next. */
  readonly cacheDirectory: string | null;
  /** What `~/` stands for. */
  readonly home: string;
  /** Where groups have their names. */
  readonly etc: string;
  /** Keyed hash for what is masked, as of a redactor. */
  readonly hash: (secret: string) => string;
}

/** The desk itself, in the thread that calls it. */
export function createDirectDesk(_deps: DirectDeskDeps): TrafficDesk {
  return {
    ask: () => Promise.reject(new DeskRefusal('bad-input', 'Logs cannot be opened yet.')),
    write: () => false,
    endStream: () => undefined,
    close: () => Promise.resolve(),
  };
}
