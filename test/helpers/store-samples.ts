import type { Alert } from '../../src-shared/alerts';
import type { MetricSample } from '../../src-shared/metrics';

export function cpuSample(atMs: number, value: number): MetricSample {
  return { metric: 'host.cpu.busy', subject: '', atMs, value };
}

export function exitedAlert(id: string, raisedAtMs: number, changed: Partial<Alert> = {}): Alert {
  return {
    id,
    key: `containers/${id}/exited`,
    source: 'containers',
    subject: id,
    level: 'critical',
    reason: { rule: 'container-exited', text: `${id} exited with code 1`, values: { name: id, exitCode: 1 } },
    place: { section: 'containers', item: id },
    raisedAtMs,
    clearedAtMs: null,
    dismissed: false,
    foundAtStart: false,
    countToday: 1,
    ...changed,
  };
}
