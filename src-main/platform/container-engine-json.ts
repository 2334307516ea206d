import { z } from 'zod';
import { containerStates, type PortMapping } from '../../src-shared/snapshots/containers';
import type { EngineAbout, EngineContainer, EngineEvent, EngineListEntry } from './container-engine';
import { health, mounts, parseProbes } from './container-engine-detail-json';
import { parseTime } from './container-engine-json-parts';

/**
 * The parts of the engine's JSON that LogScope uses, picked tolerantly: an engine of another age or make leaves fields out
 * or sends null, and only what identifies a container is demanded. Ids go into request paths, so they are hexadecimal or nothing.
 */
const containerId = z.string().regex(/^[0-9a-f]{12,64}$/);
const text = z.string().catch('');
const integer = z.number().int().catch(0);
const counter = z.number().nonnegative().nullable().catch(null);
const state = z.enum(containerStates).catch('dead');

const listEntry = z.object({ Id: containerId, Names: z.array(z.string()).catch([]), State: state, Status: text });

/** Entries that cannot be read are left out and counted. */
export function parseList(json: unknown): { readonly entries: readonly EngineListEntry[]; readonly malformedCount: number } {
  const items: readonly unknown[] = Array.isArray(json) ? json : [];
  const entries: EngineListEntry[] = [];
  for (const item of items) {
    const parsed = listEntry.safeParse(item);
    if (!parsed.success) continue;
    const { Id, Names, State, Status } = parsed.data;
    entries.push({ id: Id, name: plainName(Names[0] ?? Id), state: State, status: Status });
  }
  return { entries, malformedCount: items.length - entries.length };
}

