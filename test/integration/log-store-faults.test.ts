import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LogStore, NewLogRecord } from '../../src-main/store/logs/log-store';
import { type LogStoreOptions, openLogStore } from '../../src-main/store/logs/open-log-store';
import { openSqlite } from '../../src-main/store/sqlite';
import type { LogRecord } from '../../src-shared/logs/log-record';
import { createRandom } from '../helpers/log-store-samples';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

const startMs = 1_760_000_000_000;
const dayMs = 86_400_000;
const everything = { query: { terms: [] }, beforeId: null, fromMs: null, toMs: null, limit: 1_000 } as const;

function open(directory: string, options: Partial<LogStoreOptions> = {}): LogStore {
  const store = openLogStore({ directory, searchThreadUrl: null, nowMs: () => startMs, segmentBytes: 64 * 1024, ...options });
  onTestFinished(() => store.close());
  return store;
}

function entries(first: number, count: number, padding = 40): readonly NewLogRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    atMs: first + at,
    origin: 'container/aa',
    level: 'info',
    text: `entry ${first + at} ${'p'.repeat(padding)}`,
    pattern: 'p1',
    maskedCount: 0,
    cutBytes: 0,
  }));
}

async function readAll(store: LogStore): Promise<readonly LogRecord[]> {
  const records: LogRecord[] = [];
  for (let beforeId: number | null = null; ; ) {
    const page = await store.search({ ...everything, beforeId });
    records.push(...page.records);
    beforeId = page.nextBeforeId;
    if (beforeId === null) return records.reverse();
  }
}

/** Sealed segments and an open one, closed. */
async function filledDirectory(count = 6_000): Promise<string> {
  const directory = join(temporaryDirectory(), 'logs');
  const store = open(directory);
  store.describe({ key: 'container/aa', sourceKind: 'container', name: 'api', kind: 'event' });
  store.note('marks', '{"p1":"muted"}');
  for (let first = 0; first < count; first += 500)
    store.append({ records: entries(first, 500), positions: [['container/aa', String(first + 500)]] });
  await sealed(directory);
  await store.close();
  return directory;
}

function sealed(directory: string): Promise<unknown> {
  const rawCount = () => readdirSync(directory).filter((name) => name.endsWith('.text')).length;
  return waitFor(() => rawCount() <= 1, { timeoutMs: 20_000, what: 'full segments to be sealed' });
}

