import type { ContainerAction, ContainerEvent } from '../../src-shared/contract/containers';
import type { Unavailable } from '../../src-shared/reading';
import type {
  ContainerEngine,
  ContainerFacts,
  ContainerHealth,
  ContainerState,
  EngineDiskUse,
  PortMapping,
} from '../../src-shared/snapshots/containers';
import type { EngineContainerDetail, EngineImage } from './container-engine-detail';

/**
 * The port to a container engine: all that collectors and tails know of it. The adapter (container-engine-client.ts) is
 * the only home of the driver's types. Everything an engine says is hostile text, already picked and checked here.
 */
export interface ContainerEngineClient {
  readonly identity: ContainerEngine;
  /** Reached through a socket of this machine: its containers may be processes of this machine (a virtual machine's are not). */
  readonly isLocalSocket: boolean;
  readonly machine: EngineMachine;
  readonly about: EngineAbout;
  /** Events so far that change what the engine keeps on disk: removals, prunes, pulls. */
  readonly storageChangeCount: number;
  /** Whether it still answers; throws ContainerEngineError when not. */
  ping(signal: AbortSignal): Promise<void>;
  /** As `docker system df`; may take the engine a minute. Null: it cannot tell. */
  diskUse(signal: AbortSignal): Promise<EngineDiskUseFigures | null>;
  list(signal: AbortSignal): Promise<readonly EngineListEntry[]>;
  /** Null: the container is gone. */
  inspect(id: string, signal: AbortSignal): Promise<EngineContainer | null>;
  /** All of inspect that a person may want to see. Null: the container is gone. */
  inspectDetail(id: string, signal: AbortSignal): Promise<EngineContainerDetail | null>;
  /** What a name stands for at present. Null: there is no such image here (any more). */
  inspectImage(reference: string, signal: AbortSignal): Promise<EngineImage | null>;
  /** `unchanged`: it was so already. Throws ContainerEngineError with the engine's words. Removing is never forced. */
  act(id: string, action: ContainerAction, signal: AbortSignal): Promise<'done' | 'unchanged'>;
  /** Container events from `sinceMs` on; ends when the engine closes it, throws ContainerEngineError when it breaks. */
  events(sinceMs: number, signal: AbortSignal): Promise<AsyncIterable<EngineEvent | MalformedMessage>>;
  /** One sample about every second until the container stops. */
  stats(id: string, signal: AbortSignal): Promise<AsyncIterable<EngineStats | MalformedMessage>>;
  /** Where its log is written on this machine, by a driver whose files can be followed; null: it cannot be read so. */
  logFile(id: string, signal: AbortSignal): Promise<EngineLogFile | null>;
  /** What is kept of its log, where the driver throws old lines away; null: it keeps all, or another one decides. */
  logBound(id: string, signal: AbortSignal): Promise<EngineLogBound | null>;
  /** As `logs`, but ends with what is kept now. Null: not over this way. */
  keptLogs(id: string, from: KeptLogs, signal: AbortSignal): Promise<AsyncIterable<Buffer> | null>;
  /** Raw log bytes with time stamps, multiplexed unless the container has a TTY; ends when the container stops. */
  logs(id: string, from: LogStart, signal: AbortSignal): Promise<AsyncIterable<Buffer>>;
  /** Destroys every open stream and socket. Idempotent. */
  close(): void;
}

export interface EngineMachine {
  readonly coreCount: number | null;
  readonly memoryTotalBytes: number | null;
}

/** What tells one engine from another, and where it keeps its data; null where it does not say. */
export interface EngineAbout {
  /** The same through every way that leads to this engine. */
  readonly uniqueId: string | null;
  readonly rootDirectory: string | null;
  /** Release of the kernel under it: another than ours means another machine, or a virtual one. */
  readonly kernelRelease: string | null;
}

export type EngineDiskUseFigures = Pick<EngineDiskUse, 'images' | 'containers' | 'volumes' | 'buildCache'>;

/** Where a log starts: the newest lines, or everything from a stamp (inclusive, "seconds.nanoseconds"). */
export type LogStart = { readonly tail: number } | { readonly since: string };

/** From a stamp on (inclusive), and of that only the newest lines; null: all of it. */
export interface KeptLogs {
  readonly since: string;
  readonly newest: number | null;
}

/** A log that is kept in so many files at most; a full one makes the oldest go. */
export interface EngineLogBound {
  readonly fileBytes: number;
  readonly fileCount: number;
}

/** The log of a container as its engine writes it: a JSON record a line. */
export interface EngineLogFile {
  readonly path: string;
  /** Files that are kept, with the one that is written: `path`, `path.1`, … */
  readonly fileCount: number;
}

