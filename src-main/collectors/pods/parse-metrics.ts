import { z } from 'zod';
import { parseQuantity } from './parse-quantity';

export interface ContainerUsage {
  readonly cpuCores: number | null;
  readonly memoryBytes: number | null;
}

/** Usage by "namespace/pod", then by container. */
export type PodUsages = ReadonlyMap<string, ReadonlyMap<string, ContainerUsage>>;

const schema = z.object({
  items: z
    .array(
      z
        .object({
          metadata: z.object({ name: z.string(), namespace: z.string() }),
          containers: z.array(z.object({ name: z.string(), usage: z.object({ cpu: z.unknown(), memory: z.unknown() }) })),
        })
        .nullable()
        .catch(null),
    )
    .nullish(),
});

/** A PodMetricsList of metrics.k8s.io; null when it is none. */
export function parseMetrics(json: unknown): PodUsages | null {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return null;
  const usages = new Map<string, ReadonlyMap<string, ContainerUsage>>();
  for (const item of parsed.data.items ?? []) {
    if (item === null) continue;
    const containers = item.containers.map(({ name, usage }): [string, ContainerUsage] => [
      name,
      { cpuCores: parseQuantity(usage.cpu), memoryBytes: parseQuantity(usage.memory) },
    ]);
    usages.set(`${item.metadata.namespace}/${item.metadata.name}`, new Map(containers));
  }
  return usages;
}
