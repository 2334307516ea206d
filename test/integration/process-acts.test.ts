import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchForReturn } from '../../src-main/app/stop-processes-return';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import type { Policy, StopAudit } from '../../src-shared/contract';
import type { Process } from '../../src-shared/snapshots';
import { policyOf } from '../helpers/policy-samples';
import { createStopParts } from '../helpers/stop-parts';
import { pidOf, startReadyVictim, startVictim, untilItRuns } from '../helpers/victim-processes';
import { holdsFor, waitFor } from '../helpers/wait-for';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/process-acts: processes are only ended on Linux');

/** Acts on real processes; `judged` says what the rules would of some of them. */
async function open(given: Parameters<typeof createStopParts>[0] = {}) {
  const attempts: StopAudit[] = [];
  const selfPid = pidOf(await startVictim('/bin/sleep', ['1000']));
  const parts = createStopParts({ selfPid, onAttempt: (attempt) => attempts.push(attempt), ...given });
  onTestFinished(() => parts.close());
  return {
    ...parts,
    attempts,
    async preview(pid: number) {
      await parts.look();
      return parts.stops.preview(parts.find(pid).id);
    },
  };
}

function stateOf(pid: number): string | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return line.slice(line.lastIndexOf(')') + 2).charAt(0);
  } catch {
    return null;
  }
}

