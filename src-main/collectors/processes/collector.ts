import { type Outcome, ok, unavailable } from '../../../src-shared/reading';
import { say } from '../../../src-shared/sentence';
import type { ProcessesFacts } from '../../../src-shared/snapshots/processes';
import type { Clock } from '../../platform/clock';
import type { Packages } from '../../platform/packages';
import { readKernelUnits } from '../../platform/proc-constants';
import { elapsedBetweenSamples } from '../../platform/proc-elapsed';
import { isDenied, isVanished } from '../../platform/proc-errors';
import type { Roots } from '../../platform/roots';
import type { Collector } from '../collector';
import { createEvidenceKeeper } from './evidence/evidence-keeper';
import { createEvidenceSource } from './evidence/read-evidence';
import { createRawSocketReader } from './evidence/read-raw-sockets';
import { createListenerReader } from './read-listeners';
import { type MachineFacts, readMachineFacts } from './read-machine';
import { readProcessesOfOtherPlatforms } from './read-other-platforms';
import { createPreloadReader } from './read-preload';
import { createProcessTable, type TrackedProcess } from './read-table';
import { createUserNames } from './read-users';
import { createRowKeeper } from './rows';

export interface ProcessesCollectorDeps {
  readonly roots: Roots;
  readonly clock: Clock;
  /** Node's platform name, by default this machine's. Linux reads /proc itself, the others go through systeminformation. */
  readonly platform?: NodeJS.Platform;
  /** Which package owns a file; left out: nothing is known of packages. */
  readonly packages?: Packages;
}

const everyMs = 2_000;
const machineFactsEveryMs = 60_000;

/** Facts about every process these rights can see. Sources, costs and limits: docs/sources/processes.md. */
export function createProcessesCollector(deps: ProcessesCollectorDeps): Collector<'processes'> {
  return (deps.platform ?? process.platform) === 'linux' ? createLinuxCollector(deps) : createOtherCollector();
}

function createOtherCollector(): Collector<'processes'> {
  return {
    id: 'processes',
    // Each sample starts programs (ps, PowerShell): dearer than reading /proc, so it comes more rarely.
    everyMs: 5_000,
    timeoutMs: 20_000,
    collect: async () => ok(await readProcessesOfOtherPlatforms()),
  };
}

function createLinuxCollector({ roots, clock, packages }: ProcessesCollectorDeps): Collector<'processes'> {
  const table = createProcessTable(roots.proc);
  const listeners = createListenerReader(roots.proc);
  const users = createUserNames(roots.etc);
  const units = readKernelUnits(roots.proc);
  const elapsed = elapsedBetweenSamples(clock, everyMs);
  const rows = createRowKeeper();
  const preloaded = createPreloadReader(roots.etc);
  const evidence = createEvidenceKeeper({
    source: createEvidenceSource(roots),
    rawSockets: createRawSocketReader(roots.proc),
    packageOf: (path) => (packages === undefined ? 'unknown' : packages.ownerOf(path)),
    stopwatchMs: () => performance.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
  let machine: MachineFacts | null = null;
  let machineReadAtMs = 0;

  function machineAt(nowMs: number): MachineFacts {
    if (machine === null || nowMs - machineReadAtMs >= machineFactsEveryMs) {
      machine = readMachineFacts(roots);
      machineReadAtMs = nowMs;
    }
    return machine;
  }

  async function joinFacts(sampled: readonly TrackedProcess[], nowMs: number): Promise<ProcessesFacts> {
    const { bootedAtMs, coreCount, memoryTotalBytes } = machineAt(nowMs);
    users.refresh();
    const elapsedMs = elapsed.mark();
    const { byPid, unowned } = listeners.read(sampled, nowMs);
    await evidence.work(sampled, (pid) => byPid.has(pid), nowMs);
    const processes = rows.join(
      sampled,
      { nowMs: clock.nowMs(), monotonicMs: clock.monotonicMs(), elapsedMs, bootedAtMs, units },
      { userOf: users.nameOf, listeningOf: (pid) => byPid.get(pid), evidenceOf: evidence.evidenceOf },
    );
    // What has ended has nothing to see.
    const hiddenCount = sampled.reduce((count, process) => count + (process.slow.hidden && process.state !== 'Z' ? 1 : 0), 0);
    return {
      processes,
      coreCount,
      memoryTotalBytes,
      hiddenCount,
      unownedSockets: unowned,
      evidencePendingCount: evidence.pendingCount(),
      preloadedLibraries: preloaded(),
    };
  }

  async function collect(): Promise<Outcome<ProcessesFacts>> {
    const nowMs = clock.monotonicMs();
    let sampled: readonly TrackedProcess[];
    try {
      sampled = table.sample(nowMs);
    } catch (error) {
      // Only the listing of /proc itself gets here with these: single processes may vanish at any time.
      if (isVanished(error))
        return unavailable('unsupported-platform', say('proc.why.none', { path: roots.proc }), say('proc.remedy.mount'));
      if (isDenied(error)) return unavailable('permission-denied', say('proc.why.denied', { path: roots.proc }));
      throw error;
    }
    const facts = await joinFacts(sampled, nowMs);
    const warnings = machine?.othersHidden ? [`${roots.proc} is mounted with hidepid: processes of other users are not listed`] : [];
    const problem = packages?.problem() ?? null;
    return ok(facts, problem === null ? warnings : [...warnings, problem]);
  }

  return {
    id: 'processes',
    everyMs,
    timeoutMs: 10_000,
    collect,
    async close() {
      evidence.close();
      packages?.close();
      table.close();
      listeners.close();
    },
  };
}