describe('a log store whose files are not as they should be', () => {
  test('leaves one of a newer LogScope untouched and goes on in memory', async () => {
    const directory = await filledDirectory();
    const connection = openSqlite(join(directory, 'index.db'));
    connection.execute('PRAGMA user_version = 99');
    connection.close();
    const before = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name)).toString('base64')]);
    const store = open(directory);
    expect(store.storage()).toMatchObject({ kind: 'memory', recordCount: 0 });
    expect(store.storage().detail).toContain('newer LogScope');
    expect(store.append({ records: entries(0, 10), positions: [] }).kind).toBe('kept');
    expect((await store.search(everything)).records).toHaveLength(10);
    await store.close();
    expect(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name)).toString('base64')])).toEqual(before);
  });

  test('is refused while another has it open, and remembers in memory', async () => {
    const directory = await filledDirectory(500);
    open(directory);
    const second = open(directory);
    expect(second.storage()).toMatchObject({ kind: 'memory' });
    expect(second.storage().detail).toContain('Another LogScope');
  });

  test('is read from its segments when the index is lost', async () => {
    const directory = await filledDirectory();
    const known = await readAll(open(directory)).then((records) => records.map((record) => record.text));
    const copy = join(temporaryDirectory(), 'logs');
    cpSync(directory, copy, { recursive: true });
    writeFileSync(join(copy, 'index.db'), 'this is no database, but long enough to look like one '.repeat(40));
    rmSync(join(copy, 'index.db-wal'), { force: true });
    const store = open(copy);
    expect(store.storage().kind).toBe('file');
    expect(store.storage().detail).toContain('put aside');
    expect((await readAll(store)).map((record) => record.text)).toEqual(known);
    expect((await store.search({ ...everything, limit: 1 })).origins['container/aa']?.name).toBe('api');
    expect(store.positions().size).toBe(0);
    expect(store.append({ records: entries(9_000, 1), positions: [] }).kind).toBe('kept');
  });

  test.each(['a directory', 'an empty file', 'nothing'])('opens with %s where the index should be', async (what) => {
    const directory = await filledDirectory(2_000);
    const index = join(directory, 'index.db');
    rmSync(index);
    if (what === 'a directory') mkdirSync(index);
    else if (what === 'an empty file') writeFileSync(index, '');
    const store = open(directory);
    expect(store.append({ records: entries(9_000, 5), positions: [] }).kind).toBe('kept');
    const { records } = await store.search({ ...everything, limit: 10 });
    expect(records[0]?.text).toMatch(/^entry 9004 /);
    expect(records).toHaveLength(10);
  });

  test('opens with flipped bytes anywhere, gives only what was written, and goes on', { timeout: 120_000 }, async () => {
    const whole = await filledDirectory(3_000);
    const random = createRandom(5);
    const names = readdirSync(whole);
    for (let round = 0; round < 100; round += 1) {
      const directory = join(temporaryDirectory(), 'logs');
      cpSync(whole, directory, { recursive: true });
      const name = names[round % names.length] ?? '';
      const file = join(directory, name);
      const bytes = readFileSync(file);
      for (let flips = 1 + Math.floor(random() * 3); flips > 0; flips -= 1) {
        const at = Math.floor(random() * bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
      writeFileSync(file, round % 10 === 9 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes);
      const store = open(directory);
      const records = await readAll(store);
      const wrong = records.filter((record) => name !== 'index.db' && record.text !== `entry ${record.atMs} ${'p'.repeat(40)}`);
      expect(wrong, `${name} in round ${round}`).toEqual([]);
      const found = await store.search({ ...everything, query: { terms: [{ kind: 'text', text: 'entry 1234 ', not: false }] } });
      expect(found.records.length).toBeLessThanOrEqual(1);
      const { droppedCount, detail, recordCount } = store.storage();
      if (records.length < 3_000)
        expect(droppedCount > 0 || detail !== null || recordCount < 3_000, `${name}: ${records.length} silently`).toBe(true);
      expect(store.append({ records: entries(8_000, 3), positions: [['a', '1']] }).kind).toBe('kept');
      expect((await store.search({ ...everything, limit: 3 })).records.map((record) => record.atMs)).toEqual([8_002, 8_001, 8_000]);
      await store.close();
      rmSync(directory, { recursive: true });
    }
  });

  test.skipIf(process.getuid?.() !== 0)(
    'keeps whole appends or nothing on a full disk, and goes on when there is space (needs root: tmpfs)',
    async () => {
      const directory = temporaryDirectory();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', directory]);
      onTestFinished(() => void execFileSync('umount', ['-l', directory]));
      const store = openLogStore({
        directory: join(directory, 'logs'),
        searchThreadUrl: null,
        nowMs: () => startMs,
        segmentBytes: 512 * 1024,
      });
      let kept = 0;
      let fullCount = 0;
      const random = createRandom(3);
      const noise = (): string => Array.from({ length: 60 }, () => Math.floor(random() * 1e6).toString(36)).join('');
      const append = (): string => {
        const records = entries(kept, 200).map((record) => ({ ...record, text: `entry ${record.atMs} ${noise()}` }));
        const outcome = store.append({ records, positions: [['a', String(kept + 200)]] });
        if (outcome.kind === 'kept') kept += 200;
        return outcome.kind;
      };
      for (let round = 0; round < 200 && fullCount < 20; round += 1) {
        const kind = append();
        expect(['kept', 'full']).toContain(kind);
        if (kind === 'full') fullCount += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(fullCount).toBe(20);
      expect(store.storage().detail).toContain('full');
      expect(store.positions().get('a')).toBe(String(kept));
      expect((await readAll(store)).map((record) => record.atMs)).toEqual(Array.from({ length: kept }, (_, at) => at));
      execFileSync('mount', ['-o', 'remount,size=30m', directory]);
      for (let round = 0; round < 20; round += 1) expect(append()).toBe('kept');
      expect(store.storage()).toMatchObject({ kind: 'file', recordCount: kept, droppedCount: 0 });
      await store.close();
      const again = openLogStore({ directory: join(directory, 'logs'), searchThreadUrl: null, nowMs: () => startMs });
      expect(again.positions().get('a')).toBe(String(kept));
      expect((await readAll(again)).map((record) => record.atMs)).toEqual(Array.from({ length: kept }, (_, at) => at));
      await again.close();
    },
  );

  test.skipIf(process.getuid?.() !== 0)(
    'is read on a medium that cannot be written, new entries are remembered (needs root: tmpfs)',
    async () => {
      const filled = await filledDirectory(2_000);
      const mounted = temporaryDirectory();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', mounted]);
      onTestFinished(() => void execFileSync('umount', ['-l', mounted]));
      cpSync(filled, join(mounted, 'logs'), { recursive: true });
      execFileSync('mount', ['-o', 'remount,ro', mounted]);
      const store = openLogStore({ directory: join(mounted, 'logs'), searchThreadUrl: null, nowMs: () => startMs });
      expect(store.storage()).toMatchObject({ kind: 'read-only', recordCount: 2_000 });
      expect(store.append({ records: entries(5_000, 3), positions: [['a', '1']] }).kind).toBe('kept');
      expect((await readAll(store)).map((record) => record.atMs)).toEqual([
        ...Array.from({ length: 2_000 }, (_, at) => at),
        5_000,
        5_001,
        5_002,
      ]);
      await store.close();
    },
  );
});

describe('retention of log entries', () => {
  async function filledOver(directory: string, days: number): Promise<LogStore> {
    let nowMs = startMs;
    const store = open(directory, { nowMs: () => nowMs });
    store.describe({ key: 'container/aa', sourceKind: 'container', name: 'api', kind: 'event' });
    for (let day = 0; day < days; day += 1) {
      store.append({ records: entries(day * 10_000, 2_000), positions: [] });
      nowMs += dayMs;
    }
    await sealed(directory);
    return store;
  }

  test('takes the oldest away by age, and forgets sources without records', async () => {
    const directory = join(temporaryDirectory(), 'logs');
    const first = await filledOver(directory, 4);
    first.append({ records: entries(90_000, 1).map((record) => ({ ...record, origin: 'run/x' })), positions: [] });
    await first.close();
    const store = open(directory, { nowMs: () => startMs + 4 * dayMs });
    store.retain({ days: 2, maxBytes: 1e9, archive: false });
    const { expiredCount, recordCount } = store.storage();
    expect(expiredCount).toBeGreaterThan(1_000);
    expect(recordCount + expiredCount).toBe(8_001);
    const left = await readAll(store);
    expect(left.every((record) => record.atMs >= 10_000)).toBe(true);
    expect(left).toHaveLength(recordCount);
  });

  test('keeps to a size, and archives what is over it where it can still be searched', async () => {
    const directory = join(temporaryDirectory(), 'logs');
    const store = await filledOver(directory, 4);
    const before = store.storage();
    store.retain({ days: 365, maxBytes: before.diskBytes / 2, archive: true });
    await waitFor(() => store.storage().diskBytes <= before.diskBytes / 2, { timeoutMs: 5_000, what: 'the oldest to be archived' });
    expect(store.storage().archivedBytes).toBeGreaterThan(0);
    expect(readdirSync(join(directory, 'archive')).every((name) => /^\d{4}-\d\d-\d\d-\d{8}\.lsa$/.test(name))).toBe(true);
    const oldest = { ...everything, query: { terms: [{ kind: 'text', text: 'entry 17 ', not: false }] } } as const;
    expect((await store.search(oldest)).records.map((record) => record.atMs)).toEqual([17]);
    await store.close();
    const again = open(directory);
    expect((await again.search(oldest)).records.map((record) => record.atMs)).toEqual([17]);
    expect(again.storage().archivedBytes).toBe(store.storage().archivedBytes);
    expect(statSync(directory).mode & 0o077).toBe(0);
  });
});
