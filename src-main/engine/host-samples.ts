import type { MetricSample } from '../../src-shared/metrics';
import type { HostSnapshot } from '../../src-shared/snapshots';

/** The figures of a host snapshot whose history is kept; unknown ones are left out, not written as 0. */
export function hostSamples(host: HostSnapshot, atMs: number): readonly MetricSample[] {
  const samples: MetricSample[] = [];
  const add = (metric: MetricSample['metric'], subject: string, value: number | null) => {
    if (value !== null && Number.isFinite(value)) samples.push({ metric, subject, atMs, value });
  };
  add('host.cpu.busy', '', host.cpu.busyRatio);
  add('host.memory.used', '', host.memory.totalBytes > 0 ? host.memory.usedBytes / host.memory.totalBytes : null);
  for (const mount of host.mounts) add('host.disk.used', mount.path, mount.usedRatio);
  for (const network of host.networks) {
    add('host.network.received', network.name, network.receivedBytesPerSecond);
    add('host.network.sent', network.name, network.sentBytesPerSecond);
  }
  return samples;
}
