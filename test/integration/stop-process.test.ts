import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, readlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemTimers } from '../../src-main/platform/clock';
import type { StopAudit, StopPreview } from '../../src-shared/contract';
import { bundleEntry } from '../helpers/bundle-entry';
import { createFakeTime } from '../helpers/fake-time';
import { createStopParts } from '../helpers/stop-parts';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { pidOf, startReadyVictim, startVictim, untilItRuns } from '../helpers/victim-processes';
import { holdsFor, waitFor } from '../helpers/wait-for';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/stop-process: processes are only stopped on Linux');
const root = process.getuid?.() === 0;

/** A process that stands for LogScope: nothing of the tests themselves lies below it. */
async function openStop(given: Parameters<typeof createStopParts>[0] = {}) {
  const selfPid = given.selfPid ?? pidOf(await startVictim('/bin/sleep', ['1000']));
  const time = createFakeTime();
  const attempts: StopAudit[] = [];
  const parts = createStopParts({
    // The life of a ticket is told by hand, the polling by the real clock.
    timers: { after: (ms, call) => (ms >= 60_000 ? time.after(ms, call) : systemTimers.after(ms, call)) },
    onAttempt: (attempt) => attempts.push(attempt),
    ...given,
    selfPid,
  });
  onTestFinished(() => parts.close());
  return {
    stops: parts.stops,
    attempts,
    selfPid,
    pass: time.advance,
    /** Its answer, its patience cut short as soon as what remains has been there for a while. */
    async stopImpatiently(input: Parameters<typeof parts.stops.stop>[0], stubborn: number, others: Promise<unknown> = Promise.resolve()) {
      const answer = parts.stops.stop(input);
      await others;
      await holdsFor(700, 'it does not end', () => existsSync(`/proc/${stubborn}`));
      parts.skip(5_000);
      return answer;
    },
    /** Reads the list again and previews this pid. */
    async preview(pid: number): Promise<StopPreview> {
      await parts.look();
      return parts.stops.preview(parts.find(pid).id);
    },
  };
}

/** What an open descriptor of this process names; null when it was closed meanwhile (the listing itself). */
function linkOf(descriptor: string): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return null;
  }
}

const ignoring = ['-c', 'trap "" TERM; echo ready; while :; do read line || exit; done'];

test.skipIf(!linux)('SIGTERM ends an ordinary process, and that is observed', async () => {
  const { stops, preview, attempts } = await openStop();
  const child = await startVictim('/bin/sleep', ['1000']);
  const exited = once(child, 'exit');
  const shown = await preview(pidOf(child));
  expect(shown).toMatchObject({ name: 'sleep', pid: child.pid, command: '/bin/sleep 1000', refusal: null, descendants: [] });
  expect(await stops.stop({ ticket: shown.ticket, signal: 'SIGTERM' })).toEqual({
    outcome: 'gone',
    signal: 'SIGTERM',
    text: 'It has ended.',
    ticket: null,
    descendants: [],
    returnWatch: null,
  });
  expect(await exited).toEqual([null, 'SIGTERM']);
  expect(attempts).toMatchObject([
    { pid: child.pid, name: 'sleep', outcome: 'gone', signal: 'SIGTERM', exe: shown.exe, killClass: 'K3', door: 'cli', user: shown.user },
  ]);
  expect(attempts[0]?.startTicks).toEqual(expect.any(Number));
});

test.skipIf(!linux)('one that ignores SIGTERM is reported as still there, and SIGKILL by the new ticket ends it', async () => {
  const { stops, preview, stopImpatiently } = await openStop();
  const { child } = await startReadyVictim('/bin/sh', ignoring);
  const exited = once(child, 'exit');
  const shown = await preview(pidOf(child));
  const first = await stopImpatiently({ ticket: shown.ticket, signal: 'SIGTERM' }, pidOf(child));
  expect(first).toMatchObject({ outcome: 'still-there' });
  expect(existsSync(`/proc/${child.pid}`)).toBe(true);
  const second = await stops.stop({ ticket: first.ticket ?? '', signal: 'SIGKILL' });
  expect(second).toMatchObject({ outcome: 'gone', signal: 'SIGKILL', ticket: null });
  expect(await exited).toEqual([null, 'SIGKILL']);
});

test.skipIf(!linux)('a stopped process does not react to SIGTERM, but to SIGKILL', async () => {
  const { stops, preview, stopImpatiently } = await openStop();
  const child = await startVictim('/bin/sleep', ['1000']);
  child.kill('SIGSTOP');
  await waitFor(() => readFileSync(`/proc/${child.pid}/stat`, 'latin1').includes(') T '), { timeoutMs: 10_000, what: 'it is stopped' });
  const { ticket } = await preview(pidOf(child));
  expect((await stopImpatiently({ ticket, signal: 'SIGTERM' }, pidOf(child))).outcome).toBe('still-there');
  expect((await stops.stop({ ticket: (await preview(pidOf(child))).ticket, signal: 'SIGKILL' })).outcome).toBe('gone');
});

