import { describe, expect, test } from 'vitest';
import { createEvidenceKeeper } from '../../../../../../src-main/collectors/processes/evidence/evidence-keeper';
import type { EvidenceRequest, OwnEvidence } from '../../../../../../src-main/collectors/processes/evidence/read-evidence';
import type { RawSocketKinds } from '../../../../../../src-main/collectors/processes/evidence/read-raw-sockets';
import type { TrackedProcess } from '../../../../../../src-main/collectors/processes/read-table';
import type { PackageAnswer } from '../../../../../../src-main/platform/packages';

const own = (changes: Partial<OwnEvidence> = {}): OwnEvidence => ({
  missing: [],
  argumentList: ['a'],
  realUid: 0,
  effectiveUid: 0,
  strongCapabilities: [],
  tracerPid: null,
  loaderVariables: [],
  streams: ['null', 'null', 'null'],
  openFileCount: 3,
  openFileLimit: 1024,
  writableExecutableCount: 0,
  foreignLibraries: [],
  file: { device: 1, inode: 2, modifiedAtMs: 3, sizeBytes: 4, ownerUid: 0, changeableAt: null, replacedAtMs: null, fileSystem: 'ext4' },
  hostNamespaces: [],
  engineSocketMounted: false,
  workingDirectory: '/',
  project: null,
  ...changes,
});
const slow = (changes: Partial<TrackedProcess['slow']> = {}): TrackedProcess['slow'] => ({
  ...{ name: 'a', command: 'a', uid: 0, exe: '/usr/bin/a', exeDeleted: false, hidden: false, container: null, pod: null, unit: null },
  ...changes,
});
const tracked = (pid: number, changes: Partial<TrackedProcess> = {}): TrackedProcess => ({
  ...{ pid, startTicks: pid, kernelThread: false, ppid: 1, sessionId: 1, terminal: null, state: 'S', threadCount: 1, rssPages: 1 },
  ...{ cpuTicks: 0, previousCpuTicks: null, slow: slow(), isNew: false },
  ...changes,
});

/** A keeper on a clock that goes on by `stepMs` with each step of reading. */
function open(given: { stepMs?: number; steps?: number; packageOf?: (path: string) => PackageAnswer } = {}) {
  let nowMs = 0;
  let pauses = 0;
  let kinds: RawSocketKinds = [];
  const reads: EvidenceRequest[] = [];
  let answer = own();
  const keeper = createEvidenceKeeper({
    source: {
      *read(request) {
        reads.push(request);
        for (let step = 1; step < (given.steps ?? 1); step++) {
          nowMs += given.stepMs ?? 0;
          yield;
        }
        nowMs += given.stepMs ?? 0;
        return answer;
      },
    },
    rawSockets: { *work() {}, kindsOf: () => kinds },
    packageOf: given.packageOf ?? (() => null),
    stopwatchMs: () => nowMs,
    pause: async () => {
      pauses++;
    },
  });
  return {
    keeper,
    reads,
    pauses: () => pauses,
    pids: () => reads.map((request) => request.process.pid),
    say: (evidence: OwnEvidence) => {
      answer = evidence;
    },
    sayKinds: (now: RawSocketKinds) => {
      kinds = now;
    },
    work: (processes: readonly TrackedProcess[], atMs: number, listeners: readonly number[] = []) =>
      keeper.work(processes, (pid) => listeners.includes(pid), atMs),
  };
}

