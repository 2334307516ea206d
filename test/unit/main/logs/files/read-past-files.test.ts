import { mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type PastFilesOptions, readPastFiles } from '../../../../../src-main/logs/files/read-past-files';
import { isRotationOf } from '../../../../../src-main/logs/files/rotated-name';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';

const nowMs = Date.UTC(2026, 10, 21);
const hour = 3_600_000;
const megabyte = 1024 * 1024;

function put(directory: string, name: string, content: string | Buffer, hoursAgo: number): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  utimesSync(path, (nowMs - hoursAgo * hour) / 1000, (nowMs - hoursAgo * hour) / 1000);
  return path;
}

async function past(directory: string, over: Partial<PastFilesOptions> = {}) {
  const lines: string[] = [];
  const { files, leftOutCount } = await readPastFiles(join(directory, 'app.log'), ({ bytes }) => lines.push(bytes.toString()), {
    signal: new AbortController().signal,
    nowMs,
    maxAgeMs: 7 * 24 * hour,
    maxBytes: megabyte,
    ...over,
  });
  return { lines, leftOutCount, outcomes: files.map(({ path, outcome }) => [path.slice(directory.length + 1), outcome] as const) };
}

const read = { kind: 'read', isDamaged: false, isCut: false };

describe('readPastFiles', () => {
  it('gives what rotations left, the oldest first, packed or not, and nothing else', async () => {
    const directory = temporaryDirectory();
    put(directory, 'app.log', 'now\n', 0);
    put(directory, 'app.log.1', 'three\n', 1);
    put(directory, 'app.log.2.gz', gzipSync('two\n'), 2);
    put(directory, 'app.log-20261120.gz', Buffer.concat([gzipSync('one\n'), gzipSync('one and a half')]), 24);
    put(directory, 'app.log.3', gzipSync('packed under a plain name\n'), 3);
    put(directory, 'app.log.err.1', 'of another file\n', 1);
    put(directory, 'app.log2', 'of another file\n', 1);
    put(directory, 'app.log.4.xz', 'xz', 4);
    mkdirSync(join(directory, 'app.log.5'));
    symlinkSync('/dev/zero', join(directory, 'app.log.6'));
    const { lines, outcomes, leftOutCount } = await past(directory);
    expect(lines).toEqual(['one', 'one and a half', 'packed under a plain name', 'two', 'three']);
    expect(outcomes).toEqual([
      ['app.log.4.xz', { kind: 'unsupported', reason: 'It is compressed in another way than gzip.' }],
      ['app.log-20261120.gz', { ...read, lineCount: 2 }],
      ['app.log.3', { ...read, lineCount: 1 }],
      ['app.log.2.gz', { ...read, lineCount: 1 }],
      ['app.log.1', { ...read, lineCount: 1 }],
    ]);
    expect(leftOutCount).toBe(0);
  });

  it('leaves out what is too old, too much or known, and tells', async () => {
    const directory = temporaryDirectory();
    put(directory, 'app.log.1', 'n'.repeat(600_000), 1);
    put(directory, 'app.log.2', `${'m\n'.repeat(290_000)}`, 2);
    put(directory, 'app.log.3', 'older\n', 3);
    put(directory, 'app.log.4', 'too old\n', 24 * 8);
    const { lines, outcomes, leftOutCount } = await past(directory);
    expect(outcomes.map(([name, outcome]) => [name, 'isCut' in outcome && outcome.isCut])).toEqual([
      ['app.log.2', true],
      ['app.log.1', false],
    ]);
    expect(leftOutCount).toBe(2);
    expect(lines.length).toBe(Math.ceil((megabyte - 600_000) / 2) + 1);
    const known = await past(directory, { isKnown: ({ sizeBytes }) => sizeBytes === 600_000 });
    expect(known.outcomes.map(([name]) => name)).toEqual(['app.log.3', 'app.log.2']);
  });

  it('stops at a bomb and goes on behind a broken file', async () => {
    const directory = temporaryDirectory();
    const bomb = gzipSync(Buffer.alloc(64 * megabyte, 'x\n'));
    put(directory, 'app.log.3.gz', bomb, 3);
    const broken = put(
      directory,
      'app.log.2.gz',
      gzipSync(Buffer.from(Array.from({ length: 9_999 }, (_, at) => `line ${at * 7919}\n`).join(''))),
      2,
    );
    truncateSync(broken, 10_000);
    utimesSync(broken, (nowMs - 2 * hour) / 1000, (nowMs - 2 * hour) / 1000);
    put(directory, 'app.log.1', 'last\n', 1);
    const { lines, outcomes } = await past(directory, { maxBytes: 4 * megabyte });
    expect(outcomes.map(([name, outcome]) => ({ name, ...outcome, lineCount: 0 }))).toEqual([
      { name: 'app.log.3.gz', ...read, isCut: true, lineCount: 0 },
      { name: 'app.log.2.gz', ...read, isDamaged: true, lineCount: 0 },
      { name: 'app.log.1', ...read, lineCount: 0 },
    ]);
    expect(lines.filter((line) => line === 'x').length).toBeLessThanOrEqual((bomb.length * 50) / 2 + 1);
    expect(lines).toContain('line 7919');
    expect(lines.at(-1)).toBe('last');
  });

  it('waits while nobody is ready, and ends when told', async () => {
    const directory = temporaryDirectory();
    put(directory, 'app.log.1', 'x\n'.repeat(200_000), 1);
    let waits = 0;
    await past(directory, {
      whenReady: async () => {
        waits += 1;
      },
    });
    expect(waits).toBeGreaterThan(3);
    const end = new AbortController();
    const stop = () => Promise.resolve(end.abort(new Error('enough')));
    await expect(past(directory, { signal: end.signal, whenReady: stop })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it.each([
  ['app.log.1', true],
  ['app.log.10.gz', true],
  ['app.log-20261121', true],
  ['app.log-20261121-1200.gz', true],
  ['app.log.20261121.1', true],
  ['app.log.old', true],
  ['app.log.gz', true],
  ['app.log', false],
  ['app.log.err.1', false],
  ['app.log2', false],
  ['app.logs.1', false],
])('isRotationOf app.log: %s %s', (name, expected) => {
  expect(isRotationOf('/var/app.log', `/var/${name}`)).toBe(expected);
});
