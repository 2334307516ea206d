import { roleEntryOf } from '../../src-shared/roles';
import type { Container, LogError, Process, ProcessesFacts, ProcessesSnapshot, Project } from '../../src-shared/snapshots';
import type { Clock, Timers } from '../platform/clock';
import { nextFreePort } from '../platform/free-port';
import { readProcessClients } from '../platform/process-clients';
import { askLocalPage } from '../platform/web-page';
import type { CoreOptions } from './core';
import { createLocalPorts, type LocalPorts, type LocalPortsDeps } from './ports/local-ports';
import { createPageKeeper } from './ports/page-keeper';
import { descendantsOf } from './self-cost';

export interface PortPartsDeps {
  readonly options: Pick<CoreOptions, 'roots' | 'selfPid'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly processes: () => ProcessesSnapshot | null;
  /** The facts behind the snapshot: evidence names the project. */
  readonly processFacts: () => ProcessesFacts | null;
  readonly containers: () => readonly Container[];
  readonly newestErrors: () => readonly LogError[];
  readonly betterActionFor: LocalPortsDeps['betterActionFor'];
}

/** Ports, their pages and what was left running, joined from the latest of everything. */
export function createPortParts(deps: PortPartsDeps): LocalPorts {
  const { options, clock, timers } = deps;
  const latestProcesses = () => deps.processes()?.processes ?? [];
  const pages = createPageKeeper({
    clock,
    timers,
    ask: askLocalPage,
    isOwn: ({ process }) => process !== null && descendantsOf(latestProcesses(), options.selfPid).some(({ pid }) => pid === process.pid),
  });

  function projects(): (process: Process) => Project | null {
    const byIdentity = new Map(deps.processFacts()?.processes.map((facts) => [identityOf(facts), facts.evidence?.project ?? null]));
    return (process) => byIdentity.get(identityOf(process)) ?? null;
  }

  return createLocalPorts({
    clock,
    pages,
    nextFreePort,
    entryOf: roleEntryOf,
    betterActionFor: deps.betterActionFor,
    async clientCountOf({ pid, listening }) {
      return (await readProcessClients(options.roots.proc, pid, listening))?.count ?? null;
    },
    latest: () => ({
      processes: latestProcesses(),
      unownedSockets: deps.processes()?.unownedSockets ?? [],
      containers: deps.containers(),
      newestErrors: deps.newestErrors(),
      projectOf: projects(),
    }),
  });
}

function identityOf({ pid, startTicks, startedAtMs }: Pick<Process, 'pid' | 'startTicks' | 'startedAtMs'>): string {
  return `${pid} ${startTicks ?? startedAtMs}`;
}
