import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCacheDirectory } from '../../src-main/platform/cache-directory';
import { temporaryDirectory } from '../helpers/temporary-directory';

const nowMs = Date.UTC(2026, 0, 10);
const dayMs = 24 * 3_600_000;
const rest = () => undefined;

function aged(directory: string, name: string, sizeBytes: number, ageMs: number): void {
  const path = join(directory, name);
  writeFileSync(path, Buffer.alloc(sizeBytes));
  utimesSync(path, new Date(nowMs - ageMs), new Date(nowMs - ageMs));
}

test('what is too old, too much or was left unfinished goes with the next writing', async () => {
  const directory = join(temporaryDirectory(), 'cache');
  mkdirSync(directory);
  const cache = createCacheDirectory(directory, { maxBytes: 1_000, maxAgeMs: 7 * dayMs }, () => nowMs);
  aged(directory, 'old', 10, 8 * dayMs);
  aged(directory, 'older-half', 500, 2 * dayMs);
  aged(directory, 'newer-half', 500, dayMs);
  aged(directory, 'x.1-1.unfinished', 1, 2 * 3_600_000);
  expect(cache.open('old')).toBeNull();
  expect(await cache.write('fresh', [Buffer.from('ab'), Buffer.from('c')], rest)).toBe(true);
  expect(readdirSync(directory).sort()).toEqual(['fresh', 'newer-half']);
  const entry = cache.open('fresh');
  const into = new Uint8Array(10);
  expect([entry?.sizeBytes, entry?.read(into, 1), Buffer.from(into.subarray(0, 2)).toString()]).toEqual([3, 2, 'bc']);
  entry?.close();
  cache.remove('fresh');
  expect(cache.open('fresh')).toBeNull();
});

test('what cannot be written is not there, and nothing is left of it', async () => {
  const directory = temporaryDirectory();
  const inTheWay = join(directory, 'cache');
  writeFileSync(inTheWay, 'a file');
  const cache = createCacheDirectory(inTheWay, { maxBytes: 1_000, maxAgeMs: dayMs }, () => nowMs);
  expect(await cache.write('entry', [Buffer.from('x')], rest)).toBe(false);
  expect(cache.open('entry')).toBeNull();
  expect(readFileSync(inTheWay, 'utf8')).toBe('a file');
  const other = createCacheDirectory(join(directory, 'other'), { maxBytes: 1_000, maxAgeMs: dayMs }, () => nowMs);
  function* failing(): Generator<Uint8Array> {
    yield Buffer.from('x');
    throw new Error('a bug');
  }
  await expect(other.write('entry', failing(), rest)).rejects.toThrow('a bug');
  expect(readdirSync(join(directory, 'other'))).toEqual([]);
});
