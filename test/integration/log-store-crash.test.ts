import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { openLogStore } from '../../src-main/store/logs/open-log-store';
import { openSqlite } from '../../src-main/store/sqlite';
import { bundleEntry } from '../helpers/bundle-entry';
import { createRandom } from '../helpers/log-store-samples';
import { temporaryDirectory } from '../helpers/temporary-directory';

/** LOGSCOPE_LOG_KILLS=200 for the long run. */
const killCount = Number(process.env.LOGSCOPE_LOG_KILLS ?? 50);
let writerScript: string;

beforeAll(async () => {
  writerScript = await bundleEntry('test/integration/log-store-writer.ts', 'log-store-writer');
});

interface Ended {
  /** Up to which number the writer said its entries are kept. */
  readonly saidKept: number;
  readonly said: readonly string[];
}

/** Lets a writer append from `first` on until it is killed, after `afterMs` from its first append or at a step of sealing. */
async function writeUntilKilled(
  directory: string,
  first: number,
  end: { readonly afterMs: number } | { readonly step: string },
): Promise<Ended> {
  const args = [writerScript, directory, String(first), ...('step' in end ? [end.step] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const said: string[] = [];
  let saidKept = first - 1;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    if (/^\d+$/.test(line)) saidKept = Number(line);
    else said.push(line);
  });
  if ('afterMs' in end) {
    await once(lines, 'line');
    await delay(end.afterMs);
    child.kill('SIGKILL');
  }
  await closed;
  return { saidKept, said };
}

/** Opens what the writer left; gives the position, and the numbers kept after `after`, in order. */
async function readBack(directory: string, after: number): Promise<{ readonly position: number; readonly numbers: readonly number[] }> {
  const store = openLogStore({ directory, searchThreadUrl: null, nowMs: () => 0, segmentBytes: 48 * 1024 });
  const position = Number(store.positions().get('file//a.log') ?? 0);
  expect(store.storage()).toMatchObject({ kind: 'file', detail: null, droppedCount: 0, recordCount: position });
  const numbers: number[] = [];
  for (let beforeId: number | null = null; ; ) {
    const page = await store.search({ query: { terms: [] }, beforeId, fromMs: after + 1, toMs: null, limit: 1_000 });
    for (const record of page.records) {
      expect(record.text.startsWith(`entry ${record.atMs} `)).toBe(true);
      numbers.push(record.atMs);
    }
    beforeId = page.nextBeforeId;
    if (beforeId === null) break;
  }
  await store.close();
  const connection = openSqlite(join(directory, 'index.db'));
  expect(connection.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  connection.close();
  return { position, numbers: numbers.reverse() };
}

function expectExactly(numbers: readonly number[], from: number, to: number): void {
  expect(numbers.length).toBe(to - from + 1);
  expect(numbers.every((number, at) => number === from + at)).toBe(true);
}

describe('a log store whose process is killed', () => {
  test(`has the entries and the position of the same append, ${killCount} times`, { timeout: killCount * 4_000 }, async () => {
    const directory = join(temporaryDirectory(), 'logs');
    const random = createRandom(11);
    let last = 0;
    for (let round = 0; round < killCount; round += 1) {
      const { saidKept, said } = await writeUntilKilled(directory, last + 1, { afterMs: random() * 120 });
      expect(said).toEqual(['opened file null']);
      const { position, numbers } = await readBack(directory, last);
      expect(position).toBeGreaterThanOrEqual(saidKept);
      expectExactly(numbers, last + 1, position);
      last = position;
    }
    expect(last).toBeGreaterThan(killCount * 10);
    const whole = await readBack(directory, 0);
    expectExactly(whole.numbers, 1, last);
  });

  test.each(['started', 'sealed', 'committed', 'removed'])(
    'loses nothing at the step "%s" of sealing',
    { timeout: 60_000 },
    async (step) => {
      const directory = join(temporaryDirectory(), 'logs');
      let last = 0;
      for (let round = 0; round < 4; round += 1) {
        const { saidKept } = await writeUntilKilled(directory, last + 1, { step });
        const { position, numbers } = await readBack(directory, last);
        expect(position).toBeGreaterThanOrEqual(saidKept);
        expectExactly(numbers, last + 1, position);
        last = position;
      }
      const whole = await readBack(directory, 0);
      expectExactly(whole.numbers, 1, last);
      expect(readdirSync(directory).filter((name) => name.endsWith('.sealing'))).toEqual([]);
    },
  );
});