test.skipIf(!linux)('one whose parent does not collect it counts as gone, and is refused as a zombie after that', async () => {
  const { stops, preview } = await openStop();
  const script = 'sleep 1000 & echo $!; kill -STOP $$; wait';
  const { child: parent, line } = await startReadyVictim('/bin/sh', ['-c', script]);
  await waitFor(() => readFileSync(`/proc/${parent.pid}/stat`, 'latin1').includes(') T '), {
    timeoutMs: 10_000,
    what: 'the parent is stopped',
  });
  await untilItRuns(Number(line), 'sleep');
  const shown = await preview(Number(line));
  expect((await stops.stop({ ticket: shown.ticket, signal: 'SIGTERM' })).outcome).toBe('gone');
  expect((await preview(Number(line))).refusal?.key).toBe('zombie');
});

test.skipIf(!linux)('one that ended between look and click', async () => {
  const { stops, preview } = await openStop();
  const child = await startVictim('/bin/sleep', ['1000']);
  const exited = once(child, 'exit');
  const { ticket } = await preview(pidOf(child));
  child.kill('SIGKILL');
  await exited;
  expect(await stops.stop({ ticket, signal: 'SIGTERM' })).toMatchObject({ outcome: 'already-gone', ticket: null });
});

test.skipIf(!linux)('one that became another program between look and click is left alone', async () => {
  const { stops, preview } = await openStop();
  const { child } = await startReadyVictim('/bin/sh', ['-c', 'echo ready; read line; exec sleep 1000']);
  const { ticket } = await preview(pidOf(child));
  child.stdin?.write('go\n');
  await waitFor(() => readFileSync(`/proc/${child.pid}/stat`, 'latin1').includes('(sleep)'), { timeoutMs: 10_000, what: 'exec' });
  expect(await stops.stop({ ticket, signal: 'SIGTERM' })).toMatchObject({ outcome: 'changed', ticket: null });
  expect(existsSync(`/proc/${child.pid}`)).toBe(true);
});

test.skipIf(!linux)('a deleted executable is still the same process', async () => {
  const { stops, preview } = await openStop();
  const path = join(temporaryDirectory(), 'a) S 1 (\x1b]0;\u202e');
  copyFileSync('/bin/sleep', path);
  chmodSync(path, 0o755);
  const child = await startVictim(path, ['1000']);
  const { ticket, exe } = await preview(pidOf(child));
  expect(exe).toBe(path);
  unlinkSync(path);
  expect((await stops.stop({ ticket, signal: 'SIGTERM' })).outcome).toBe('gone');
});

test.skipIf(!linux)('the preview names children', async () => {
  const { preview } = await openStop();
  const { child, line } = await startReadyVictim('/bin/sh', ['-c', 'sleep 1000 & echo $!; trap "kill $!" EXIT TERM; wait']);
  await untilItRuns(Number(line), 'sleep');
  onTestFinished(() => {
    child.kill('SIGTERM');
  });
  const { descendants } = await preview(pidOf(child));
  expect(descendants).toMatchObject([{ pid: Number(line), name: 'sleep', depth: 1 }]);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
});

test.skipIf(!linux)('a child that outlives its parent is offered once more, by itself', async () => {
  const { stops, preview, attempts, stopImpatiently } = await openStop();
  const { child, line } = await startReadyVictim('/bin/sh', [
    '-c',
    `sh -c 'trap "" TERM; echo $$; while :; do sleep 0.2; done' & trap "exit 0" TERM; wait`,
  ]);
  const stubborn = Number(line);
  const { ticket } = await preview(pidOf(child));
  const first = await stopImpatiently({ ticket, signal: 'SIGTERM', withDescendants: true }, stubborn, once(child, 'exit'));
  expect(first.outcome).toBe('gone');
  expect(first.descendants.find(({ pid }) => pid === stubborn)).toMatchObject({ outcome: 'still-there' });
  const second = await stops.stop({ ticket: first.ticket ?? '', signal: 'SIGKILL', withDescendants: true });
  expect(second).toMatchObject({ outcome: 'gone', ticket: null });
  // Whoever adopted it may be slow to collect it.
  expect(existsSync(`/proc/${stubborn}`) ? readFileSync(`/proc/${stubborn}/stat`, 'latin1') : ') Z').toContain(') Z');
  expect(attempts.filter(({ pid }) => pid === stubborn).map(({ signal, outcome }) => `${signal} ${outcome}`)).toEqual([
    'SIGTERM still-there',
    'SIGKILL gone',
  ]);
});

