import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemExec } from '../../src-main/platform/exec';
import { createPackages } from '../../src-main/platform/packages';
import { systemRoots } from '../../src-main/platform/roots';
import { createProcessJudge } from '../../src-main/rules/judge-processes';
import { bareSurroundings } from '../../src-main/rules/process-context';
import { curatedRoleBase } from '../../src-main/rules/role/role-base';
import type { Process, ProcessesFacts } from '../../src-shared/snapshots';
import { waitFor } from './wait-for';

/** Real processes seen by the real collector and judged with the curated base. */
export interface RiskRig {
  /** Its verdict as soon as its evidence is read and `until` holds; the list is looked at again and again. */
  verdictOn(pid: number, until?: (process: Process) => boolean): Promise<Process>;
  latestFacts(): ProcessesFacts;
  close(): Promise<void>;
}

export interface RiskRigOptions {
  /** Another /etc than the machine's. */
  readonly etc?: string;
  /** The verdict is passed this much later than the facts were read: for what has to last. */
  readonly laterMs?: number;
  /** Of the clock that processor time is measured by: a machine full of tests gives a busy process a fifth of a core. */
  readonly pace?: number;
}

export function openRiskRig({ etc = systemRoots.etc, laterMs = 0, pace = 1 }: RiskRigOptions = {}): RiskRig {
  const packages = createPackages({ root: '/', exec: systemExec, monotonicMs: systemClock.monotonicMs });
  const collector = createProcessesCollector({
    roots: { ...systemRoots, etc },
    clock: { ...systemClock, monotonicMs: () => systemClock.monotonicMs() * pace },
    packages,
  });
  const judge = createProcessJudge({
    surroundings: bareSurroundings('linux', process.pid),
    idOf: ({ pid, startTicks }) => `${pid}-${startTicks}`,
    base: curatedRoleBase(),
  });
  let latest: ProcessesFacts | null = null;

  return {
    verdictOn: (pid, until = () => true) =>
      waitFor(
        async () => {
          const outcome = await collector.collect(new AbortController().signal);
          if (outcome.kind !== 'ok') throw new Error(outcome.detail);
          latest = outcome.data;
          const isRead = latest.processes.some((one) => one.pid === pid && one.evidence !== null);
          const row = judge(latest, systemClock.nowMs() + laterMs).snapshot.processes.find((one) => one.pid === pid);
          return isRead && row !== undefined && until(row) ? row : null;
        },
        { timeoutMs: 20_000, what: `the verdict on process ${pid}`, everyMs: 100 },
      ),
    latestFacts() {
      if (latest === null) throw new Error('nothing was collected yet');
      return latest;
    },
    async close() {
      await collector.close?.();
    },
  };
}

/** An empty folder outside every temporary one, gone when the test ends. */
export function plainDirectory(): string {
  // A checkout may itself stand below a temporary folder, where every program is judged for its place.
  const checkout = resolve('.test-parts');
  const parent = /^\/(?:tmp|var\/tmp|dev\/shm)\//.test(checkout) ? homedir() : checkout;
  mkdirSync(parent, { recursive: true });
  return removedAtEnd(mkdtempSync(join(parent, 'logscope-risk-')));
}

export function directoryIn(parent: string): string {
  return removedAtEnd(mkdtempSync(join(parent, 'logscope-test-')));
}

function removedAtEnd(directory: string): string {
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A copy that may be executed; gives its path. */
export function copyProgram(source: string, ...path: readonly string[]): string {
  const target = join(...path);
  mkdirSync(join(target, '..'), { recursive: true });
  copyFileSync(source, target);
  chmodSync(target, 0o755);
  return target;
}
