import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import type { LogKeeper } from '../../src-main/logs/keeper/log-keeper';
import type { LogStore } from '../../src-main/store/logs/log-store';
import { createMemoryLogStore } from '../../src-main/store/logs/memory-log-store';
import { openLogStore } from '../../src-main/store/logs/open-log-store';
import type { LogRecord } from '../../src-shared/logs/log-record';
import { parseLogQuery } from '../../src-shared/logs/parse-log-query';
import { bundleEntry } from '../helpers/bundle-entry';
import { directoryOnDisk } from '../helpers/followed-files';
import { openKeeper } from '../helpers/log-keeper-parts';
import { waitFor } from '../helpers/wait-for';

const numbered = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name} line ${at} ${'z'.repeat(at % 80)}`);
const asText = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

async function everything(store: LogStore): Promise<readonly LogRecord[]> {
  const parsed = parseLogQuery('');
  if (!parsed.ok) throw new Error('an empty query is one');
  const records: LogRecord[] = [];
  for (let beforeId: number | null = null; ; ) {
    const page = await store.search({ query: parsed.query, beforeId, fromMs: null, toMs: null, limit: 1_000 });
    records.push(...page.records);
    beforeId = page.nextBeforeId;
    if (beforeId === null) return records.reverse();
  }
}

async function detailOf(keeper: LogKeeper, path: string): Promise<string | null> {
  const { fileSources } = await keeper.ask('digest', { since: -1 });
  return fileSources.find(({ id }) => id === path)?.detail ?? null;
}

function follow(pattern: string, store: LogStore): LogKeeper {
  const keeper = openKeeper({ files: true, store, settings: { files: [{ pattern, kind: 'event' }] } });
  onTestFinished(() => keeper.close());
  return keeper;
}

it('takes rotated files and what stood in the file before, while it grows: every line once, without alarms, and says how far it is', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'app.log');
  const oldest = numbered('oldest ERROR of', 500);
  const older = numbered('older', 2_000);
  const before = numbered('before ERROR of', 3_000);
  writeFileSync(`${path}.2.gz`, gzipSync(asText(oldest)));
  utimesSync(`${path}.2.gz`, Date.now() / 1000 - 7_200, Date.now() / 1000 - 7_200);
  writeFileSync(`${path}.1`, asText(older));
  utimesSync(`${path}.1`, Date.now() / 1000 - 3_600, Date.now() / 1000 - 3_600);
  writeFileSync(path, `${asText(before)}now unfin`);
  const store = createMemoryLogStore();
  const keeper = follow(path, store);
  const live: string[] = [];
  let said = '';
  for (let at = 0; at < 40; at += 1) {
    await waitFor(async () => (await detailOf(keeper, path)) !== 'never', { what: 'an answer', timeoutMs: 2_000, everyMs: 5 });
    said ||= /Reading its past, \d+ %\./.exec((await detailOf(keeper, path)) ?? '')?.[0] ?? '';
    appendFileSync(path, at === 0 ? `ished\nlive ${at}\n` : `live ${at}\n`);
    live.push(`live ${at}`);
  }
  const wanted = [...oldest, ...older, ...before, 'now unfinished', ...live];
  await waitFor(async () => (await everything(store)).length >= wanted.length, { what: 'all lines', timeoutMs: 30_000 });
  const records = await everything(store);
  expect(records.map(({ text }) => text).sort()).toEqual([...wanted].sort());
  expect(said).toMatch(/^Reading its past, \d+ %\.$/);
  const ofPast = records.filter(({ text }) => !/^live|^now/.test(text)).map(({ text }) => text);
  // In the order they were written, but for the moments that an entry is held back at the end of a file.
  for (const [name, lines] of Object.entries({ oldest, older, before }))
    expect(ofPast.filter((text) => text.startsWith(name))).toEqual(lines);
  const timeOf = (text: string) => records.find((record) => record.text === text)?.atMs ?? 0;
  expect(Date.now() - timeOf(oldest[0] ?? '')).toBeGreaterThan(7_000_000);
  expect(Date.now() - timeOf(older[0] ?? '')).toBeGreaterThan(3_500_000);
  const { newestErrors, alarms } = await keeper.ask('digest', { since: -1 });
  expect({ newestErrors, alarms }).toEqual({ newestErrors: [], alarms: [] });
  await waitFor(async () => [...store.positions()].filter(([, text]) => text.includes('"isDone":true')).length === 3, {
    what: 'the marks',
    timeoutMs: 5_000,
  });

  // A second start takes nothing again.
  await keeper.close();
  const again = follow(path, store);
  appendFileSync(path, 'after the restart\n');
  await waitFor(async () => (await everything(store)).at(-1)?.text === 'after the restart', { what: 'the line', timeoutMs: 5_000 });
  expect((await everything(store)).length).toBe(wanted.length + 1);
  await again.close();
});

it('goes on with its past where a rotation has moved it meanwhile, and says what went missing', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'app.log');
  const before = numbered('before', 20_000);
  writeFileSync(path, asText(before));
  const store = createMemoryLogStore();
  const keeper = follow(path, store);
  await waitFor(async () => (await everything(store)).length > 0, { what: 'the first lines', timeoutMs: 5_000 });
  renameSync(path, `${path}.1`);
  writeFileSync(path, 'new file\n');
  await waitFor(async () => (await everything(store)).length === before.length + 1, { what: 'all lines', timeoutMs: 30_000 });
  await keeper.close();
  expect((await everything(store)).length).toBe(before.length + 1);

  const second = join(directory, 'other.log');
  writeFileSync(second, asText(before));
  const cut = follow(second, store);
  await waitFor(async () => /Reading its past/.test((await detailOf(cut, second)) ?? ''), { what: 'its past', timeoutMs: 5_000 });
  writeFileSync(second, '');
  await waitFor(async () => (await detailOf(cut, second))?.includes('Missing of its past: 1 not whole any more.'), {
    what: 'what is missing',
    timeoutMs: 20_000,
  });
});

it('takes every line of the past exactly once, killed again and again', { timeout: 120_000 }, async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'app.log');
  const store = join(directory, 'store');
  const older = numbered('older', 8_000);
  const before = numbered('before', 8_000);
  writeFileSync(`${path}.1.gz`, gzipSync(asText(older)));
  utimesSync(`${path}.1.gz`, Date.now() / 1000 - 3_600, Date.now() / 1000 - 3_600);
  writeFileSync(path, asText(before));
  const program = await bundleEntry('test/helpers/log-keeper-child.ts', 'log-keeper-child-past');
  let child: ChildProcess | null = null;
  const kill = async () => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  const read = async () => {
    const opened = openLogStore({ directory: store, searchThreadUrl: null, nowMs: Date.now });
    const texts = (await everything(opened)).map(({ text }) => text);
    const marks = [...opened.positions()].filter(([reader, text]) => reader.startsWith('past/') && text.includes('"isDone":true'));
    await opened.close();
    return { texts, isDone: marks.length === 2 };
  };
  const live: string[] = [];
  let kills = 0;
  const counts: number[] = [];
  for (let isDone = false; !isDone; kills += 1) {
    if (kills > 60) throw new Error(`not done after ${kills} starts: ${counts}`);
    child = spawn(process.execPath, [program, store, path], { stdio: ['ignore', 'pipe', 'inherit'], cwd: process.cwd() });
    await once(child.stdout ?? child, 'data');
    appendFileSync(path, `live ${kills}\n`);
    live.push(`live ${kills}`);
    const untilMs = performance.now() + 60 + ((kills * 37) % 340);
    await waitFor(() => performance.now() >= untilMs, { timeoutMs: 5_000, what: 'the moment to kill', everyMs: 1 });
    await kill();
    const now = await read();
    counts.push(now.texts.length);
    isDone = now.isDone;
  }
  expect(kills).toBeGreaterThan(3);
  const { texts } = await read();
  const missing = new Set([...older, ...before, ...live]);
  for (const text of texts) missing.delete(text);
  expect(texts.length).toBe(new Set(texts).size);
  // The very last one may not have been read before the kill.
  expect([...missing].every((text) => text === live.at(-1))).toBe(true);
});
