import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readChangeTime, readNewestFile } from '../../../../../src-main/collectors/containers/read-newest-file';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';

let root: string;
const signal = new AbortController().signal;

/** A file that changed this many seconds after 1970. */
function put(path: string, changedAtSeconds: number): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, changedAtSeconds, changedAtSeconds);
  return file;
}

const newest = (options: Partial<Parameters<typeof readNewestFile>[1]> = {}) =>
  readNewestFile(root, { sourcesOnly: false, signal, ...options });

beforeEach(() => {
  root = temporaryDirectory();
});

describe('readNewestFile', () => {
  it('finds the newest file below, not below what is skipped and not through links', async () => {
    put('a.js', 10);
    const deep = put('one/two/three/b.py', 20);
    put('node_modules/x/new.js', 90);
    put('.git/HEAD', 90);
    const outside = temporaryDirectory();
    writeFileSync(join(outside, 'newest.js'), '');
    symlinkSync(outside, join(root, 'link'));
    expect(await newest()).toEqual({ file: { path: deep, changedAtMs: 20_000 }, cut: false });
  });
  it('looks at sources and settings only where the container may write', async () => {
    put('data.wal', 30);
    const source = put('conf/app.yaml', 20);
    expect((await newest({ sourcesOnly: true })).file?.path).toBe(source);
    expect((await newest()).file?.changedAtMs).toBe(30_000);
  });
  it('stops at its bounds and says so', async () => {
    put('1/2/3/4/5/deep.js', 50);
    const near = put('near.js', 10);
    expect(await newest()).toEqual({ file: { path: near, changedAtMs: 10_000 }, cut: true });
    for (let index = 0; index < 20; index += 1) put(`many/${index}.js`, 5);
    expect(await newest({ maxEntries: 10, maxDepth: 9 })).toMatchObject({ cut: true });
    const aborted = AbortSignal.abort();
    expect(await newest({ signal: aborted })).toEqual({ file: null, cut: true });
  });
  it('takes a file as itself and nothing for what is not there', async () => {
    const file = put('single.conf', 40);
    expect(await readNewestFile(file, { sourcesOnly: true, signal })).toEqual({ file: { path: file, changedAtMs: 40_000 }, cut: false });
    expect(await readNewestFile(join(root, 'gone'), { sourcesOnly: false, signal })).toEqual({ file: null, cut: false });
  });
});

describe('readChangeTime', () => {
  it('is null for folders and what is not there', async () => {
    expect(await readChangeTime(put('compose.yaml', 60))).toBe(60_000);
    expect(await readChangeTime(root)).toBeNull();
    expect(await readChangeTime(join(root, 'gone'))).toBeNull();
  });
});
