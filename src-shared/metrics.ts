/**
 * The figures whose history is kept. Ids are stable (they are stored); units are base units.
 * `subject` distinguishes rows of one metric: a mount path, an interface, a container id; '' for the machine.
 */
export const metrics = {
  'host.cpu.busy': { unit: 'ratio' },
  'host.memory.used': { unit: 'ratio' },
  'host.disk.used': { unit: 'ratio' },
  'host.network.received': { unit: 'bytesPerSecond' },
  'host.network.sent': { unit: 'bytesPerSecond' },
} as const satisfies Record<string, { readonly unit: 'ratio' | 'bytesPerSecond' }>;

export type MetricId = keyof typeof metrics;
export const metricIds = Object.keys(metrics) as [MetricId, ...MetricId[]];

export interface MetricPoint {
  readonly atMs: number;
  /** Null: LogScope looked and could not tell. */
  readonly value: number | null;
}

export interface MetricSample {
  readonly metric: MetricId;
  readonly subject: string;
  readonly atMs: number;
  readonly value: number;
}
