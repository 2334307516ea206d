import { mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { choosePast, createSiblingFinder, type PastLimits } from '../../../../../src-main/logs/files/choose-past';
import { readPast } from '../../../../../src-main/logs/files/read-past';
import { type LogFileStat, openLogFile } from '../../../../../src-main/platform/log-file';
import { listFileNames } from '../../../../../src-main/platform/log-files-found';
import { isRotationOf } from '../../../../../src-main/platform/rotated-name';
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

function open(path: string) {
  const opened = openLogFile(path);
  if (opened.kind !== 'opened') throw new Error(`${path}: ${opened.kind}`);
  return opened.file;
}

/** What is chosen beside `app.log` when it is met at its end, and all lines of it. */
async function past(directory: string, over: Partial<PastLimits> = {}, isKnown: (stat: LogFileStat) => boolean = () => false) {
  const path = join(directory, 'app.log');
  const file = open(path);
  const stat = file.stat();
  const siblings = createSiblingFinder(listFileNames, () => 0)(path);
  const limits = { notBeforeMs: nowMs - 7 * 24 * hour, maxBytes: megabyte, ...over };
  const { files, ...counts } = choosePast({ path, kind: 'event', file, stat, offset: stat.sizeBytes }, siblings, limits, isKnown);
  file.close();
  const lines: string[] = [];
  const ends: [string, string][] = [];
  for (const position of files) {
    const one = open(position.file);
    const end = await readPast(one, {
      ...position,
      leastBytes: position.wantedBytes,
      onLines: (taken) => lines.push(...taken.map(({ bytes }) => bytes.toString())),
      rest: async () => true,
    });
    one.close();
    ends.push([position.file.slice(directory.length + 1), end]);
  }
  return { lines, ends, files, ...counts };
}

describe('choosePast and readPast', () => {
  it('give what was written before, the oldest first, packed or not, and nothing else', async () => {
    const directory = temporaryDirectory();
    put(directory, 'app.log', '\ufefffour\r\n', 0);
    put(directory, 'app.log.1', 'three\n', 1);
    put(directory, 'app.log.2.gz', gzipSync('two\n'), 2);
    put(directory, 'app.log-20261120.gz', Buffer.concat([gzipSync('one\n'), gzipSync('one and a half')]), 24);
    put(directory, 'app.log.3', gzipSync('packed under a plain name\n'), 3);
    put(directory, 'app.log.err.1', 'of another file\n', 1);
    put(directory, 'app.log2', 'of another file\n', 1);
    put(directory, 'app.log.4.xz', 'xz', 4);
    mkdirSync(join(directory, 'app.log.5'));
    symlinkSync('/dev/zero', join(directory, 'app.log.6'));
    const { lines, ends, leftOutCount, unsupportedCount } = await past(directory);
    expect(lines).toEqual(['one', 'one and a half', 'packed under a plain name', 'two', 'three', 'four']);
    expect(ends.map(([name]) => name)).toEqual(['app.log-20261120.gz', 'app.log.3', 'app.log.2.gz', 'app.log.1', 'app.log']);
    expect(new Set(ends.map(([, end]) => end))).toEqual(new Set(['read']));
    expect({ leftOutCount, unsupportedCount }).toEqual({ leftOutCount: 0, unsupportedCount: 1 });
  });

  it('leave out what is too old, too much or known; of a file that is too much the last lines are taken', async () => {
    const directory = temporaryDirectory();
    put(directory, 'app.log', '', 0);
    put(directory, 'app.log.1', `${'n'.repeat(599_999)}\n`, 1);
    put(directory, 'app.log.2', `first\n${'m\n'.repeat(290_000)}`, 2);
    put(directory, 'app.log.3', 'older\n', 3);
    put(directory, 'app.log.4', 'too old\n', 24 * 8);
    const { lines, ends, leftOutCount } = await past(directory);
    expect(ends).toEqual([
      ['app.log.2', 'read'],
      ['app.log.1', 'read'],
    ]);
    expect(leftOutCount).toBe(2);
    expect(lines[0]).toBe('m');
    expect(lines.length).toBe((megabyte - 600_000) / 2 + 1);
    const known = await past(directory, {}, ({ sizeBytes }) => sizeBytes === 600_000);
    expect(known.ends.map(([name]) => name)).toEqual(['app.log.3', 'app.log.2']);
  });

  it('stop at a bomb, tell of a broken file, and refuse what is no text', async () => {
    const directory = temporaryDirectory();
    put(directory, 'app.log', 'last\n', 0);
    const bomb = gzipSync(Buffer.alloc(64 * megabyte, 'x\n'));
    put(directory, 'app.log.3.gz', bomb, 3);
    const text = Array.from({ length: 9_999 }, (_, at) => `line ${at * 7919}\n`).join('');
    const broken = put(directory, 'app.log.2.gz', gzipSync(Buffer.from(text)), 2);
    truncateSync(broken, 10_000);
    utimesSync(broken, (nowMs - 2 * hour) / 1000, (nowMs - 2 * hour) / 1000);
    put(directory, 'app.log.1', Buffer.alloc(5_000, 1), 1);
    const { lines, ends } = await past(directory, { maxBytes: 8 * megabyte });
    expect(ends).toEqual([
      ['app.log.3.gz', 'cut'],
      ['app.log.2.gz', 'damaged'],
      ['app.log.1', 'no-text'],
      ['app.log', 'read'],
    ]);
    expect(lines.filter((line) => line === 'x').length).toBeLessThanOrEqual((bomb.length * 50) / 2 + 1);
    expect(lines).toContain('line 7919');
    expect(lines.at(-1)).toBe('last');
  });

  it.each([['app.log.1'], ['app.log.1.gz']])('%s: goes on behind any place that was told, with exactly the rest', async (name) => {
    const directory = temporaryDirectory();
    const wanted = Array.from({ length: 5_000 }, (_, at) => `line ${at} ${'z'.repeat(at % 90)}`);
    const text = `${wanted.join('\n')}\nunfinished`;
    const path = put(directory, name, name.endsWith('.gz') ? gzipSync(text) : text, 1);
    const lines: string[] = [];
    let fromBytes = 0;
    let starts = 0;
    for (let end = 'stopped'; end === 'stopped'; starts += 1) {
      const file = open(path);
      let pieces = 0;
      end = await readPast(file, {
        fromBytes,
        endBytes: text.length,
        leastBytes: text.length - fromBytes,
        onLines: (taken, takenBytes) => {
          lines.push(...taken.map(({ bytes }) => bytes.toString()));
          if (takenBytes > fromBytes) pieces += 1;
          fromBytes = takenBytes;
        },
        rest: async () => pieces < 3,
      });
      file.close();
    }
    expect(starts).toBeGreaterThan(5);
    expect(lines).toEqual([...wanted, 'unfinished']);
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
