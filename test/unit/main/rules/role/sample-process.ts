import type { Kin, ProcessContext } from '../../../../../src-main/rules/process-context';
import type { ProcessFacts, ProcessRole } from '../../../../../src-shared/snapshots';
import { nowMs, processFacts } from '../sample-facts';

export { nowMs };

export const unknownRole: ProcessRole = { layer: 'unknown', entry: null, category: null, claimed: false, values: {} };

/** An ordinary process of a user, started by the first process. */
export function aProcess(over: Partial<ProcessFacts> = {}): ProcessFacts {
  return processFacts({
    pid: 500,
    ppid: 50,
    name: 'thing',
    command: 'thing',
    exe: '/usr/bin/thing',
    uid: 1000,
    user: 'dev',
    ...over,
  });
}

export function aKin(over: Partial<Kin> = {}): Kin {
  return {
    pid: 50,
    startTicks: 1,
    name: 'systemd',
    exe: '/usr/lib/systemd/systemd',
    user: 'root',
    terminal: null,
    role: unknownRole,
    entry: null,
    parent: null,
    ...over,
  };
}

/** Nothing is known around the process. */
export const noSurroundings: ProcessContext = {
  platform: 'linux',
  nowMs,
  coreCount: 4,
  memoryTotalBytes: 8_000_000_000,
  preloadedLibraries: [],
  policy: null,
  unit: null,
  container: null,
  desktopEntry: null,
  parent: null,
  tracer: null,
  zombieSiblingCount: 0,
  ownTree: null,
};
