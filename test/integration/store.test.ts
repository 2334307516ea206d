import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openHistory } from '../../src-main/store/open-history';
import type { Store } from '../../src-main/store/store';
import { createThreadedStore } from '../../src-main/store/threaded-store';
import { bundleEntry } from '../helpers/bundle-entry';
import { policyOf, stopAudit } from '../helpers/policy-samples';
import { rememberedRun } from '../helpers/run-samples';
import { cpuSample, exitedAlert } from '../helpers/store-samples';
import { temporaryDirectory } from '../helpers/temporary-directory';

let threadUrl: URL;
let writerScript: string;
let directory: string;
const nowMs = Date.now();
const whole = { metric: 'host.cpu.busy', subject: '', fromMs: nowMs, toMs: nowMs + 100_000 } as const;

beforeAll(async () => {
  threadUrl = pathToFileURL(await bundleEntry('src-main/app/store-thread.ts', 'store-thread'));
  writerScript = await bundleEntry('test/integration/store-writer.ts', 'store-writer');
});

beforeEach(() => {
  directory = temporaryDirectory();
});

function openThreaded(file: string, more: { readonly pendingSampleLimit?: number } = {}): Store {
  const store = createThreadedStore({ threadUrl, file, ...more });
  onTestFinished(() => store.close());
  return store;
}

describe('the store in its thread', () => {
  test('reads what was written just before, and again after the end', async () => {
    const file = join(directory, 'history.db');
    const store = openThreaded(file);
    expect(store.state.kind).toBe('opening');
    store.appendSamples([cpuSample(nowMs, 0.5), cpuSample(nowMs + 5_000, Number.NaN)]);
    store.recordAlert(exitedAlert('api', nowMs));
    expect(await store.range(whole)).toEqual([{ atMs: nowMs, value: 0.5 }]);
    expect(await store.recentAlerts(5)).toEqual([exitedAlert('api', nowMs)]);
    expect(store.state).toEqual({
      kind: 'file',
      detail: null,
      setAsideFile: null,
      droppedSampleCount: 1,
      droppedAlertCount: 0,
      droppedRecordCount: 0,
      writeProblem: null,
    });
    store.appendSamples([cpuSample(nowMs + 10_000, 0.7)]);
    store.rememberRun(rememberedRun(nowMs));
    expect(await store.recallRuns(rememberedRun(nowMs).identity)).toEqual([rememberedRun(nowMs)]);
    await store.close();
    expect(readdirSync(directory)).toEqual(['history.db']);
    const again = openThreaded(file);
    expect(await again.recallRuns(rememberedRun(nowMs).identity)).toEqual([rememberedRun(nowMs)]);
    expect(await again.range(whole)).toHaveLength(2);
    expect(await again.recentAlerts(5)).toHaveLength(1);
  });

  test('keeps decisions and attempts, in order, and says what came of each', async () => {
    const file = join(directory, 'history.db');
    const store = openThreaded(file);
    const policy = policyOf('/opt/app');
    const change = { exe: policy.exe, atMs: 1, author: 'ann', policy };
    expect(await store.changePolicies([change, { ...change, atMs: 2, policy: null }, { ...change, atMs: 3 }])).toBeNull();
    expect(await store.recordStop(stopAudit(7))).toBeNull();
    expect(await store.countRoleAsk('app', 5)).toBeNull();
    store.rememberUnknown([{ name: 'app', exe: '/opt/app', atMs: nowMs }]);
    store.rememberListeners([{ exe: '/opt/app', openPort: null, firstSeenAtMs: 1 }]);
    await store.close();
    expect(await store.recordStop(stopAudit(8))).toBe('The store is closed');
    const again = openThreaded(file);
    expect(await again.policies()).toEqual([policy]);
    expect((await again.policyChanges(policy.exe)).map(({ atMs }) => atMs)).toEqual([3, 2, 1]);
    expect(await again.recentStops(5)).toEqual([stopAudit(7)]);
    expect(await again.openRoles()).toMatchObject([{ name: 'app', askedCount: 1, seenDayCount: 1 }]);
    expect(await again.listeners()).toEqual([{ exe: '/opt/app', openPort: null, firstSeenAtMs: 1 }]);
  });

  test('goes on in memory, with what was already sent, while another store has the file', async () => {
    const file = join(directory, 'history.db');
    const first = openThreaded(file);
    await first.recentAlerts(1);
    const second = openThreaded(file);
    second.appendSamples([cpuSample(nowMs, 0.25)]);
    second.recordAlert(exitedAlert('db', nowMs));
    const kept = second.recordStop(stopAudit(7));
    expect(await second.range(whole)).toEqual([{ atMs: nowMs, value: 0.25 }]);
    expect(await second.recentAlerts(1)).toEqual([exitedAlert('db', nowMs)]);
    expect(await kept).toBeNull();
    expect(await second.recentStops(5)).toEqual([stopAudit(7)]);
    expect(await first.recentStops(5)).toEqual([]);
    expect(second.state).toMatchObject({ kind: 'memory', detail: expect.stringContaining('Another LogScope') });
    expect(await first.range(whole)).toEqual([]);
  });

  test('goes on in memory when its thread cannot even start', async () => {
    const store = createThreadedStore({ threadUrl: pathToFileURL(join(directory, 'missing.js')), file: join(directory, 'history.db') });
    store.appendSamples([cpuSample(nowMs, 1)]);
    expect(await store.range(whole)).toEqual([{ atMs: nowMs, value: 1 }]);
    expect(store.state).toMatchObject({ kind: 'memory', detail: expect.stringContaining('thread failed') });
    await store.close();
    expect(store.state.kind).toBe('closed');
  });

  test('drops and counts samples above the limit of what waits to be written', async () => {
    const store = openThreaded(join(directory, 'history.db'), { pendingSampleLimit: 2 });
    store.appendSamples([cpuSample(nowMs, 1), cpuSample(nowMs + 1_000, 2)]);
    store.appendSamples([cpuSample(nowMs + 2_000, 3)]);
    expect(await store.range(whole)).toHaveLength(2);
    store.appendSamples([cpuSample(nowMs + 3_000, 4)]);
    expect(await store.range(whole)).toHaveLength(3);
    expect(store.state.droppedSampleCount).toBe(1);
  });
});

