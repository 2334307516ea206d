import type { Reason } from '../judgement';
import type { Level } from '../level';
import type { Unavailable } from '../reading';

export const containerStates = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;
export type ContainerState = (typeof containerStates)[number];
export type ContainerHealth = 'healthy' | 'unhealthy' | 'starting' | 'none';

/** The engine as it names itself. */
export interface ContainerEngine {
  readonly name: 'docker' | 'podman';
  readonly version: string;
  readonly apiVersion: string;
  /** How it is reached, e.g. unix:///var/run/docker.sock. */
  readonly endpoint: string;
  /** Where the endpoint came from: "DOCKER_HOST", "context desktop-linux", "default socket". */
  readonly origin: string;
}

export interface PortMapping {
  readonly containerPort: number;
  readonly protocol: string;
  /** Null when the port is only exposed, not published. */
  readonly hostPort: number | null;
  readonly hostAddress: string | null;
}

/** One container as the engine tells it. Figures are null while it does not run or before the first samples. */
export interface ContainerFacts {
  readonly id: string;
  /** Id of its engine in `engines`. */
  readonly engineId: string;
  readonly name: string;
  readonly image: string;
  readonly command: string;
  readonly state: ContainerState;
  readonly health: ContainerHealth;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  /** Null while running; the exit code of the last run otherwise. */
  readonly exitCode: number | null;
  readonly oomKilled: boolean;
  readonly restartCount: number;
  /** A person or compose asked for the end of the last run (a stop or kill event came before die); null: it ended before LogScope watched. */
  readonly stopRequested: boolean | null;
  /** Ends that nobody asked for, newest first, at most 10, not older than an hour, seen since LogScope watches. */
  readonly recentCrashes: readonly ContainerCrash[];
  /** The newest run of its health check; null without one. */
  readonly lastProbe: {
    readonly exitCode: number;
    readonly output: string;
    readonly endedAtMs: number | null;
    readonly failingStreak: number;
  } | null;
  /** Newer than this run of it: why a change may not be there yet. Looked at now and then, not with each sample. */
  readonly newerThings: readonly NewerThing[];
  /** Pod it belongs to, when a kubelet made it. */
  readonly pod: { readonly namespace: string; readonly name: string } | null;
  readonly composeProject: string | null;
  readonly composeService: string | null;
  readonly ports: readonly PortMapping[];
  readonly tty: boolean;
  /** Process id of the container's first process in the host's numbering, when it runs on this host. */
  readonly pid: number | null;
  /** 1.0 = one core busy, the scale of `docker stats` / 100. */
  readonly cpuCores: number | null;
  /** Cores it may use: its own limit, else all online ones. */
  readonly cpuAvailableCores: number | null;
  /** Page cache subtracted as `docker stats` does. */
  readonly memoryUsedBytes: number | null;
  /** Its own limit, else the host's memory (as `docker stats` shows). */
  readonly memoryLimitBytes: number | null;
  /** True when the limit is the container's own. */
  readonly memoryLimited: boolean;
  readonly networkReceivedBytes: number | null;
  readonly networkSentBytes: number | null;
  readonly blockReadBytes: number | null;
  readonly blockWrittenBytes: number | null;
  readonly processCount: number | null;
  /** Robust slope of its memory over the last minutes; null when it is not steady enough to go by. */
  readonly memoryGrowthBytesPerSecond: number | null;
}

export interface ContainerCrash {
  readonly atMs: number;
  readonly exitCode: number | null;
  readonly oomKilled: boolean;
}

export interface NewerThing {
  readonly kind: 'image' | 'compose-file' | 'mounted-file';
  /** Image reference, or path on this machine. */
  readonly name: string;
  readonly changedAtMs: number;
}

/** One engine LogScope knows of, reachable or not. */
export interface EngineState {
  /** Its endpoint: the stable identity that containers carry in `engineId`. */
  readonly id: string;
  readonly endpoint: string;
  readonly origin: string;
  readonly state: 'ok' | 'absent' | 'starting' | 'stopped' | 'denied' | 'failed';
  /** Set when state is not ok: what came back, and what to do. */
  readonly detail: string | null;
  readonly hint: string | null;
  /** The same two sentence by sentence, where they are ours. */
  readonly sentences?: NonNullable<Unavailable['sentences']>;
  /** Null until it answered once. */
  readonly identity: ContainerEngine | null;
  /** Cores of the engine's machine. */
  readonly coreCount: number | null;
  /** Null before the first slow look, or where the engine cannot tell. */
  readonly diskUse: EngineDiskUse | null;
}

export interface DiskUseLine {
  readonly count: number;
  readonly totalBytes: number;
  /** What removing unused things would give back. */
  readonly reclaimableBytes: number;
}

/** As `docker system df`. */
export interface EngineDiskUse {
  readonly atMs: number;
  readonly images: DiskUseLine;
  readonly containers: DiskUseLine;
  readonly volumes: DiskUseLine;
  readonly buildCache: DiskUseLine;
  /** Where the engine keeps it, and the free room of that file system when it is this machine's. */
  readonly rootDirectory: string | null;
  readonly rootAvailableBytes: number | null;
  readonly rootTotalBytes: number | null;
}

export interface ContainersFacts {
  /** At least one is ok; the ones that were looked for and are not there at all are left out. */
  readonly engines: readonly EngineState[];
  readonly containers: readonly ContainerFacts[];
}

export interface Container extends ContainerFacts {
  /** cpuCores / cpuAvailableCores. */
  readonly cpuBusyRatio: number | null;
  readonly memoryUsedRatio: number | null;
  /** Share of all cores of the engine's machine; the other scale of cpuCores. */
  readonly cpuHostRatio: number | null;
  /** At its present steady growth; null without a limit, growth or enough samples. */
  readonly memoryFullInSeconds: number | null;
  readonly cpuLevel: Level;
  readonly memoryLevel: Level;
  readonly level: Level;
  /** Why it has this level, worst first; empty when there is nothing to say. */
  readonly reasons: readonly Reason[];
}

export interface ContainersSnapshot extends Omit<ContainersFacts, 'containers'> {
  readonly containers: readonly Container[];
  readonly level: Level;
}
