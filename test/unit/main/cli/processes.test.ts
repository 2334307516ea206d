import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../../../../src-main/cli/run';
import type { ComesBack, ProcessExplanation } from '../../../../src-shared/contract';
import type { Process, ProcessEvidence, ProcessesSnapshot, SourceId } from '../../../../src-shared/snapshots';
import { recordCli } from '../../../helpers/cli-deps';
import { processRow } from '../../../helpers/process-samples';
import { createFakeCore } from '../../../helpers/web-fake-core';
import { absentReadings, busyReadings, evilText } from './snapshot-samples';

const app = { directory: '/nowhere', version: '1.2.3' };
const comesBack: ComesBack = {
  by: 'unit',
  name: 'web.service',
  reason: { rule: 'comes-back-unit', text: 'systemd starts it again', values: {} },
};

const risky = processRow(31_337, {
  name: `xmr${evilText}`,
  exe: '/dev/shm/xmr',
  user: 'root',
  cpuCores: 1.5,
  rssBytes: 2048,
  listening: [{ protocol: 'tcp', address: '0.0.0.0', port: 4444 }],
  killClass: 'K4',
  role: { layer: 'base', entry: 'nginx', category: 'web-server', claimed: true, values: { name: 'nginx' } },
  risk: {
    score: 82,
    level: 'critical',
    riskLevel: 'high',
    axes: { threat: 82, exposure: 40, health: 5 },
    evidenceRatio: 0.9,
    reasons: [{ rule: 'risk-exe-temporary', axis: 'threat', points: 50, text: `Runs from /dev/shm${evilText}`, values: { file: 'x' } }],
    expectedRules: [],
  },
});
const calm = processRow(7, { name: 'web', unit: 'web.service', pssBytes: 512 });

interface Given {
  readonly processes?: readonly Process[];
  /** How many samples it takes until everything was looked at. */
  readonly pendingSamples?: number;
  readonly absent?: boolean;
  readonly vanishes?: boolean;
}

async function run(args: readonly string[], given: Given = {}) {
  const processes = given.processes ?? [calm, risky];
  let samples = 0;
  const core = createFakeCore((name, input) => {
    if (name === 'readings.refresh') {
      const { source } = input as { source: SourceId };
      if (given.absent === true) return { ok: true, value: { source, reading: absentReadings[source] } };
      if (source !== 'processes') return { ok: true, value: { source, reading: busyReadings[source] } };
      samples += 1;
      const data: ProcessesSnapshot = {
        processes,
        coreCount: 2,
        memoryTotalBytes: 1,
        hiddenCount: 3,
        unownedSockets: [],
        evidencePendingCount: samples > (given.pendingSamples ?? 0) ? 0 : 2,
        preloadedLibraries: [],
        level: 'ok',
      };
      return { ok: true, value: { source, reading: { kind: 'ok', startedAtMs: 1, tookMs: 1, lastOkAtMs: 1, data } } };
    }
    if (name === 'processes.comes-back') return { ok: true, value: { [calm.id]: comesBack } };
    if (name === 'processes.explain') {
      if (given.vanishes === true) return { ok: false, error: { code: 'not-found', message: 'gone' } };
      const process = processes.find(({ id }) => id === (input as { id: string }).id) ?? calm;
      const evidence = samples > (given.pendingSamples ?? 0) ? ({ missing: [] } as unknown as ProcessEvidence) : null;
      const explanation: ProcessExplanation = {
        process,
        evidence,
        roles: [process.role, { layer: 'unit', entry: null, category: null, claimed: false, values: { text: `Web ${evilText}` } }],
        killReason: { rule: 'ordinary', text: 'An ordinary program', values: {} },
        comesBack: process === calm ? comesBack : null,
        betterAction: null,
        ancestors: [{ id: 'a', pid: 1, name: `init${evilText}`, user: 'root' }],
        children: [],
        sha256: null,
        policy: null,
        clientCount: null,
      };
      return { ok: true, value: explanation };
    }
    return { ok: true, value: null };
  });
  const cli = recordCli({ createCore: () => Promise.resolve(core) });
  await runCommandLine(args, cli.deps, app);
  return { out: cli.printed(), notes: cli.noted(), code: cli.code(), core, samples: () => samples };
}

const reportKeys = ['pid', 'name', 'exe', 'role', 'axes', 'level', 'evidenceRatio', 'reasons', 'killClass', 'comesBack'];

describe('explain --json', () => {
  it('has exactly the names that stay, in one line', async () => {
    const { out, code, core } = await run(['explain', '31337', '--json']);
    expect(code).toBe(0);
    expect(out.split('\n')).toHaveLength(2);
    expect(out).not.toContain('\u001b');
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(reportKeys);
    expect(report).toMatchObject({
      pid: 31_337,
      exe: '/dev/shm/xmr',
      role: { layer: 'base', text: expect.stringMatching(/.+/) },
      axes: { threat: 82, exposure: 40, health: 5 },
      level: 'high',
      evidenceRatio: 0.9,
      killClass: 'K4',
      comesBack: null,
    });
    expect(Object.keys(report.axes as object)).toEqual(['threat', 'exposure', 'health']);
    expect(Object.keys((report.reasons as object[])[0] ?? {})).toEqual(['rule', 'axis', 'points', 'text']);
    expect(core.requests.every(({ caller }) => !caller.actionsAllowed)).toBe(true);
    expect(core.stopCount()).toBe(1);
  });

  it('tells what brings it back', async () => {
    expect(JSON.parse((await run(['explain', '7', '--json'])).out)).toMatchObject({ comesBack: 'systemd starts it again' });
  });

  it('waits until this one was looked at closely, and not for ever', async () => {
    const { samples } = await run(['explain', '7', '--json'], { pendingSamples: 9 });
    expect(samples()).toBe(10);
    expect((await run(['explain', '7', '--json'], { pendingSamples: 100_000 })).samples()).toBeLessThan(300);
  });
});

