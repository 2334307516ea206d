import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { LogSearch, LogStore, NewLogRecord } from '../../src-main/store/logs/log-store';
import { openLogStore } from '../../src-main/store/logs/open-log-store';
import type { LogOrigin } from '../../src-shared/logs/log-record';
import { logLevels } from '../../src-shared/logs/parsed-line';
import { absoluteRow, type BenchRow, type BenchRun, benchRow, median } from './bench-row';
import { createLogLines } from './log-store-text';

const batchSize = 1_000;
const origins: readonly LogOrigin[] = Array.from({ length: 20 }, (_, at) => ({
  key: `container/${at}`,
  sourceKind: 'container',
  name: `service-${at}`,
  kind: 'event',
}));

/**
 * P10: the store of log entries over 1 GB of text (LOGSCOPE_BENCH_LOG_MB for another size). Appending in batches of 1,000 in one thread,
 * bytes on disk, and searching through its thread, beside grep (and ripgrep if there) over the same text in one plain file.
 */
export const run: BenchRun = async (say) => {
  const folder = join(import.meta.dirname, '../../../shared/loghub');
  if (!existsSync(folder)) {
    say('P10 needs the sample logs beside the project (../shared/loghub)');
    return [];
  }
  const thread = join(import.meta.dirname, '../main/log-search-thread.js');
  const directory = mkdtempSync(join(tmpdir(), 'logscope-log-store-'));
  const { bavail, bsize } = statfsSync(directory);
  const wantedMb = Number(process.env.LOGSCOPE_BENCH_LOG_MB ?? 1_024);
  const megabytes = Math.min(wantedMb, Math.floor((bavail * bsize) / 4 / 1e6));
  if (megabytes < wantedMb) say(`P10: only ${megabytes} MB, for the disk has no space for more`);
  const store = openLogStore({ directory: join(directory, 'logs'), searchThreadUrl: pathToFileURL(thread), nowMs: Date.now });
  try {
    return await measure(store, join(directory, 'plain.log'), createLogLines(folder), megabytes * 1e6, say);
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
};

async function measure(
  store: LogStore,
  plainFile: string,
  nextLine: () => string,
  textBytes: number,
  say: (line: string) => void,
): Promise<readonly BenchRow[]> {
  for (const origin of origins) store.describe(origin);
  const plain = openSync(plainFile, 'w');
  const needles: string[] = [];
  let written = 0;
  let lineCount = 0;
  let appendMs = 0;
  let wallMs = 0;
  while (written < textBytes) {
    const records: NewLogRecord[] = Array.from({ length: batchSize }, (_, at) => ({
      atMs: 1_760_000_000_000 + lineCount + at,
      origin: `container/${((lineCount / batchSize + at) % origins.length) | 0}`,
      level: at % 3 === 0 ? null : (logLevels[at % logLevels.length] ?? null),
      text: nextLine(),
      pattern: `p${at % 200}`,
      maskedCount: 0,
      cutBytes: 0,
    }));
    if (needles.length < 4_000) needles.push(...records.slice(0, 3).map((record) => record.text));
    written += writeSync(plain, `${records.map((record) => record.text).join('\n')}\n`);
    lineCount += batchSize;
    const startedAtMs = performance.now();
    const outcome = store.append({ records, positions: [['container/0', `{"offset":${written}}`]] });
    appendMs += performance.now() - startedAtMs;
    if (outcome.kind !== 'kept') throw new Error(outcome.detail);
    await nextTurn();
    wallMs += performance.now() - startedAtMs;
  }
  closeSync(plain);
  await untilSealed(store);
  const storage = store.storage();
  const note = `${(storage.textBytes / 1e6).toFixed(0)} MB, ${lineCount} lines`;
  say(
    `P10: append ${((appendMs * 1e3) / lineCount).toFixed(2)} us a record; with what runs between ${((wallMs * 1e3) / lineCount).toFixed(2)} us`,
  );

  const time = async (text: string): Promise<number> => {
    const search: LogSearch = {
      query: { terms: [{ kind: 'text', text, not: false }] },
      beforeId: null,
      fromMs: null,
      toMs: null,
      limit: 100,
    };
    const page = await store.search(search);
    if (page.cutShort !== null) say(`P10: "${text}" was cut short`);
    return page.tookMs;
  };
  await time('warm up, nowhere to be found');
  const random = sequence();
  const parts = Array.from({ length: 120 }, (_, at) => pickPart(needles, random, at));
  const times: { readonly part: string; readonly ms: number }[] = [];
  for (const part of parts) times.push({ part, ms: await time(part) });
  times.sort((one, other) => one.ms - other.ms);
  for (const { part, ms } of times.slice(-4)) say(`P10: slowest "${part}" ${ms.toFixed(0)} ms`);
  const p95 = times[Math.floor(times.length * 0.95)]?.ms ?? Number.NaN;
  const common: number[] = [];
  for (const text of ['error', 'info', 'connection', 'blk_', 'task', 'nova']) common.push(await time(text));
  say(`P10: median ${median(times.map((one) => one.ms)).toFixed(1)} ms, worst ${times.at(-1)?.ms.toFixed(0)} ms`);

  const grep = (command: string, part: string): number | null => {
    const startedAtMs = performance.now();
    const done = spawnSync(command, ['-i', '-F', '-m', '100', '-e', part, plainFile], { stdio: 'ignore' });
    return done.error === undefined ? performance.now() - startedAtMs : null;
  };
  const peers = ['rg', 'grep'].filter((command) => grep(command, 'warm up') !== null);
  const rows: BenchRow[] = [
    absoluteRow({
      id: 'P10-disk',
      what: 'bytes on disk per byte of text',
      ours: storage.diskBytes / storage.textBytes,
      unit: 'x',
      must: 1.2,
      note,
    }),
    absoluteRow({
      id: 'P10-append',
      what: 'append in batches of 1,000',
      ours: (appendMs * 1e3) / lineCount,
      unit: 'us/record',
      must: 3,
      note,
    }),
    absoluteRow({
      id: 'P10-append-all',
      what: 'append and sealing, one thread',
      ours: (wallMs * 1e3) / lineCount,
      unit: 'us/record',
      must: 10,
      note,
    }),
    absoluteRow({ id: 'P10-search', what: 'any word or substring, p95', ours: p95, unit: 'ms', must: 300, note }),
    absoluteRow({ id: 'P10-newest', what: 'newest 100 of a common term, worst', ours: Math.max(...common), unit: 'ms', must: 20, note }),
  ];
  for (const command of peers) {
    const theirs = parts
      .slice(0, 20)
      .map((part) => grep(command, part) ?? Number.NaN)
      .sort((one, other) => one - other);
    rows.push(
      benchRow({
        id: `P10-${command}`,
        what: 'p95 beside a scan of plain text',
        ours: p95,
        peer: theirs[18] ?? Number.NaN,
        peerName: command,
        unit: 'ms',
        must: 10,
        note,
      }),
    );
  }
  return rows;
}

/** Until nothing becomes smaller any more. */
async function untilSealed(store: LogStore): Promise<void> {
  for (let before = Number.POSITIVE_INFINITY; store.storage().diskBytes < before; ) {
    before = store.storage().diskBytes;
    await delay(4_000);
  }
}

function sequence(): () => number {
  let state = 99;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** By turns: a word, a piece of a line, an id, and one that is nowhere. */
function pickPart(lines: readonly string[], random: () => number, at: number): string {
  const line = lines[Math.floor(random() * lines.length)] ?? '';
  const words = line.split(/[^\w.$-]+/).filter((word) => word.length >= 3);
  const word = words[Math.floor(random() * words.length)] ?? line.slice(0, 8);
  if (at % 4 === 0) return word;
  const from = Math.floor(random() * Math.max(1, line.length - 12));
  if (at % 4 === 1) return line.slice(from, from + 4 + Math.floor(random() * 8));
  if (at % 4 === 2) return /\d{6,}/.exec(line)?.[0] ?? word;
  return `${word.slice(0, 6)}${Math.floor(random() * 1e5)}`;
}
