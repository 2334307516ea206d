import { describe, expect, it } from 'vitest';
import { evidenceParts, type ProcessEvidence, type ProcessFacts, type Risk, riskAxes } from '../../../../../src-shared/snapshots';
import { type baselineNames, readBaseline } from '../../../../helpers/baseline';
import { nowMs } from '../sample-facts';
import { evidence, executableFile, judgeList, packaged, plainProcess } from './risk-samples';

/** Processes about which something is unusual, besides those of clean machines. */
const unusual: readonly ProcessFacts[] = [
  plainProcess({ exe: '/memfd:x', exeDeleted: true, name: '5', command: '[kworker/u8:2]', uid: 0, user: 'root' }),
  plainProcess({ exe: '/dev/shm/.../xmrig', name: 'xmrig', command: 'xmrig -o stratum+tcp://pool.example:1', exeDeleted: true }),
  plainProcess({
    exe: '/usr/bin/dash',
    name: 'sh',
    command: 'sh',
    evidence: evidence({ streams: ['network', 'network', 'network'], package: packaged }),
  }),
  plainProcess({ exe: '/home/dev/sshd', name: 'sshd', command: '/usr/sbin/sshd -D' }),
  plainProcess({ exe: '/usr/bin/perl', name: 'perl', command: '/usr/sbin/sshd', evidence: evidence({ package: packaged, tracerPid: 1 }) }),
  plainProcess({
    exe: '/usr/bin/grep',
    name: 'grep',
    command: 'grep stratum+tcp://x',
    evidence: evidence({ package: packaged, rawSockets: ['raw'], writableExecutableCount: 2 }),
  }),
  plainProcess({
    uid: 0,
    user: 'root',
    startedAtMs: nowMs - 7_200_000,
    busySinceMs: nowMs - 3_600_000,
    rssBytes: 9e11,
    listening: [{ protocol: 'tcp', address: '0.0.0.0', port: 2375 }],
    command: 'thing --password=hunter22',
    evidence: evidence({
      file: { ...executableFile, changeableAt: '/home' },
      strongCapabilities: ['cap_sys_admin'],
      loaderVariables: [{ name: 'LD_PRELOAD', files: ['/tmp/x.so'] }],
      foreignLibraries: [{ path: '/tmp/y.so', deleted: true }],
      openFileCount: 1000,
      rawSockets: ['packet'],
    }),
  }),
  plainProcess({
    exe: '/usr/bin/node',
    name: 'node',
    command: 'node /usr/bin/vite',
    exeDeleted: true,
    evidence: evidence({ package: packaged, file: { ...executableFile, replacedAtMs: nowMs } }),
  }),
].map((process, at) => ({ ...process, pid: 50_000 + at, ppid: 40_000 }));

const machine = (name: (typeof baselineNames)[number]) => readBaseline(name, nowMs).processes;
const all: readonly ProcessFacts[] = [...machine('debian-daemons'), ...unusual];
const byPid = new Map(all.map((process) => [process.pid, process]));
const ordinary = (list: readonly ProcessFacts[]) => list.filter(({ kernelThread }) => !kernelThread);

/** Judged among its ancestors, which stay what they are. */
function riskWith(process: ProcessFacts, changed: ProcessFacts = process): Risk {
  const line: ProcessFacts[] = [];
  for (let one = byPid.get(process.ppid); one !== undefined; one = byPid.get(one.ppid)) line.push(one);
  const row = judgeList([changed, ...line]).find(({ pid }) => pid === process.pid);
  if (row === undefined) throw new Error('the row is gone');
  return row.risk;
}

function withoutPart(whole: ProcessEvidence, part: (typeof evidenceParts)[number]): ProcessEvidence {
  const missing = [...whole.missing, part];
  switch (part) {
    case 'status':
      return { ...whole, missing, realUid: null, effectiveUid: null, strongCapabilities: null, tracerPid: null };
    case 'arguments':
      return { ...whole, missing, argumentList: [] };
    case 'environment':
      return { ...whole, missing, loaderVariables: [] };
    case 'memory-map':
      return { ...whole, missing, writableExecutableCount: null, foreignLibraries: null };
    case 'open-files':
      return { ...whole, missing, streams: null, openFileCount: null, rawSockets: [] };
    case 'file':
      return { ...whole, missing, file: null };
    case 'package':
      return { ...whole, missing, package: null };
    case 'namespaces':
      return { ...whole, missing, hostNamespaces: [], engineSocketMounted: false };
    case 'working-directory':
      return { ...whole, missing, workingDirectory: null, project: null };
  }
}

