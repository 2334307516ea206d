import { z } from 'zod';
import type { HealthProbe } from '../../src-shared/contract/containers';
import type { EngineContainerDetail, EngineImage } from './container-engine-detail';
import { parseTime, plainText } from './container-engine-json-parts';

const text = z.string().catch('');
const textList = z.array(z.string()).nullish().catch(null);
const words = z
  .union([z.array(z.string()), z.string().transform((word) => [word])])
  .nullish()
  .catch(null);
const count = z.number().nullish().catch(null);
const bindings = z
  .array(z.object({ HostIp: text, HostPort: text }))
  .nullish()
  .catch(null);

/** The engine itself cuts a probe's output at 4 KiB; one that does not is cut here. */
const maxProbeOutput = 4_096;

export const health = z
  .object({
    Status: z.enum(['healthy', 'unhealthy', 'starting', 'none']).catch('none'),
    FailingStreak: z.number().int().nonnegative().catch(0),
    Log: z
      .array(z.object({ End: text, ExitCode: z.number().int().catch(0), Output: text }))
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);

/** Newest first. */
export function parseProbes(raw: z.output<typeof health>): readonly HealthProbe[] {
  return (raw?.Log ?? [])
    .map(({ End, ExitCode, Output }) => ({ endedAtMs: parseTime(End), exitCode: ExitCode, output: Output.slice(0, maxProbeOutput) }))
    .reverse();
}

export const mounts = z
  .array(z.object({ Type: text, Name: text, Source: text, Destination: text, RW: z.boolean().catch(true) }))
  .nullish()
  .catch(null);

const detail = z.object({
  Id: text,
  Image: text,
  State: z.object({ Health: health }).catch({ Health: null }),
  Config: z.object({
    Image: text,
    Entrypoint: words,
    Cmd: words,
    WorkingDir: text,
    User: text,
    Env: textList,
    Labels: z.record(z.string(), z.string()).nullish().catch(null),
  }),
  HostConfig: z
    .object({
      RestartPolicy: z.object({ Name: text, MaximumRetryCount: count }).nullish().catch(null),
      Privileged: z.boolean().catch(false),
      NetworkMode: text,
      PortBindings: z.record(z.string(), bindings).nullish().catch(null),
      Memory: count,
      MemorySwap: count,
      NanoCpus: count,
      CpuQuota: count,
      CpuPeriod: count,
      PidsLimit: count,
    })
    .partial()
    .catch({}),
  Mounts: mounts,
  NetworkSettings: z
    .object({
      Networks: z
        .record(z.string(), z.object({ IPAddress: text }).nullish())
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});

/** Throws a ZodError when it is not a container at all. */
export function parseDetail(json: unknown): EngineContainerDetail {
  const raw = detail.parse(json);
  const { Config: config, HostConfig: host } = raw;
  return {
    id: raw.Id,
    image: config.Image,
    imageId: raw.Image,
    entrypoint: config.Entrypoint ?? [],
    command: config.Cmd ?? [],
    workingDirectory: plainText(config.WorkingDir),
    user: plainText(config.User),
    restartPolicy: restartPolicyOf(host.RestartPolicy?.Name ?? '', host.RestartPolicy?.MaximumRetryCount ?? 0),
    privileged: host.Privileged ?? false,
    mounts: (raw.Mounts ?? []).map(({ Type, Name, Source, Destination, RW }) => ({
      kind: Type,
      source: Type === 'volume' ? Name : Source,
      target: Destination,
      readOnly: !RW,
    })),
    networkMode: host.NetworkMode ?? '',
    networks: Object.entries(raw.NetworkSettings?.Networks ?? {}).map(([name, network]) => ({
      name,
      address: plainText(network?.IPAddress ?? ''),
    })),
    environment: (config.Env ?? []).map(splitVariable),
    labels: Object.entries(config.Labels ?? {}).map(([name, value]) => ({ name, value })),
    healthProbes: parseProbes(raw.State.Health),
    orderedPorts: Object.entries(host.PortBindings ?? {}).flatMap(([port, hosts]) =>
      (hosts ?? []).map(({ HostIp, HostPort }) => ({
        port,
        hostAddress: plainText(HostIp),
        hostPort: plainText(HostPort === '0' ? '' : HostPort),
      })),
    ),
    limits: limitsOf(host),
  };
}

function splitVariable(entry: string): { readonly name: string; readonly value: string } {
  const at = entry.indexOf('=');
  return at === -1 ? { name: entry, value: '' } : { name: entry.slice(0, at), value: entry.slice(at + 1) };
}

function restartPolicyOf(name: string, retries: number): string {
  if (name === '') return 'no';
  return name === 'on-failure' && retries > 0 ? `on-failure:${retries}` : name;
}

function limitsOf(host: z.output<typeof detail>['HostConfig']): Record<string, number> {
  const limits: Record<string, number> = {};
  const set = (name: string, value: number | null | undefined) => {
    if (value !== null && value !== undefined && value > 0) limits[name] = value;
  };
  set('memory', host.Memory);
  set('memory+swap', host.MemorySwap);
  // 100 ms is the kernel's period when none is set.
  set('cpus', host.NanoCpus ? host.NanoCpus / 1e9 : host.CpuQuota ? host.CpuQuota / (host.CpuPeriod || 100_000) : null);
  set('processes', host.PidsLimit);
  return limits;
}

const image = z.object({
  Id: z.string().min(1),
  RepoDigests: textList,
  Created: z.union([z.string(), z.number()]).catch(''),
  Metadata: z.object({ LastTagTime: text }).nullish().catch(null),
});

/** Null when it is not an image. */
export function parseImage(json: unknown): EngineImage | null {
  const parsed = image.safeParse(json);
  if (!parsed.success) return null;
  const { Id, RepoDigests, Created, Metadata } = parsed.data;
  return { id: Id, digest: RepoDigests?.[0] ?? null, createdAtMs: parseTime(Created), taggedAtMs: parseTime(Metadata?.LastTagTime ?? '') };
}