describe('what is read when', () => {
  test('listeners first, then the newest; threads of the kernel and ended ones never', async () => {
    const { work, pids, keeper } = open();
    await work([tracked(1), tracked(2), tracked(3), tracked(4, { kernelThread: true }), tracked(5, { state: 'Z' })], 0, [2]);
    expect(pids()).toEqual([2, 3, 1]);
    expect(keeper.pendingCount()).toBe(0);
  });

  test('the rest waits when the budget is used up, and is counted', async () => {
    const { work, pids, keeper, pauses } = open({ stepMs: 5 });
    const processes = Array.from({ length: 20 }, (_, index) => tracked(index + 1));
    await work(processes, 0);
    // The first sample may take 60 ms, the others 12.
    expect(pids()).toHaveLength(12);
    expect(keeper.pendingCount()).toBe(8);
    expect(pauses()).toBeGreaterThanOrEqual(10);
    await work(processes, 2_000);
    expect(keeper.pendingCount()).toBe(5);
    await work(processes, 4_000);
    await work(processes, 6_000);
    expect(keeper.pendingCount()).toBe(0);
  });

  test('a reading that takes long goes on in the next sample', async () => {
    const { work, reads, keeper } = open({ stepMs: 5, steps: 20 });
    const processes = [tracked(1)];
    await work(processes, 0);
    expect(keeper.pendingCount()).toBe(1);
    for (let sample = 1; sample < 10; sample++) await work(processes, sample * 2_000);
    expect(keeper.pendingCount()).toBe(0);
    expect(reads).toHaveLength(1);
  });

  test('one that just started waits for the next sample, as it may be gone by then', async () => {
    const { work, pids, keeper } = open();
    await work([tracked(1)], 0);
    const young = tracked(2, { isNew: true });
    await work([tracked(1), young], 2_000);
    expect(pids()).not.toContain(2);
    expect(keeper.pendingCount()).toBe(1);
    young.isNew = false;
    await work([young], 4_000);
    expect(keeper.evidenceOf(young)).not.toBeNull();
  });

  test('again in part after some minutes, as a whole after more; a shell every ten seconds', async () => {
    const { work, reads } = open();
    const daemon = tracked(64);
    const shell = tracked(128, { slow: slow({ name: 'bash' }) });
    const depths = (pid: number) => reads.filter((request) => request.process.pid === pid).map((request) => request.depth);
    for (let atMs = 0; atMs <= 560_000; atMs += 2_000) await work([daemon, shell], atMs);
    expect(depths(64)).toEqual(['all', 'changing', 'changing', 'all']);
    const ofShell = depths(128);
    expect(ofShell.filter((depth) => depth === 'streams').length).toBeGreaterThan(40);
    expect(ofShell.filter((depth) => depth === 'all')).toHaveLength(2);
  });
});

describe('what is handed out', () => {
  test('the same object as long as it says the same', async () => {
    const { work, keeper, say } = open();
    const process = tracked(1);
    await work([process], 0);
    const before = keeper.evidenceOf(process);
    await work([process], 400_000);
    expect(keeper.evidenceOf(process)).toBe(before);
    say(own({ openFileCount: 4 }));
    await work([process], 900_000);
    expect(keeper.evidenceOf(process)).toMatchObject({ openFileCount: 4 });
  });

  test('nothing of the program before it after an exec', async () => {
    const { work, keeper, say } = open({ stepMs: 100 });
    const process = tracked(1);
    await work([process], 0);
    await work([process], 2_000);
    expect(keeper.evidenceOf(process)).not.toBeNull();
    // The newer one comes first and takes the whole budget.
    process.slow = slow({ exe: '/usr/bin/b' });
    const newer = tracked(2, { isNew: false });
    say(own({ argumentList: ['b'] }));
    await work([process, newer], 4_000);
    expect(keeper.evidenceOf(process)).toBeNull();
    expect(keeper.pendingCount()).toBe(1);
    for (let sample = 3; sample < 8; sample++) await work([process, newer], sample * 2_000);
    expect(keeper.evidenceOf(process)?.argumentList).toEqual(['b']);
  });

  test('only with its package, or after half a minute without', async () => {
    let answer: PackageAnswer = 'pending';
    const { work, keeper } = open({ packageOf: () => answer });
    const process = tracked(1);
    await work([process], 0);
    expect(keeper.evidenceOf(process)).toBeNull();
    expect(keeper.pendingCount()).toBe(1);
    answer = { name: 'a', summary: null, manager: 'dpkg' };
    await work([process], 2_000);
    expect(keeper.evidenceOf(process)).toMatchObject({ package: { name: 'a' }, missing: [] });

    answer = 'pending';
    const second = open({ packageOf: () => answer });
    await second.work([process], 0);
    await second.work([process], 32_000);
    expect(second.keeper.evidenceOf(process)).toMatchObject({ package: null, missing: ['package'] });
  });

  test('files of containers and of memory have no package of the machine', async () => {
    const asked: string[] = [];
    const { work, keeper } = open({
      packageOf: (path) => {
        asked.push(path);
        return null;
      },
    });
    const contained = tracked(1, { slow: slow({ container: 'c'.repeat(64) }) });
    const memory = tracked(2, { slow: slow({ exe: '/memfd:x' }) });
    await work([contained, memory], 0);
    expect(asked).toEqual([]);
    expect(keeper.evidenceOf(contained)?.missing).toEqual(['package']);
    expect(keeper.evidenceOf(memory)).toMatchObject({ missing: [], package: null });
  });

  test('a raw socket that is opened later', async () => {
    const { work, keeper, sayKinds } = open();
    const process = tracked(1);
    await work([process], 0);
    sayKinds(['packet']);
    await work([process], 2_000);
    expect(keeper.evidenceOf(process)?.rawSockets).toEqual(['packet']);
  });
});
