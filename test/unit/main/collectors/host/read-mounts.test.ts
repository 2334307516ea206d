import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MountEntry } from '../../../../../src-main/collectors/host/parse-mounts';
import { createMountReader, type Statfs } from '../../../../../src-main/collectors/host/read-mounts';

const blocks = { bsize: 4096, blocks: 100, bfree: 40, bavail: 30 };
const usage = { totalBytes: 409600, usedBytes: 245760, availableBytes: 122880 };
const entry = (path: string, fileSystem = 'ext4'): MountEntry => ({
  path,
  fileSystem,
  device: `dev:${path}`,
  deviceNumber: path,
  readOnly: false,
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Answers at once for every path but those that hang, which answer when released. */
function fakeStatfs(hanging: ReadonlySet<string>) {
  const asked: string[] = [];
  const release = new Map<string, () => void>();
  const ask: Statfs = (path) => {
    asked.push(path);
    if (!hanging.has(path)) return Promise.resolve(blocks);
    return new Promise((resolve) => release.set(path, () => resolve(blocks)));
  };
  return { ask, asked, release };
}

test('figures of a local file system, kept for five seconds', async () => {
  const { ask, asked } = fakeStatfs(new Set());
  const reader = createMountReader(ask);
  const expected = { mounts: [{ path: '/', device: 'dev:/', fileSystem: 'ext4', readOnly: false, ...usage }], warnings: [] };
  expect(await reader.read([entry('/')], 0)).toEqual(expected);
  expect(await reader.read([entry('/')], 4_999)).toEqual(expected);
  expect(asked).toEqual(['/']);
  await reader.read([entry('/')], 5_000);
  expect(asked).toEqual(['/', '/']);
});

test('a dead server is waited for once, for half a second, and costs nothing else its figures', async () => {
  const { ask, asked, release } = fakeStatfs(new Set(['/nas']));
  const reader = createMountReader(ask);
  const mounts = [entry('/'), entry('/nas', 'nfs4'), entry('/other', 'cifs')];
  const first = reader.read(mounts, 0);
  await vi.advanceTimersByTimeAsync(499);
  let settled = false;
  void first.then(() => {
    settled = true;
  });
  await Promise.resolve();
  expect(settled).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  const { mounts: shown, warnings } = await first;
  expect(shown.map(({ path }) => path)).toEqual(['/']);
  expect(warnings).toEqual(['/nas (nfs4) has not answered yet', '/other (cifs) has not answered yet']);
  // One thread of the pool hangs, not two.
  expect(asked).toEqual(['/', '/nas']);

  await reader.read(mounts, 10_000);
  expect(asked.filter((path) => path === '/nas')).toHaveLength(1);

  release.get('/nas')?.();
  await vi.advanceTimersByTimeAsync(0);
  const after = await reader.read(mounts, 11_000);
  expect(after.mounts.map(({ path }) => path)).toEqual(['/', '/nas', '/other']);
  expect(after.warnings).toEqual([]);
});

test('a server that stops answering keeps its last figures and says so', async () => {
  const hanging = new Set<string>();
  const { ask } = fakeStatfs(hanging);
  const reader = createMountReader(ask);
  await reader.read([entry('/nas', 'nfs4')], 0);
  hanging.add('/nas');
  await reader.read([entry('/nas', 'nfs4')], 5_000);
  const { mounts, warnings } = await reader.read([entry('/nas', 'nfs4')], 7_000);
  expect(mounts).toHaveLength(1);
  expect(warnings).toEqual(['/nas (nfs4) does not answer: its last figures are shown']);
});

test('a denied mount is named, an empty one left out, an unexpected error thrown', async () => {
  const denied = Object.assign(new Error('no'), { code: 'EACCES' });
  const reader = createMountReader(async (path) => {
    if (path === '/denied') throw denied;
    if (path === '/bug') throw new TypeError('bug');
    return { ...blocks, blocks: 0 };
  });
  expect(await reader.read([entry('/denied'), entry('/empty')], 0)).toEqual({
    mounts: [],
    warnings: ['/denied (ext4) cannot be read: EACCES'],
  });
  await reader.read([entry('/bug')], 0);
  await expect(reader.read([entry('/bug')], 1_000)).rejects.toThrow('bug');
});
