import type { Place, Reason } from './judgement';
import type { Level } from './level';
import type { SourceId } from './source';

/** A problem with a history: raised once per cause, cleared when the cause is gone. */
export interface Alert {
  readonly id: string;
  readonly key: string;
  readonly source: SourceId;
  readonly subject: string;
  readonly level: Extract<Level, 'warning' | 'critical'>;
  readonly reason: Reason;
  readonly place: Place;
  readonly raisedAtMs: number;
  readonly clearedAtMs: number | null;
  /** The user closed it: hidden from the banner until the cause clears and comes back. */
  readonly dismissed: boolean;
  /** It was already so when LogScope first looked: shown, but not notified. */
  readonly foundAtStart: boolean;
  /** How often this cause was raised since local midnight, this one included. */
  readonly countToday: number;
}

export interface AlertChange {
  readonly change: 'raised' | 'escalated' | 'eased' | 'cleared' | 'dismissed';
  readonly alert: Alert;
}
