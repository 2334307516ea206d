import { createEvidenceKeeper } from '../../src-main/collectors/processes/evidence/evidence-keeper';
import { createEvidenceSource } from '../../src-main/collectors/processes/evidence/read-evidence';
import { createRawSocketReader } from '../../src-main/collectors/processes/evidence/read-raw-sockets';
import { createListenerReader } from '../../src-main/collectors/processes/read-listeners';
import { createProcessTable } from '../../src-main/collectors/processes/read-table';
import { createRowKeeper } from '../../src-main/collectors/processes/rows';
import { systemExec } from '../../src-main/platform/exec';
import { createPackages } from '../../src-main/platform/packages';
import { usualKernelUnits } from '../../src-main/platform/proc-constants';
import { systemRoots } from '../../src-main/platform/roots';

export interface FactsParts {
  readonly listeners: boolean;
  readonly evidence: boolean;
}

export interface FactsSampler {
  /** One sample, two seconds after the one before by the clock that it is told. */
  sample(): Promise<void>;
  pendingCount(): number;
  close(): void;
}

const cadenceMs = 2_000;

/**
 * The parts of the processes collector on a clock that goes on by its cadence with each sample, so that what is looked at again
 * every 10 s, 2 min and 10 min is in the figure.
 */
export function createFactsSampler(parts: FactsParts): FactsSampler {
  let nowMs = 0;
  const table = createProcessTable(systemRoots.proc);
  const listeners = createListenerReader(systemRoots.proc);
  const packages = createPackages({ root: '/', exec: systemExec, monotonicMs: () => nowMs });
  const rows = createRowKeeper();
  const evidence = createEvidenceKeeper({
    source: createEvidenceSource(systemRoots),
    rawSockets: createRawSocketReader(systemRoots.proc),
    packageOf: packages.ownerOf,
    stopwatchMs: () => performance.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
  return {
    async sample() {
      nowMs += cadenceMs;
      const sampled = table.sample(nowMs);
      const byPid = parts.listeners ? listeners.read(sampled, nowMs).byPid : null;
      if (parts.evidence) await evidence.work(sampled, (pid) => byPid?.has(pid) ?? false, nowMs);
      const times = { nowMs, monotonicMs: nowMs, elapsedMs: cadenceMs, bootedAtMs: 0, units: usualKernelUnits };
      rows.join(sampled, times, { userOf: () => 'someone', listeningOf: (pid) => byPid?.get(pid), evidenceOf: evidence.evidenceOf });
    },
    pendingCount: evidence.pendingCount,
    close() {
      evidence.close();
      packages.close();
      listeners.close();
      table.close();
    },
  };
}
