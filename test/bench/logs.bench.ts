import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogPage, LogStorage, NewerRecords } from '../../src-shared/contract/logs';
import type { AnyReading } from '../../src-shared/snapshots';
import type { LogsFacts } from '../../src-shared/snapshots/logs';
import { absoluteRow, type BenchRow, type BenchRun, median } from './bench-row';
import { measureContainerLog } from './logs-container';
import { benchDirectory, type Served, serve, writeLines } from './serve-process';

/** LOGSCOPE_BENCH_LOGS=burst,newer for some of them. */
const wanted = (process.env.LOGSCOPE_BENCH_LOGS ?? 'newer,burst,sustained,container,idle,memory').split(',');
const warmUpMs = Number(process.env.LOGSCOPE_BENCH_WARM_UP_MS ?? 30_000);
const measuredMs = 30_000;
const soonMs = 5_000;

type Part = (say: (line: string) => void) => Promise<readonly BenchRow[]>;
const parts: Readonly<Record<string, Part>> = { newer, burst, sustained, container: measureContainerLog, idle, memory };

/** The logs as a whole: files in, lines stored and answered, in a process without a window. */
export const run: BenchRun = async (say) => {
  const rows: BenchRow[] = [];
  for (const name of wanted) rows.push(...((await parts[name]?.(say)) ?? []));
  return rows;
};

/** From the write of a line until the answer to the question that waited for it, at random moments. */
async function newer(): Promise<readonly BenchRow[]> {
  return withFile(async (served, path) => {
    await following(served, 1);
    appendFileSync(path, 'first line\n');
    let { lastId } = await served.ask<NewerRecords>('logs.newer', { query: '', afterId: 0, limit: 10 });
    const tookMs: number[] = [];
    for (let at = 0; at < 200; at += 1) {
      const answer = served.ask<NewerRecords>('logs.newer', { query: '', afterId: lastId, limit: 10 });
      await delay(20 + Math.random() * 160);
      const writtenMs = performance.now();
      appendFileSync(path, `line ${at} of the bench\n`);
      const { records, lastId: next } = await answer;
      tookMs.push(performance.now() - writtenMs);
      if (!records.some(({ text }) => text === `line ${at} of the bench`)) throw new Error(`line ${at} is not in the answer`);
      lastId = next;
    }
    const note = `200 lines, p50 ${median(tookMs).toFixed(0)} ms, longest ${Math.max(...tookMs).toFixed(0)} ms`;
    return [
      absoluteRow({ id: 'P8-newer', what: 'line written -> answered, p99', ours: percentile(tookMs, 0.99), unit: 'ms', must: 300, note }),
    ];
  });
}

/** 1e5 lines a second for ten seconds. */
async function burst(): Promise<readonly BenchRow[]> {
  return withFile(async (served, path) => {
    await following(served, 1);
    await delay(soonMs);
    const { storedS, riseMb, coreMs } = await takeIn(served, path, 100_000, 10);
    const searchedMs = performance.now();
    await served.ask<LogPage>('logs.search', { query: 'request 777', beforeId: null, fromMs: null, toMs: null, limit: 100 });
    const note = `search right after ${(performance.now() - searchedMs).toFixed(0)} ms`;
    return [
      absoluteRow({ id: 'L1-stored', what: '1e6 lines in 10 s into one file: stored', ours: storedS, unit: 's', must: 60, note }),
      absoluteRow({ id: 'L1-memory', what: 'rise of memory meanwhile', ours: riseMb, unit: 'MB', must: 200 }),
      coreRow('L1-core', coreMs),
    ];
  });
}

/** 20,000 lines a second for half a minute: nothing piles up. */
async function sustained(): Promise<readonly BenchRow[]> {
  return withFile(async (served, path) => {
    await following(served, 1);
    const { behindS, riseMb, mostWaiting, coreMs } = await takeIn(served, path, 20_000, 30);
    const note = `at most ${mostWaiting} lines in the pipeline, memory +${riseMb.toFixed(0)} MB`;
    return [
      absoluteRow({ id: 'L2-behind', what: '20,000 lines/s for 30 s: behind at the end', ours: behindS, unit: 's', must: 1, note }),
      coreRow('L2-core', coreMs),
    ];
  });
}

function coreRow(id: string, coreMs: readonly number[]): BenchRow {
  const note = `${coreMs.length} app.info, p50 ${median(coreMs).toFixed(1)} ms, longest ${Math.max(...coreMs).toFixed(0)} ms`;
  return absoluteRow({ id, what: 'answer of the core meanwhile, p99', ours: percentile(coreMs, 0.99), unit: 'ms', must: 50, note });
}

