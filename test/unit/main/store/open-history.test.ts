import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { readRange, writeBatch } from '../../../../src-main/store/history';
import { openHistory } from '../../../../src-main/store/open-history';
import { openSqlite } from '../../../../src-main/store/sqlite';
import { cpuSample } from '../../../helpers/store-samples';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

let file: string;
const nowMs = Date.UTC(2026, 0, 15, 12);
const whole = { metric: 'host.cpu.busy', subject: '', fromMs: 0, toMs: 10_000_000 } as const;

beforeEach(() => {
  file = join(temporaryDirectory(), 'deep', 'history.db');
});

/** A history file with many pages of samples, cleanly closed. */
function makeHistory(): void {
  const opened = openHistory(file, nowMs);
  if (opened.kind !== 'open') throw new Error(opened.detail);
  writeBatch(opened.connection, {
    samples: Array.from({ length: 5_000 }, (_, index) => cpuSample(index * 1_000, index)),
    alerts: [],
    runs: [],
    records: [],
  });
  opened.connection.close();
}

function damage(atByte: number, lengthBytes: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, atByte, atByte + lengthBytes);
  writeFileSync(file, bytes);
}

test('makes the folder and a file for its user alone, and opens it again after a clean end', () => {
  makeHistory();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(file))).toEqual(['history.db']);
  const again = openHistory(file, nowMs);
  expect(again).toMatchObject({ kind: 'open', readOnly: false, setAsideFile: null });
  if (again.kind !== 'open') return;
  expect(readRange(again.connection, whole).length).toBeGreaterThan(100);
  again.connection.close();
});

test.each([
  ['the header', () => damage(0, 100)],
  ['a page in the middle', () => damage(4_096 * 5, 4_096)],
  ['half of the file missing', () => truncateSync(file, Math.floor(statSync(file).size / 8_192) * 4_096)],
  ['text instead of a database', () => writeFileSync(file, 'hello '.repeat(1_000))],
])('a damaged file is kept aside and a fresh one made: %s', (_what, harm) => {
  makeHistory();
  harm();
  const damaged = readFileSync(file);
  const opened = openHistory(file, nowMs);
  expect(opened).toMatchObject({ kind: 'open', readOnly: false, setAsideFile: `${file}.corrupt-2026-01-15T12-00-00-000Z` });
  if (opened.kind !== 'open' || opened.setAsideFile === null) return;
  // Opening marks the file as write-ahead in its header; the rest is as it was found.
  expect(readFileSync(opened.setAsideFile).subarray(100).equals(damaged.subarray(100))).toBe(true);
  writeBatch(opened.connection, { samples: [cpuSample(1, 1)], alerts: [], runs: [], records: [] });
  expect(readRange(opened.connection, whole)).toEqual([{ atMs: 1, value: 1 }]);
  opened.connection.close();
});

test('a file of no bytes is a new one', () => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  const opened = openHistory(file, nowMs);
  expect(opened).toMatchObject({ kind: 'open', setAsideFile: null });
  if (opened.kind === 'open') opened.connection.close();
});

test('a file of a newer LogScope stays byte for byte', () => {
  makeHistory();
  const connection = openSqlite(file);
  connection.execute('PRAGMA user_version = 7');
  connection.close();
  const before = readFileSync(file);
  expect(openHistory(file, nowMs)).toEqual({
    kind: 'unavailable',
    detail: `The history file ${file} was written by a newer LogScope (schema 7, known here: 3); it is left as it is`,
    setAsideFile: null,
  });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a file that is open already is refused, with the reason', () => {
  const first = openHistory(file, nowMs);
  const second = openHistory(file, nowMs);
  expect(second).toMatchObject({ kind: 'unavailable', detail: expect.stringContaining('Another LogScope') });
  if (first.kind === 'open') first.connection.close();
});

test('a folder in place of the file is said, not thrown', () => {
  mkdirSync(file, { recursive: true });
  expect(openHistory(file, nowMs)).toMatchObject({ kind: 'unavailable', detail: expect.stringContaining('cannot be opened') });
  expect(existsSync(file)).toBe(true);
});