test.skipIf(!linux)('init, kernel threads, LogScope and what started it get a ticket that does nothing', async () => {
  const { child, line } = await startReadyVictim('/bin/sh', ['-c', 'sleep 1000 & echo $!; wait']);
  await untilItRuns(Number(line), 'sleep');
  const { stops, preview, attempts } = await openStop({ selfPid: pidOf(child) });
  const kernelThread = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => existsSync(`/proc/${pid}/stat`) && readFileSync(`/proc/${pid}/stat`, 'latin1').startsWith('2 (kthreadd)'));
  const cases: readonly (readonly [number, string])[] = [
    [1, 'init'],
    [pidOf(child), 'self'],
    [Number(line), 'self'],
    [process.pid, 'ancestor'],
    ...(kernelThread === undefined ? [] : ([[kernelThread, 'kernel-thread']] as const)),
  ];
  for (const [pid, key] of cases) {
    const shown = await preview(pid);
    expect(shown.refusal?.key, `pid ${pid}`).toBe(key);
    expect(shown.refusal?.text).not.toBe('');
    expect(await stops.stop({ ticket: shown.ticket, signal: 'SIGKILL' })).toMatchObject({ outcome: 'refused', ticket: null });
    expect(existsSync(`/proc/${pid}`)).toBe(true);
  }
  expect(attempts.map(({ outcome }) => outcome)).toEqual(cases.map(() => 'refused'));
  process.kill(Number(line), 'SIGKILL');
});

test.skipIf(!linux)('tickets are for one use, end after a minute, and cannot be guessed', async () => {
  const { stops, preview, pass } = await openStop();
  const child = await startVictim('/bin/sleep', ['1000']);
  const expired = { code: 'expired' };
  await expect(stops.stop({ ticket: 'made-up', signal: 'SIGTERM' })).rejects.toMatchObject(expired);
  const old = await preview(pidOf(child));
  expect(old.ticket).toMatch(/^[0-9a-f]{32}$/);
  await pass(60_000);
  await expect(stops.stop({ ticket: old.ticket, signal: 'SIGTERM' })).rejects.toMatchObject(expired);
  expect(existsSync(`/proc/${child.pid}`)).toBe(true);
  const { ticket } = await preview(pidOf(child));
  const [first, second] = await Promise.allSettled([stops.stop({ ticket, signal: 'SIGTERM' }), stops.stop({ ticket, signal: 'SIGTERM' })]);
  expect(first).toMatchObject({ status: 'fulfilled', value: { outcome: 'gone' } });
  expect(second).toMatchObject({ status: 'rejected', reason: expired });
});

test.skipIf(!linux)('previews keep no more than a hundred descriptors, and none after a minute', async () => {
  const { preview, pass } = await openStop();
  const child = await startVictim('/bin/sleep', ['1000']);
  const handles = () => readdirSync('/proc/self/fd').filter((name) => linkOf(name) === `/proc/${child.pid}`).length;
  for (let count = 0; count < 120; count++) await preview(pidOf(child));
  expect(handles()).toBe(100);
  await pass(60_000);
  expect(handles()).toBe(0);
});

test.skipIf(!linux)('an id that is not in the list is not found', async () => {
  const { stops } = await openStop();
  await expect(stops.preview('1')).rejects.toMatchObject({ code: 'not-found' });
});

if (linux && !root) console.warn('SKIPPED: another user’s process and pid reuse need root: run the tests as root');

test.skipIf(!linux || !root)(
  "another user's process and what is below it: permission denied, with what to do (run as uid 65534)",
  async () => {
    const { child, line } = await startReadyVictim('/bin/sh', ['-c', 'sleep 1000 & echo $!; wait']);
    await untilItRuns(Number(line), 'sleep');
    const script = await bundleEntry('test/helpers/stop-as-other-user.ts', 'stop-as-other-user');
    const answer: unknown = JSON.parse(execFileSync(process.execPath, [script, String(child.pid)], { encoding: 'utf8' }));
    expect(answer).toMatchObject({
      outcome: 'permission-denied',
      ticket: null,
      descendants: [{ pid: Number(line), name: 'sleep', outcome: 'permission-denied' }],
      attempts: [
        [Number(line), 'permission-denied'],
        [child.pid, 'permission-denied'],
      ],
    });
    expect(answer).toHaveProperty('text', expect.stringContaining(`sudo kill ${child.pid}`));
    expect(existsSync(`/proc/${child.pid}`)).toBe(true);
    process.kill(Number(line), 'SIGKILL');
  },
);

const ownNamespace = linux && root && spawnSync('unshare', ['--fork', '--pid', '--mount-proc', 'true']).status === 0;
if (linux && root && !ownNamespace) {
  console.warn('SKIPPED: pid reuse needs a process namespace of its own (unshare of util-linux, and the right CAP_SYS_ADMIN)');
}

// [signal, whose number is given away, rounds, what is said of it]
test.skipIf(!ownNamespace).each([
  ['SIGKILL', 'itself', 100, 'changed'],
  ['SIGSTOP', 'itself', 100, 'changed'],
  ['SIGTERM', 'child', 100, 'changed'],
] as const)(
  '%s to a number that was given to another process in between (%s): the impostor lives, %i times',
  async (signal, whose, rounds, outcome) => {
    const script = await bundleEntry('test/helpers/pid-reuse.ts', `pid-reuse-${signal}`);
    // In a process namespace of its own: nobody else's program can take the number that is meant for the impostor.
    const own = ['--fork', '--pid', '--mount-proc', '--kill-child'];
    const output = execFileSync('unshare', [...own, process.execPath, script, String(rounds), signal, whose], {
      encoding: 'utf8',
      timeout: 50_000,
    });
    expect(JSON.parse(output)).toEqual({ rounds, said: { [outcome]: rounds }, impostorsUntouched: rounds });
  },
);