describe('explain', () => {
  it('is one harmless card for a person', async () => {
    const { out } = await run(['explain', '31337']);
    expect(out).toContain('threat 82');
    expect(out).toContain('Runs from /dev/shm');
    expect(out).toContain('K4: An ordinary program');
    expect(out).toContain('0.0.0.0:4444/tcp');
    expect(out).not.toMatch(/[\u001b\u202e\u0007]/);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(130);
  });

  it.each([
    [['explain', '4242'], {}],
    [['explain', '4242', '--json'], {}],
    [['explain', '7'], { vanishes: true }],
  ] as const)('%j of one that is not there is a clear error with code 1', async (args, given) => {
    const { out, notes, code, core } = await run(args, given);
    expect({ out, code }).toEqual({ out: '', code: 1 });
    expect(notes).toMatch(/^error: there is no process with the number \d+ \(any more\)\.\n$/);
    expect(core.stopCount()).toBe(1);
  });

  it.each([['abc'], ['0'], ['-5'], ['1.5'], ['99999999999'], ['1;2']])('%j is no number of a process: code 64', async (pid) => {
    const { out, code, core } = await run(['explain', '--', pid]);
    expect({ out, code }).toEqual({ out: '', code: 64 });
    expect(core.requests).toEqual([]);
  });
});

describe('processes', () => {
  it('gives rows as JSON, the riskiest first, with what could not be seen', async () => {
    const { out, code } = await run(['processes', '--json'], { pendingSamples: 4 });
    expect(code).toBe(0);
    const report = JSON.parse(out) as { readonly processes: readonly Record<string, unknown>[] };
    expect(report).toMatchObject({ schema: 1, takenAtMs: 1_700_000_000_000, totalCount: 2, hiddenCount: 3, evidencePendingCount: 0 });
    expect(report.processes.map(({ pid }) => pid)).toEqual([31_337, 7]);
    expect(Object.keys(report.processes[0] ?? {})).toEqual([...reportKeys, 'score', 'user', 'cpuCores', 'memoryBytes', 'listening']);
    expect(report.processes[0]).toMatchObject({
      user: 'root',
      cpuCores: 1.5,
      memoryBytes: 2048,
      listening: [{ protocol: 'tcp', address: '0.0.0.0', port: 4444 }],
      comesBack: null,
    });
    expect(report.processes[1]).toMatchObject({ memoryBytes: 512, comesBack: 'systemd starts it again' });
  });

  it.each([
    [['--risk-min', '50'], [31_337]],
    [['--risk-min', '82'], [31_337]],
    [['--risk-min', '82.5'], []],
    [['--filter', 'user:root', 'port:4444'], [31_337]],
    [['--filter', 'user:root port:4445'], []],
    [['--filter', 'risk<10'], [7]],
    [['--filter', 'web.service'], [7]],
    [
      ['--risk-min', '0'],
      [31_337, 7],
    ],
  ] as const)('%j keeps %j', async (flags, pids) => {
    const { out } = await run(['processes', '--json', ...flags]);
    expect((JSON.parse(out) as { readonly processes: readonly { readonly pid: number }[] }).processes.map(({ pid }) => pid)).toEqual(pids);
  });

  it.each([
    [['--risk-min', 'high'], 'A score is a number from 0 to 100.'],
    [['--risk-min', '101'], 'A score is a number from 0 to 100.'],
    [['--filter', 'usr:root'], 'did you mean user?'],
    [['--filter', 'port:'], 'port lacks a value'],
    [['--filter', 'risk:40'], 'risk takes >'],
  ])('%j is wrong usage', async (flags, words) => {
    const { out, notes, code, core } = await run(['processes', ...flags]);
    expect({ out, code }).toEqual({ out: '', code: 64 });
    expect(notes).toContain(words);
    expect(core.requests).toEqual([]);
  });

  it('is a harmless table for a person that says what it leaves out', async () => {
    const { out } = await run(['processes', '--risk-min', '50']);
    expect(out).toContain('31337');
    expect(out).toContain('1 of 2 processes');
    expect(out).toContain('3 processes are not fully visible to you');
    expect(out).not.toMatch(/[\u001b\u202e\u0007]/);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('without a list of processes says why, with code 1', async () => {
    expect(await run(['processes', '--json'], { absent: true })).toMatchObject({
      out: '',
      code: 1,
      notes: expect.stringContaining('processes cannot be read: broken'),
    });
  });
});
