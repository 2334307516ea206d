import type { Alert } from '../../src-shared/alerts';

/** A container that exited a moment ago; what a test cares about goes into `changes`. */
export function alertSample(changes: Partial<Alert> = {}): Alert {
  return {
    id: 'alert-1',
    key: 'containers/c1/exited',
    source: 'containers',
    subject: 'postgres',
    level: 'critical',
    reason: { rule: 'container-exited', text: 'Exited with code 1', values: { exitCode: 1 } },
    place: { section: 'containers', item: 'c1' },
    raisedAtMs: 1_000,
    clearedAtMs: null,
    dismissed: false,
    foundAtStart: false,
    countToday: 1,
    ...changes,
  };
}