/** Lines of one writer until all are stored, with what they do to the rest. */
async function takeIn(served: Served, path: string, perSecond: number, seconds: number) {
  const before = served.rssMegabytes();
  const startedMs = performance.now();
  const total = (await served.ask<LogStorage>('logs.storage', null)).recordCount + perSecond * seconds;
  let writtenMs = Number.NaN;
  const writing = writeLines(path, perSecond, seconds).then(() => {
    writtenMs = performance.now();
  });
  const coreMs: number[] = [];
  let highest = before;
  let mostWaiting = 0;
  for (let stored = 0; stored < total && performance.now() - startedMs < 120_000; ) {
    const askedMs = performance.now();
    await served.ask('app.info', null);
    coreMs.push(performance.now() - askedMs);
    stored = (await served.ask<LogStorage>('logs.storage', null)).recordCount;
    highest = Math.max(highest, served.rssMegabytes());
    if (coreMs.length % 10 === 0) mostWaiting = Math.max(mostWaiting, (await factsOf(served))?.waitingLineCount ?? 0);
    await delay(50);
  }
  const storedMs = performance.now();
  await writing;
  return {
    storedS: (storedMs - startedMs) / 1_000,
    behindS: Math.max(0, storedMs - writtenMs) / 1_000,
    riseMb: highest - before,
    mostWaiting,
    coreMs,
  };
}

/** With and without a hundred files that nobody writes to. */
async function idle(say: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = quietFiles(100);
  // Side by side, so that both meet the same machine.
  const [without, withFiles] = await Promise.all([serve([]), serve([join(folder, '*.log')])]);
  try {
    await following(withFiles, 100);
    say(`idle: ${(warmUpMs + measuredMs) / 1_000} s`);
    await delay(warmUpMs);
    const before = [without.cpuMs(), withFiles.cpuMs()] as const;
    const startedMs = performance.now();
    await delay(measuredMs);
    const percentOf = (cpuMs: number) => (cpuMs / (performance.now() - startedMs)) * 100;
    const base = percentOf(without.cpuMs() - before[0]);
    const all = percentOf(withFiles.cpuMs() - before[1]);
    const note = `${all.toFixed(2)} % with, ${base.toFixed(2)} % without`;
    return [absoluteRow({ id: 'L3', what: 'following 100 quiet files', ours: all - base, unit: '% of a core', must: 0.3, note })];
  } finally {
    await Promise.all([without.stop(), withFiles.stop()]);
    rmSync(folder, { recursive: true });
  }
}

async function memory(say: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = quietFiles(10_000);
  const [without, withFiles] = await Promise.all([serve([]), serve([join(folder, '*.log')])]);
  try {
    await following(withFiles, 10_000);
    say('memory: the past of 10,000 files is being read');
    await delay(Math.max(soonMs, warmUpMs));
    const rise = withFiles.rssMegabytes() - without.rssMegabytes();
    const note = `${withFiles.rssMegabytes().toFixed(0)} MB with, ${without.rssMegabytes().toFixed(0)} MB without`;
    return [absoluteRow({ id: 'L4', what: 'memory of 10,000 followed files', ours: rise, unit: 'MB', must: 150, note })];
  } finally {
    await Promise.all([without.stop(), withFiles.stop()]);
    rmSync(folder, { recursive: true });
  }
}

function quietFiles(count: number): string {
  const folder = benchDirectory();
  for (let at = 0; at < count; at += 1) writeFileSync(join(folder, `${at}.log`), 'a line that was there before\n');
  return folder;
}

async function withFile(measure: (served: Served, path: string) => Promise<readonly BenchRow[]>): Promise<readonly BenchRow[]> {
  const folder = benchDirectory();
  const path = join(folder, 'app.log');
  writeFileSync(path, '');
  const served = await serve([path]);
  try {
    return await measure(served, path);
  } finally {
    await served.stop();
    rmSync(folder, { recursive: true });
  }
}

async function factsOf(served: Served): Promise<LogsFacts | null> {
  const readings = await served.ask<readonly AnyReading[]>('readings.latest', null);
  for (const one of readings) if (one.source === 'logs') return one.reading.kind === 'ok' ? one.reading.data : null;
  return null;
}

/** Until as many files are followed; of more than are listed, those that are listed. */
async function following(served: Served, count: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const facts = await factsOf(served);
    const followed = facts?.sources.filter(({ kind, state }) => kind === 'file' && state === 'following').length ?? 0;
    if (followed >= Math.min(count, 200)) return;
    await delay(200);
  }
  throw new Error(`${count} files are not followed within a minute`);
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
