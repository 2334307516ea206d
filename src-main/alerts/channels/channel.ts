import type { AlertChange } from '../../../src-shared/alerts';

/** A way to tell others about alerts. Each decides for itself which changes it speaks about. */
export interface AlertChannel {
  readonly id: 'desktop';
  /** Must not throw: a channel that cannot deliver says so through its own log. */
  deliver(change: AlertChange): void;
}