export interface EngineListEntry {
  readonly id: string;
  readonly name: string;
  readonly state: ContainerState;
  /** "Up 3 minutes (healthy)": compared for its health word only, its time changes. */
  readonly status: string;
}

/** What inspect tells, in our words; figures and judgement are added elsewhere. */
export interface EngineContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly command: string;
  readonly state: ContainerState;
  readonly health: ContainerHealth;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly restartCount: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly PortMapping[];
  readonly tty: boolean;
  /** In the numbering of the engine's machine; null while it does not run. */
  readonly pid: number | null;
  /** Its own limits; null for none. */
  readonly cpuLimitCores: number | null;
  readonly memoryLimitBytes: number | null;
  /** "none", "host", "bridge", "container:<id>", a network's name. */
  readonly networkMode: string;
  /** Content id of the image it was made of, "sha256:…"; empty when the engine does not tell. */
  readonly imageId: string;
  /** As of the last time it was looked at: the engine does not announce single probes. */
  readonly lastProbe: ContainerFacts['lastProbe'];
  /** Places of the engine's machine that are mounted into it. */
  readonly binds: readonly { readonly source: string; readonly readOnly: boolean }[];
}

export interface EngineEvent {
  readonly kind: 'event';
  /** create, start, die, oom, stop, kill, pause, unpause, rename, destroy, update, "health_status: healthy" …; disconnect: it left a network. */
  readonly action: string;
  readonly containerId: string;
  readonly atMs: number;
  /** Number of the signal of a kill event. */
  readonly signal: string | null;
  /** Of a die event. */
  readonly exitCode: number | null;
}

/** Something the engine sent that could not be read; counted, never fatal. */
export interface MalformedMessage {
  readonly kind: 'malformed';
}

/** One sample of the stats interface, counters as the engine gives them; null for what this engine leaves out. */
export interface EngineStats {
  readonly kind: 'stats';
  readonly readAtMs: number;
  readonly cpuUsageNanoseconds: number | null;
  readonly systemCpuNanoseconds: number | null;
  readonly onlineCoreCount: number | null;
  readonly memoryUsageBytes: number | null;
  readonly memoryInactiveFileBytes: number;
  readonly networkReceivedBytes: number | null;
  readonly networkSentBytes: number | null;
  readonly blockReadBytes: number | null;
  readonly blockWrittenBytes: number | null;
  readonly processCount: number | null;
}

/**
 * Everything an engine call can end in other than an answer. `outage` is set when the engine itself cannot be used, and
 * is what the user is told; a status (404, 501 …) concerns one container only.
 */
export class ContainerEngineError extends Error {
  constructor(
    message: string,
    readonly statusCode: number | null,
    readonly outage: Unavailable | null,
    /** The errno of a failed connection; null when there was none. */
    readonly code: string | null = null,
  ) {
    super(message);
    this.name = 'ContainerEngineError';
  }
}

/** A container whose log is worth following. */
export interface FollowedContainer {
  readonly id: string;
  readonly name: string;
  readonly tty: boolean;
  readonly startedAtMs: number;
  /** Started while LogScope watched: its log is read from the start of this run, not only its newest lines. */
  readonly startedWhileWatching: boolean;
}

/**
 * How logs follow containers without knowing who collects them. `subscribe` tells the present set at once and at every
 * change; a container that ran for moments only is in one announcement. The same connection gives the logs.
 */
export interface ContainerFeed {
  subscribe(listener: (running: readonly FollowedContainer[]) => void): () => void;
  /** Throws ContainerEngineError. */
  openLogs(id: string, from: LogStart, signal: AbortSignal): Promise<AsyncIterable<Buffer>>;
  /** See ContainerEngineClient; throws ContainerEngineError. Absent: only the engine is asked for logs. */
  logFile?(id: string, signal: AbortSignal): Promise<EngineLogFile | null>;
  /** See ContainerEngineClient; throw ContainerEngineError. Absent: nothing is known of it. */
  logBound?(id: string, signal: AbortSignal): Promise<EngineLogBound | null>;
  keptLogs?(id: string, from: KeptLogs, signal: AbortSignal): Promise<AsyncIterable<Buffer> | null>;
}

/**
 * How actions and details reach one container without knowing who collects it: the connection of its engine, and what
 * was seen of it.
 */
export interface ContainerAccess {
  /** Null: no attached engine has it. */
  find(id: string): AccessibleContainer | null;
}

export interface AccessibleContainer {
  readonly container: EngineContainer;
  readonly client: ContainerEngineClient;
  /** Newest first. */
  events(): readonly ContainerEvent[];
  /** Its end is about to be asked for by LogScope itself. */
  noteAsked(): void;
}
