import type { Reason } from '../judgement';
import type { Level } from '../level';

export const containerStates = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;
export type ContainerState = (typeof containerStates)[number];
export type ContainerHealth = 'healthy' | 'unhealthy' | 'starting' | 'none';

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
}

export interface ContainersFacts {
  readonly engine: ContainerEngine;
  /** Cores of the engine's machine. */
  readonly coreCount: number | null;
  readonly containers: readonly ContainerFacts[];
}

export interface Container extends ContainerFacts {
  /** cpuCores / cpuAvailableCores. */
  readonly cpuBusyRatio: number | null;
  readonly memoryUsedRatio: number | null;
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