test('kill -9 in the middle of writing, twelve times: the file opens clean with every committed batch whole', async () => {
  const file = join(directory, 'history.db');
  let committed = -1;
  for (let round = 0; round < 12; round += 1) {
    const child = spawn(process.execPath, [writerScript, file, String(committed + 1)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const killAfter = committed + 2 + round * 7;
    lines.on('line', (line) => {
      if (/^\d+$/.test(line)) committed = Number(line);
      else if (line !== 'file null') throw new Error(`round ${round}: ${line}`);
      if (committed >= killAfter) child.kill('SIGKILL');
    });
    await once(child, 'close');
    expect(child.signalCode).toBe('SIGKILL');
  }
  const opened = openHistory(file, nowMs);
  expect(opened).toMatchObject({ kind: 'open', readOnly: false, setAsideFile: null });
  if (opened.kind !== 'open') return;
  onTestFinished(() => opened.connection.close());
  expect(opened.connection.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  const batches = opened.connection.rows('SELECT CAST(value AS INTEGER) AS batch, count(*) AS n FROM sample GROUP BY 1 ORDER BY 1');
  expect(batches.filter((row) => row.n !== 50)).toEqual([]);
  // One batch more than reported may be there: committed, but killed before it could say so.
  expect(batches.length).toBeGreaterThanOrEqual(committed + 1);
});

describe.skipIf(!canMount())('on a small disk of its own (needs root: a tmpfs is mounted)', () => {
  let disk: string;

  beforeEach(() => {
    disk = join(directory, 'disk');
    mkdirSync(disk);
    mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk);
    onTestFinished(() => void spawnSync('umount', ['-l', disk]));
  });

  test('a full disk: writes are dropped and counted, reading goes on, and writing resumes when there is space', async () => {
    const filler = join(disk, 'filler');
    const store = openThreaded(join(disk, 'history.db'));
    store.appendSamples([cpuSample(nowMs, 1)]);
    expect(await store.range(whole)).toHaveLength(1);
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096']);
    expect(existsSync(filler)).toBe(true);
    store.appendSamples(Array.from({ length: 20_000 }, (_, index) => cpuSample(nowMs + 1 + index, 2)));
    expect(await store.range(whole)).toEqual([{ atMs: nowMs, value: 1 }]);
    expect(store.state).toMatchObject({ kind: 'file', droppedSampleCount: 20_000, writeProblem: expect.stringMatching(/full|disk/i) });
    // A big one: what is left of the log's last page would hold a small one.
    expect(await store.recordStop(stopAudit(1, { name: 'x'.repeat(100_000) }))).toMatch(/full|disk/i);
    expect(store.state.droppedRecordCount).toBe(1);
    spawnSync('rm', [filler]);
    expect(await store.recordStop(stopAudit(2))).toBeNull();
    expect(await store.recentStops(5)).toEqual([stopAudit(2)]);
    store.appendSamples([cpuSample(nowMs + 50_000, 3)]);
    expect(await store.range(whole)).toHaveLength(2);
    expect(store.state).toMatchObject({ droppedSampleCount: 20_000, writeProblem: null });
  });

  test('a read-only disk: what is there is read, what is new is dropped and counted', async () => {
    const file = join(disk, 'history.db');
    const before = openThreaded(file);
    before.appendSamples([cpuSample(nowMs, 1)]);
    await before.close();
    mount('-o', 'remount,ro', disk);
    const store = openThreaded(file);
    expect(await store.range(whole)).toEqual([{ atMs: nowMs, value: 1 }]);
    store.appendSamples([cpuSample(nowMs + 1_000, 2)]);
    expect(await store.range(whole)).toHaveLength(1);
    expect(store.state).toMatchObject({ kind: 'read-only', detail: expect.stringContaining('cannot be written'), droppedSampleCount: 1 });
    expect(await store.changePolicies([{ exe: '/a', atMs: 1, author: 'ann', policy: policyOf('/a') }])).toContain('cannot be written');
    expect(await store.policies()).toEqual([]);
  });

  test('a read-only disk without a history: memory, and it says why', async () => {
    mount('-o', 'remount,ro', disk);
    const store = openThreaded(join(disk, 'history.db'));
    store.appendSamples([cpuSample(nowMs, 1)]);
    expect(await store.range(whole)).toHaveLength(1);
    await vi.waitFor(() => expect(store.state).toMatchObject({ kind: 'memory', detail: expect.stringContaining('read-only') }));
  });
});

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr}`);
}

function canMount(): boolean {
  const able = process.platform === 'linux' && process.getuid?.() === 0;
  if (!able) console.warn('SKIPPED: store tests on a full and on a read-only disk; run them as root on Linux to mount a tmpfs');
  return able;
}