const labels = z.record(z.string(), z.string()).nullish().catch(null);
const portBinding = z.object({ HostIp: text, HostPort: text });
const inspect = z.object({
  Id: containerId,
  Name: text,
  Created: z.union([z.string(), z.number()]).catch(''),
  Path: text,
  Args: z.array(z.string()).nullish().catch([]),
  RestartCount: integer,
  State: z.object({
    Status: state,
    OOMKilled: z.boolean().catch(false),
    Pid: integer,
    ExitCode: integer,
    StartedAt: text,
    FinishedAt: text,
    Health: health,
  }),
  Image: text,
  Mounts: mounts,
  Config: z.object({ Image: text, Tty: z.boolean().catch(false), Labels: labels }),
  HostConfig: z
    .object({ Memory: integer, NanoCpus: integer, CpuQuota: integer, CpuPeriod: integer, CpusetCpus: text, NetworkMode: text })
    .catch({ Memory: 0, NanoCpus: 0, CpuQuota: 0, CpuPeriod: 0, CpusetCpus: '', NetworkMode: '' }),
  NetworkSettings: z
    .object({ Ports: z.record(z.string(), z.array(portBinding).nullish()).nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** Throws a ZodError when it is not a container at all. */
export function parseInspect(json: unknown): EngineContainer {
  const raw = inspect.parse(json);
  return {
    id: raw.Id,
    name: plainName(raw.Name || raw.Id),
    image: raw.Config.Image,
    command: [raw.Path, ...(raw.Args ?? [])].join(' '),
    state: raw.State.Status,
    health: raw.State.Health?.Status ?? 'none',
    createdAtMs: parseTime(raw.Created) ?? 0,
    startedAtMs: parseTime(raw.State.StartedAt),
    finishedAtMs: parseTime(raw.State.FinishedAt),
    exitCode: raw.State.ExitCode,
    oomKilled: raw.State.OOMKilled,
    restartCount: raw.RestartCount,
    labels: raw.Config.Labels ?? {},
    ports: parsePorts(raw.NetworkSettings?.Ports ?? {}),
    tty: raw.Config.Tty,
    pid: raw.State.Pid > 0 ? raw.State.Pid : null,
    cpuLimitCores: parseCpuLimit(raw.HostConfig),
    memoryLimitBytes: raw.HostConfig.Memory > 0 ? raw.HostConfig.Memory : null,
    networkMode: raw.HostConfig.NetworkMode,
    imageId: raw.Image,
    lastProbe: lastProbeOf(raw.State.Health),
    binds: (raw.Mounts ?? []).filter(({ Type }) => Type === 'bind').map(({ Source, RW }) => ({ source: Source, readOnly: !RW })),
  };
}

/** With each reading, so shorter than in the detail. */
const rowProbeOutput = 500;

function lastProbeOf(raw: z.output<typeof health>): EngineContainer['lastProbe'] {
  const [newest] = parseProbes(raw);
  if (newest === undefined) return null;
  const { exitCode, output, endedAtMs } = newest;
  return { exitCode, output: output.slice(0, rowProbeOutput), endedAtMs, failingStreak: raw?.FailingStreak ?? 0 };
}

function plainName(name: string): string {
  return name.startsWith('/') ? name.slice(1) : name;
}

function parsePorts(ports: Readonly<Record<string, readonly { HostIp: string; HostPort: string }[] | null | undefined>>): PortMapping[] {
  return Object.entries(ports).flatMap(([key, bindings]): PortMapping[] => {
    const [port = '', protocol = 'tcp'] = key.split('/');
    const containerPort = Number(port);
    if (!Number.isInteger(containerPort)) return [];
    if (!bindings || bindings.length === 0) return [{ containerPort, protocol, hostPort: null, hostAddress: null }];
    return bindings.map(({ HostIp, HostPort }) => ({
      containerPort,
      protocol,
      hostPort: HostPort === '' ? null : Number(HostPort),
      hostAddress: HostIp === '' ? null : HostIp,
    }));
  });
}

interface CpuLimits {
  readonly NanoCpus: number;
  readonly CpuQuota: number;
  readonly CpuPeriod: number;
  readonly CpusetCpus: string;
}

function parseCpuLimit({ NanoCpus, CpuQuota, CpuPeriod, CpusetCpus }: CpuLimits): number | null {
  const limits = [
    NanoCpus > 0 ? NanoCpus / 1e9 : Number.POSITIVE_INFINITY,
    // 100 ms is the kernel's period when none is set.
    CpuQuota > 0 ? CpuQuota / (CpuPeriod > 0 ? CpuPeriod : 100_000) : Number.POSITIVE_INFINITY,
    countCpuset(CpusetCpus) ?? Number.POSITIVE_INFINITY,
  ];
  const limit = Math.min(...limits);
  return Number.isFinite(limit) ? limit : null;
}

/** "0-3,7" is 5 cores; null for none or nonsense. */
function countCpuset(list: string): number | null {
  let count = 0;
  for (const part of list.split(',')) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim());
    if (match === null) return null;
    count += Number(match[2] ?? match[1]) - Number(match[1]) + 1;
  }
  return count > 0 ? count : null;
}

const event = z.object({
  Type: z.literal('container').optional().catch(undefined),
  Action: z.string().optional(),
  status: z.string().optional(),
  id: z.string().optional(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish().catch(null) }).optional(),
  time: z.number().catch(0),
  timeNano: z.number().optional(),
});

/** Null when it is not a container event. */
export function parseEvent(json: unknown): EngineEvent | null {
  const parsed = event.safeParse(json);
  if (!parsed.success) return null;
  const raw = parsed.data;
  const id = containerId.safeParse(raw.Actor?.ID ?? raw.id);
  const action = raw.Action ?? raw.status;
  if (!id.success || action === undefined) return null;
  const atMs = raw.timeNano === undefined ? raw.time * 1000 : raw.timeNano / 1e6;
  const attributes = raw.Actor?.Attributes ?? {};
  return { kind: 'event', action, containerId: id.data, atMs, signal: attributes.signal ?? null, exitCode: exitCodeOf(attributes) };
}

/** "exitCode" of Docker, "containerExitCode" of Podman. */
function exitCodeOf(attributes: Readonly<Record<string, string>>): number | null {
  const value = attributes.exitCode ?? attributes.containerExitCode;
  return value !== undefined && /^\d{1,3}$/.test(value) ? Number(value) : null;
}

/** Something that happened to images, volumes, the build cache or containers as a whole. */
export interface OtherEvent {
  readonly kind: 'other';
  /** What the engine keeps on disk is different now. */
  readonly changesStorage: boolean;
}

const otherEvent = z.object({ Type: z.enum(['container', 'image', 'volume', 'builder']), Action: z.string() });
/** "prune" is one event for many removals, of containers too. Docker says delete and destroy, Podman remove. */
const storageActions = new Set(['delete', 'destroy', 'remove', 'prune', 'pull', 'load', 'import']);

const networkEvent = z.object({
  Type: z.literal('network'),
  Action: text,
  Actor: z
    .object({ Attributes: z.object({ container: containerId }) })
    .optional()
    .catch(undefined),
});

/** Null when it is neither. */
export function parseAnyEvent(json: unknown): EngineEvent | OtherEvent | null {
  const network = networkEvent.safeParse(json);
  if (network.success) return parseNetworkEvent(json as object, network.data);
  const other = otherEvent.safeParse(json);
  if (!other.success || (other.data.Type === 'container' && other.data.Action !== 'prune')) return parseEvent(json);
  return { kind: 'other', changesStorage: storageActions.has(other.data.Action) };
}

/** Of the events of networks one is of use: a container that leaves its network. */
function parseNetworkEvent(json: object, { Action, Actor }: z.output<typeof networkEvent>): EngineEvent | OtherEvent | null {
  if (Action !== 'disconnect' || Actor === undefined) return { kind: 'other', changesStorage: false };
  return parseEvent({ ...json, Actor: { ID: Actor.Attributes.container } });
}

const version = z.object({
  Version: text,
  ApiVersion: text,
  Components: z
    .array(z.object({ Name: text }))
    .nullish()
    .catch(null),
});

export function parseVersion(json: unknown): {
  readonly name: 'docker' | 'podman';
  readonly version: string;
  readonly apiVersion: string;
} | null {
  const parsed = version.safeParse(json);
  if (!parsed.success || parsed.data.Version === '') return null;
  const podman = (parsed.data.Components ?? []).some(({ Name }) => /podman/i.test(Name));
  return { name: podman ? 'podman' : 'docker', version: parsed.data.Version, apiVersion: parsed.data.ApiVersion };
}

const info = z.object({ NCPU: counter.optional(), MemTotal: counter.optional() });

const about = z.object({ ID: text, Name: text, DockerRootDir: text, KernelVersion: text });

/** A copied virtual machine has the ID of its original, hence the name. */
export function parseAbout(json: unknown): EngineAbout {
  const parsed = about.safeParse(json);
  const { ID = '', Name = '', DockerRootDir = '', KernelVersion = '' } = parsed.data ?? {};
  return {
    uniqueId: ID === '' ? null : `${ID} ${Name}`,
    rootDirectory: DockerRootDir === '' ? null : DockerRootDir,
    kernelRelease: KernelVersion === '' ? null : KernelVersion,
  };
}

export function parseInfo(json: unknown): { readonly coreCount: number | null; readonly memoryTotalBytes: number | null } {
  const parsed = info.safeParse(json);
  return { coreCount: parsed.data?.NCPU || null, memoryTotalBytes: parsed.data?.MemTotal || null };
}