function expectNotHigher(fewer: Risk, more: Risk, what: string): void {
  for (const axis of riskAxes) expect(fewer.axes[axis], `${axis} of ${what}`).toBeLessThanOrEqual(more.axes[axis]);
}

describe('what must hold whatever the process is', () => {
  it('another name or title never lowers the threat', () => {
    const names = ['sshd', 'systemd', 'kworker/0:1', '[kworker/u8:1]', 'nginx: worker process', 'postgres: writer', 'x', 'npm run dev'];
    for (const lying of ordinary(unusual)) {
      // From an honest name on: one that already lies may of course become less of a lie.
      const rest = lying.command.slice((lying.command.split(' ', 1)[0] ?? '').length);
      const honest = lying.exe?.split('/').at(-1) ?? lying.name;
      const process = { ...lying, name: honest, command: `${lying.exe}${rest}` };
      const before = riskWith(process);
      for (const name of names) {
        for (const changed of [
          { ...process, name },
          { ...process, command: `${name}${rest}` },
        ]) {
          expect(riskWith(process, changed).axes.threat, `${process.exe} as ${name}`).toBeGreaterThanOrEqual(before.axes.threat);
        }
      }
    }
  });

  it.each(evidenceParts)('not being allowed to see %s raises nothing', (part) => {
    for (const process of ordinary(all)) {
      if (process.evidence === null) continue;
      const blind = { ...process, evidence: withoutPart(process.evidence, part) };
      expectNotHigher(riskWith(process, blind), riskWith(process), `${process.name} without ${part}`);
    }
  });

  it('seeing neither evidence nor executable nor sockets raises nothing', () => {
    for (const process of ordinary(all)) {
      const more = riskWith(process);
      expectNotHigher(riskWith(process, { ...process, evidence: null }), more, `${process.name} without evidence`);
      const blind = { ...process, evidence: null, exe: null, exeDeleted: null, listening: [] };
      expectNotHigher(riskWith(process, blind), more, `${process.name} as another user sees it`);
    }
  });

  it('one more unusual fact lowers no axis', () => {
    const more: readonly ((process: ProcessFacts, whole: ProcessEvidence) => ProcessFacts)[] = [
      (process, whole) => ({ ...process, evidence: { ...whole, tracerPid: 1 } }),
      (process, whole) => ({ ...process, evidence: { ...whole, rawSockets: ['packet'] } }),
      (process, whole) => ({ ...process, evidence: { ...whole, writableExecutableCount: 4 } }),
      (process, whole) => ({ ...process, evidence: { ...whole, streams: ['network', 'network', 'network'] } }),
      (process, whole) => ({ ...process, evidence: { ...whole, foreignLibraries: [{ path: '/tmp/z.so', deleted: false }] } }),
      (process, whole) => ({ ...process, evidence: { ...whole, loaderVariables: [{ name: 'LD_PRELOAD', files: ['/tmp/z.so'] }] } }),
      (process, whole) => ({ ...process, evidence: { ...whole, file: { ...(whole.file ?? executableFile), changeableAt: '/x' } } }),
      (process, whole) => ({ ...process, evidence: { ...whole, openFileCount: 9999, openFileLimit: 10_000 } }),
      (process) => ({ ...process, listening: [...process.listening, { protocol: 'tcp', address: '::', port: 2375 }] }),
      (process) => ({ ...process, command: `${process.command} --donate-level 1` }),
      (process) => ({ ...process, state: 'D', heldStateSinceMs: nowMs - 120_000 }),
      (process) => ({ ...process, rssBytes: 9e11 }),
    ];
    for (const process of ordinary(all)) {
      const { evidence: whole } = process;
      if (whole === null) continue;
      for (const [at, add] of more.entries())
        expectNotHigher(riskWith(process), riskWith(process, add(process, whole)), `${process.name}, fact ${at}`);
    }
  });

  it('the same facts give the same verdict in the same order', () => {
    const first = judgeList(all).map(({ risk }) => risk);
    expect(judgeList(structuredClone(all) as readonly ProcessFacts[]).map(({ risk }) => risk)).toEqual(first);
    const reversed = judgeList([...all].reverse());
    expect(reversed.map(({ risk }) => risk).reverse()).toEqual(first);
  });

  it('keeps each axis within 0 and 100, and the reasons sorted by weight', () => {
    for (const { risk } of judgeList(all)) {
      for (const axis of riskAxes) expect(risk.axes[axis]).toSatisfy((value: number) => value >= 0 && value <= 100);
      const points = risk.reasons.map((reason) => reason.points);
      expect(points).toEqual([...points].sort((a, b) => b - a));
      expect(risk.evidenceRatio).toSatisfy((ratio: number) => ratio >= 0 && ratio <= 1);
    }
  });
});
