import type { ServiceFacts } from '../../../src-shared/snapshots/services';
import type { Clock } from '../../platform/clock';
import { elapsedBetweenSamples } from '../../platform/proc-elapsed';
import { type CpuTotal, deriveCpuCores } from './derive';
import type { ProcessStat } from './parse-processes';
import type { ProcessTable, ReadProcessTable } from './read-process-table';
import { unknownFigures } from './unit-row';
import { createWatchList, fullUnitName, type WatchSettings } from './watch-list';
import { wellKnownServices } from './well-known';

/** A daemon that used no processor time for this long counts as idle; shorter, its dot would blink. */
const idleAfterMs = 10_000;
/** The kernel keeps 15 bytes of a name. */
const kernelNameLength = 15;

interface Searched {
  readonly unit: string;
  readonly names: ReadonlySet<string>;
  /** Named in the settings: shown as inactive when it does not run. */
  readonly named: boolean;
}

interface Usage {
  readonly cpu: CpuTotal;
  /** When its processor time was last seen to grow; null while it never was. */
  readonly grewAtMs: number | null;
}

export interface ProcessNameSearch {
  collect(settings: WatchSettings, signal: AbortSignal): Promise<readonly ServiceFacts[]>;
}

/** Services on a machine without a service manager: well-known daemons that run, and those named in the settings. */
export function createProcessNameSearch(readTable: ReadProcessTable, clock: Clock, everyMs: number): ProcessNameSearch {
  const elapsed = elapsedBetweenSamples(clock, everyMs);
  let before: ReadonlyMap<string, Usage> = new Map();

  async function collect(settings: WatchSettings, signal: AbortSignal): Promise<readonly ServiceFacts[]> {
    const searched = listSearched(settings);
    const searchedByKernelName = indexByKernelName(searched);
    const table = await readTable(signal, (comm) => searchedByKernelName.has(kernelName(comm)));
    const elapsedMs = elapsed.mark();
    const nowMs = clock.monotonicMs();
    const found = findProcesses(table, searchedByKernelName);
    const now = new Map<string, Usage>();

    function facts(search: Searched): readonly ServiceFacts[] {
      const processes = found.get(search.unit) ?? [];
      const main = chooseMain(processes);
      if (main === null) return search.named ? [notRunning(search)] : [];
      const past = before.get(search.unit);
      const cpu = sumCpu(processes, table);
      const cpuCores = deriveCpuCores(past?.cpu, cpu, elapsedMs);
      const grewAtMs = cpuCores !== null && cpuCores > 0 ? nowMs : (past?.grewAtMs ?? null);
      now.set(search.unit, { cpu, grewAtMs });
      const idle = cpuCores === 0 && (grewAtMs === null || nowMs - grewAtMs >= idleAfterMs);
      return [running(search, main, processes, table, cpuCores, idle)];
    }

    const all = searched.flatMap(facts);
    before = now;
    return all.sort((a, b) => (a.unit < b.unit ? -1 : 1));
  }

  return { collect };
}

/** What is looked for: each well-known daemon under its first unit name, and each plain name of the settings under itself. */
function listSearched(settings: WatchSettings): readonly Searched[] {
  const watchList = createWatchList(settings);
  const named = new Set(watchList.named.map(withoutSuffix));
  const wellKnown = wellKnownServices
    .filter((service) => service.processes.length > 0 && !service.units.some((unit) => watchList.ignores(fullUnitName(unit))))
    .map((service): Searched => {
      const asked = [...service.units, ...service.processes].filter((name) => named.has(name));
      for (const name of asked) named.delete(name);
      return { unit: asked[0] ?? service.units[0], names: new Set(service.processes), named: asked.length > 0 };
    });
  return [...wellKnown, ...[...named].map((name) => ({ unit: name, names: new Set([name]), named: true }))];
}

function withoutSuffix(unit: string): string {
  return unit.replace(/\.service$/, '');
}

function kernelName(name: string): string {
  return name.slice(0, kernelNameLength);
}

function indexByKernelName(searched: readonly Searched[]): ReadonlyMap<string, readonly Searched[]> {
  const index = new Map<string, readonly Searched[]>();
  for (const search of searched) {
    for (const name of search.names) index.set(kernelName(name), [...(index.get(kernelName(name)) ?? []), search]);
  }
  return index;
}

function findProcesses(
  table: ProcessTable,
  searchedByKernelName: ReadonlyMap<string, readonly Searched[]>,
): ReadonlyMap<string, readonly ProcessStat[]> {
  const found = new Map<string, ProcessStat[]>();
  for (const process of table.processes) {
    const candidates = searchedByKernelName.get(kernelName(process.comm)) ?? [];
    if (candidates.length === 0 || table.isContained(process)) continue;
    const match = candidates.find((search) => isOf(search, process, table));
    if (match === undefined) continue;
    found.set(match.unit, [...(found.get(match.unit) ?? []), process]);
  }
  return found;
}

/** The kernel's name decides unless it was cut: then the command line must agree, or be gone (a zombie). */
function isOf(search: Searched, process: ProcessStat, table: ProcessTable): boolean {
  if (process.comm.length < kernelNameLength) return search.names.has(process.comm);
  const program = table.programName(process);
  return program === null || search.names.has(program) || search.names.has(process.comm);
}

/** The process the others come from: none of them is its parent; the oldest of several. A living one before a zombie. */
function chooseMain(processes: readonly ProcessStat[]): ProcessStat | null {
  const pids = new Set(processes.map((process) => process.pid));
  const heads = processes.filter((process) => !pids.has(process.ppid));
  const [main] = [...heads].sort(
    (a, b) => Number(a.state === 'Z') - Number(b.state === 'Z') || a.startTicks - b.startTicks || a.pid - b.pid,
  );
  return main ?? null;
}

/** Only the same set of processes makes a rate: one that ended takes its processor time with it. */
function sumCpu(processes: readonly ProcessStat[], { units }: ProcessTable): CpuTotal {
  const of = processes.map((process) => `${process.pid} at ${process.startTicks}`).join(', ');
  const ticks = processes.reduce((sum, process) => sum + process.cpuTicks, 0);
  return { of, nanoseconds: (ticks / units.ticksPerSecond) * 1e9 };
}

function running(
  search: Searched,
  main: ProcessStat,
  processes: readonly ProcessStat[],
  table: ProcessTable,
  cpuCores: number | null,
  idle: boolean,
): ServiceFacts {
  const zombie = main.state === 'Z';
  const count = processes.length;
  return {
    ...unknownFigures,
    unit: search.unit,
    kind: 'service',
    scope: 'system',
    description: `${main.comm}, ${count} ${count === 1 ? 'process' : 'processes'}`,
    loadState: 'loaded',
    activeState: zombie ? 'failed' : 'active',
    subState: zombie ? 'zombie' : 'running',
    state: zombie ? 'failed (zombie)' : idle ? 'active (idle)' : 'active',
    watched: true,
    mainPid: main.pid,
    cpuCores,
    memoryBytes: processes.reduce((sum, process) => sum + process.rssPages, 0) * table.units.pageBytes,
    taskCount: processes.reduce((sum, process) => sum + process.threadCount, 0),
  };
}

function notRunning(search: Searched): ServiceFacts {
  return {
    ...unknownFigures,
    unit: search.unit,
    kind: 'service',
    scope: 'system',
    description: `no process named ${[...search.names].join(' or ')}`,
    loadState: 'not-found',
    activeState: 'inactive',
    subState: 'dead',
    state: 'inactive',
    watched: true,
  };
}