/** A shell with two children and a grandchild; whatever is left of it ends with the test. */
async function startFamily(): Promise<{ readonly shell: ChildProcess; readonly pids: readonly number[] }> {
  const script = `sleep 1001 & one=$!; sh -c 'sleep 1002 & echo $$ $!; wait' > "$0" & two=$!; wait_for() { while [ ! -s "$0" ]; do sleep 0.02; done; }; wait_for; echo $one $(cat "$0"); wait`;
  const file = `/tmp/logscope-family-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const { child, line } = await startReadyVictim('/bin/sh', ['-c', script, file]);
  execFileSync('rm', ['-f', file]);
  const pids = line.split(' ').map(Number);
  onTestFinished(() => {
    for (const pid of pids)
      if (stateOf(pid) !== null && /sleep|sh/.test(readFileSync(`/proc/${pid}/comm`, 'latin1'))) process.kill(pid, 'SIGKILL');
  });
  for (const index of [0, 2]) await untilItRuns(pids[index] ?? 0, 'sleep');
  return { shell: child, pids };
}

test.skipIf(!linux)('with everything below: shown nearest first, ended children first, each observed and written down', async () => {
  const { shell, pids } = await startFamily();
  const { stops, preview, attempts } = await open();
  const shown = await preview(pidOf(shell));
  expect(shown.descendants.map(({ pid, depth }) => [pid, depth])).toEqual(
    expect.arrayContaining([
      [pids[0], 1],
      [pids[1], 1],
      [pids[2], 2],
    ]),
  );
  expect(shown.descendants.at(-1)).toMatchObject({ pid: pids[2], name: 'sleep', depth: 2, killClass: 'K3' });
  const exited = once(shell, 'exit');
  const result = await stops.stop({ ticket: shown.ticket, signal: 'SIGKILL', withDescendants: true });
  expect(result).toMatchObject({ outcome: 'gone', returnWatch: null });
  expect(result.descendants.map(({ outcome }) => outcome)).toEqual(['gone', 'gone', 'gone']);
  for (const pid of pids) expect(['Z', null]).toContain(stateOf(pid));
  expect(attempts.map(({ pid }) => pid).sort()).toEqual([pidOf(shell), ...pids].sort());
  await exited;
});

test.skipIf(!linux)('one that ends by itself because its child was signalled is gone by this stop, not ended before it', async () => {
  const { shell, pids } = await startFamily();
  const { stops, preview } = await open();
  const { ticket } = await preview(pidOf(shell));
  const [, waiting = 0, grandchild = 0] = pids;
  const { kill } = process;
  const spy = vi.spyOn(process, 'kill').mockImplementation((pid, signal) => {
    const sent = kill.call(process, pid, signal);
    const giveUpAtMs = performance.now() + 10_000;
    while (pid === grandchild && !['Z', null].includes(stateOf(waiting)) && performance.now() < giveUpAtMs);
    return sent;
  });
  onTestFinished(() => spy.mockRestore());
  const result = await stops.stop({ ticket, signal: 'SIGKILL', withDescendants: true });
  expect(spy).not.toHaveBeenCalledWith(waiting, 'SIGKILL');
  expect(result.outcome).toBe('gone');
  expect(result.descendants.map(({ outcome }) => outcome)).toEqual(['gone', 'gone', 'gone']);
});

test.skipIf(!linux)('without descendants only the one is ended, and what was below lives on', async () => {
  const { shell, pids } = await startFamily();
  const { stops, preview, attempts } = await open();
  const exited = once(shell, 'exit');
  const { ticket } = await preview(pidOf(shell));
  expect(await stops.stop({ ticket, signal: 'SIGKILL' })).toMatchObject({ outcome: 'gone', descendants: [] });
  await exited;
  expect(pids.map(stateOf)).toEqual(['S', 'S', 'S']);
  expect(attempts).toHaveLength(1);
});

test.skipIf(!linux)('those below that must not end (K0, K1, noted as never to end) are left out and named', async () => {
  const { shell, pids } = await startFamily();
  const classes = new Map([
    [pids[0], 'K0'],
    [pids[1], 'K1'],
  ] as const);
  const protectedPolicy: Policy = policyOf('/noted', { verdict: 'never-end' });
  const { stops, preview, attempts } = await open({
    expertActions: () => true,
    judged: (one) => ({ ...one, killClass: classes.get(one.pid) ?? 'K3' }),
    rules: {
      killReasonOf: () => ({ rule: 'x', text: '', values: {} }),
      comesBackOf: () => null,
      betterActionOf: () => null,
      policyOf: ({ pid }) => (pid === pids[2] ? protectedPolicy : null),
    },
  });
  const { ticket } = await preview(pidOf(shell));
  const result = await stops.stop({ ticket, signal: 'SIGKILL', withDescendants: true });
  expect(result.outcome).toBe('gone');
  expect(result.descendants.map(({ pid, outcome }) => [pid, outcome])).toEqual(expect.arrayContaining(pids.map((pid) => [pid, 'refused'])));
  expect(pids.map(stateOf)).toEqual(['S', 'S', 'S']);
  expect(attempts.filter(({ outcome }) => outcome === 'refused')).toHaveLength(3);
});

test.skipIf(!linux)('paused and continued, as seen; a paused one says so in its preview', async () => {
  const child = await startVictim('/bin/sleep', ['1000']);
  const { stops, preview, attempts } = await open();
  const first = await preview(pidOf(child));
  expect(first.paused).toBe(false);
  expect(await stops.stop({ ticket: first.ticket, signal: 'SIGSTOP' })).toMatchObject({
    outcome: 'paused',
    ticket: null,
    returnWatch: null,
  });
  expect(stateOf(pidOf(child))).toBe('T');
  const second = await preview(pidOf(child));
  expect(second.paused).toBe(true);
  expect(await stops.stop({ ticket: second.ticket, signal: 'SIGCONT' })).toMatchObject({ outcome: 'continued' });
  expect(['R', 'S']).toContain(stateOf(pidOf(child)));
  expect(attempts.map(({ signal, outcome }) => [signal, outcome])).toEqual([
    ['SIGSTOP', 'paused'],
    ['SIGCONT', 'continued'],
  ]);
});

test.skipIf(!linux)('a family that ignores SIGTERM: what is left of it goes by the next ticket', async () => {
  // It catches the signal, which its children do not inherit, and reads on: it must not end by itself before its turn comes.
  const { child, line } = await startReadyVictim('/bin/sh', [
    '-c',
    `trap : TERM; sleep 1003 & obedient=$!; sh -c 'trap "" TERM; exec sleep 1004' & echo $obedient $!; wait; read x`,
  ]);
  const [obedient = 0, stubborn = 0] = line.split(' ').map(Number);
  for (const pid of [obedient, stubborn]) await untilItRuns(pid, 'sleep');
  const { stops, preview, skip } = await open();
  const shown = await preview(pidOf(child));
  const exited = once(child, 'exit');
  const answer = stops.stop({ ticket: shown.ticket, signal: 'SIGTERM', withDescendants: true });
  await waitFor(() => ['Z', null].includes(stateOf(obedient)), { timeoutMs: 4_000, what: 'the one that obeys' });
  await holdsFor(700, 'its parent does not end', () => existsSync(`/proc/${child.pid}`));
  skip(5_000);
  const first = await answer;
  expect(first.outcome).toBe('still-there');
  expect(new Map(first.descendants.map(({ pid, outcome }) => [pid, outcome]))).toEqual(
    new Map([
      [obedient, 'gone'],
      [stubborn, 'still-there'],
    ]),
  );
  const second = await stops.stop({ ticket: first.ticket ?? '', signal: 'SIGKILL', withDescendants: true });
  expect(second).toMatchObject({ outcome: 'gone', descendants: [{ pid: stubborn, outcome: 'gone' }] });
  expect(['Z', null]).toContain(stateOf(stubborn));
  await exited;
});

test.skipIf(!linux).each([
  ['K0', true, null, 'never'],
  ['K1', false, null, 'session'],
  ['K3', true, 'never-end', 'policy'],
] as const)('class %s (expert %s, noted %s) is refused as "%s"', async (killClass, expert, verdict, key) => {
  const child = await startVictim('/bin/sleep', ['1000']);
  const { stops, preview, attempts } = await open({
    expertActions: () => expert,
    judged: (one) => (one.pid === child.pid ? { ...one, killClass } : one),
    rules: {
      killReasonOf: () => ({ rule: 'x', text: '', values: {} }),
      comesBackOf: () => null,
      betterActionOf: () => null,
      policyOf: () => (verdict === null ? null : policyOf('/bin/sleep', { verdict })),
    },
  });
  const shown = await preview(pidOf(child));
  expect(shown.refusal?.key).toBe(key);
  expect(shown.refusal?.text).not.toBe('');
  for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
    const { ticket } = await preview(pidOf(child));
    expect(await stops.stop({ ticket, signal, typedName: 'sleep', withDescendants: true })).toMatchObject({
      outcome: 'refused',
      ticket: null,
    });
  }
  expect(stateOf(pidOf(child))).toBe('S');
  expect(attempts.map(({ outcome, pid }) => [outcome, pid])).toEqual([
    ['refused', child.pid],
    ['refused', child.pid],
  ]);
});

test.skipIf(!linux)('class K1 of an expert wants the name typed, and gives another try', async () => {
  const child = await startVictim('/bin/sleep', ['1000']);
  let expert = true;
  const { stops, preview, attempts } = await open({
    expertActions: () => expert,
    judged: (one) => (one.pid === child.pid ? { ...one, killClass: 'K1' } : one),
  });
  const shown = await preview(pidOf(child));
  expect(shown).toMatchObject({ refusal: null, nameMustBeTyped: true });
  const wrong = await stops.stop({ ticket: shown.ticket, signal: 'SIGKILL', typedName: 'slep' });
  expect(wrong).toMatchObject({ outcome: 'refused', ticket: expect.stringMatching(/^[0-9a-f]{32}$/) });
  const forgotten = await stops.stop({ ticket: wrong.ticket ?? '', signal: 'SIGKILL' });
  expect(forgotten.outcome).toBe('refused');
  expert = false;
  expect(await stops.stop({ ticket: forgotten.ticket ?? '', signal: 'SIGKILL', typedName: 'sleep' })).toMatchObject({
    outcome: 'refused',
    ticket: null,
  });
  expect(stateOf(pidOf(child))).toBe('S');
  expert = true;
  const { ticket } = await preview(pidOf(child));
  expect(await stops.stop({ ticket, signal: 'SIGKILL', typedName: 'sleep' })).toMatchObject({ outcome: 'gone' });
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused', 'gone']);
});

test.skipIf(!linux)('a high threat asks for evidence first; clients and the way back are handed on', async () => {
  const child = await startVictim('/bin/sleep', ['1000']);
  const axes = { threat: 70, exposure: 0, health: 0 };
  const { preview } = await open({
    judged: (one) => (one.pid === child.pid ? { ...one, risk: { ...one.risk, axes } } : one),
    clientsOf: async () => ({ count: 3, addresses: [{ address: '10.0.0.9', count: 3 }] }),
    rules: {
      killReasonOf: () => ({ rule: 'kill-ordinary', text: 'Ordinary', values: {} }),
      comesBackOf: () => ({ by: 'unit', name: 'a.service', reason: { rule: 'x', text: 'It will', values: {} } }),
      betterActionOf: () => ({ kind: 'stop-unit', unit: 'a.service', scope: 'system' }),
      policyOf: () => null,
    },
  });
  expect(await preview(pidOf(child))).toMatchObject({
    saveEvidenceFirst: true,
    clientCount: 3,
    clients: [{ address: '10.0.0.9', count: 3 }],
    comesBack: { by: 'unit', name: 'a.service' },
    betterAction: { kind: 'stop-unit', unit: 'a.service' },
    killReason: { text: 'Ordinary' },
  });
});

test.skipIf(!linux)('one that its parent starts again is seen to come back', async () => {
  const loop = spawn('/bin/sh', ['-c', 'while :; do sleep 1004; done'], { stdio: 'ignore' });
  onTestFinished(() => {
    loop.kill('SIGKILL');
  });
  await once(loop, 'spawn');
  const childOf = async (look: () => Promise<readonly Process[]>) =>
    waitFor(async () => (await look()).find(({ ppid, name }) => ppid === loop.pid && name === 'sleep'), {
      timeoutMs: 10_000,
      what: 'the child of the loop',
    });
  const parts = await open({
    watchForReturn: (ended, before) => watchForReturn({ clock: systemClock, timers: systemTimers, lookAgain: parts.look }, ended, before),
  });
  const first = await childOf(parts.look);
  const { ticket } = await parts.preview(first.pid);
  const { outcome, returnWatch } = await parts.stops.stop({ ticket, signal: 'SIGTERM' });
  expect(outcome).toBe('gone');
  const { cameBack } = await parts.stops.cameBack(returnWatch ?? '');
  expect(cameBack?.name).toBe('sleep');
  expect(cameBack?.pid).not.toBe(first.pid);
  expect(existsSync(`/proc/${cameBack?.pid}`)).toBe(true);
  loop.kill('SIGKILL');
  process.kill(cameBack?.pid ?? 0, 'SIGKILL');
});
