import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLogStore } from '../../src-main/store/logs/open-log-store';
import { parseLogQuery } from '../../src-shared/logs/parse-log-query';
import { bundleEntry } from '../helpers/bundle-entry';
import { directoryOnDisk } from '../helpers/followed-files';
import { waitFor } from '../helpers/wait-for';

/** LOGSCOPE_KILLS=200 for the whole row T3. */
const kills = Number(process.env.LOGSCOPE_KILLS ?? 25);
const seed = Number(process.env.LOGSCOPE_SEED ?? 20_261_121);

/** The same numbers for the same seed. */
function randomOf(state: number): () => number {
  let next = state;
  return () => {
    next = (Math.imul(next, 1_664_525) + 1_013_904_223) >>> 0;
    return next / 2 ** 32;
  };
}

/** Writes numbered lines in pieces that do not end where lines do, and rotates by renaming now and then. */
function startWriter(path: string, random: () => number) {
  const written: string[] = [];
  let descriptor = openSync(path, 'a');
  let rest = '';
  let rotations = 0;
  const timer = setInterval(() => {
    for (let count = Math.floor(random() * 40); count > 0; count -= 1) {
      const line = `line ${written.length + 1} ${'y'.repeat(Math.floor(random() * 200))}`;
      written.push(line);
      rest += `${line}\n`;
    }
    const cut = Math.floor(rest.length * random());
    writeSync(descriptor, rest.slice(0, cut));
    rest = rest.slice(cut);
    if (random() > 0.02) return;
    writeSync(descriptor, rest);
    rest = '';
    closeSync(descriptor);
    rotations += 1;
    renameSync(path, `${path}.${rotations}`);
    descriptor = openSync(path, 'a');
  }, 5);
  return {
    written,
    rotationCount: () => rotations,
    stop() {
      clearInterval(timer);
      writeSync(descriptor, rest);
      closeSync(descriptor);
    },
  };
}

async function keptTexts(directory: string): Promise<readonly string[]> {
  const store = openLogStore({ directory, searchThreadUrl: null, nowMs: Date.now });
  const everything = parseLogQuery('');
  if (!everything.ok) throw new Error('an empty query is one');
  const texts: string[] = [];
  let beforeId: number | null = null;
  do {
    const page = await store.search({ query: everything.query, beforeId, fromMs: null, toMs: null, limit: 1_000 });
    for (const { text } of page.records) texts.push(text);
    beforeId = page.nextBeforeId;
  } while (beforeId !== null);
  await store.close();
  return texts.reverse();
}

it(`T3: keeps every line of a rotated file exactly once, killed ${kills} times at random points`, {
  timeout: 120_000 + kills * 2_000,
}, async () => {
  const folder = directoryOnDisk();
  const path = join(folder, 'app.log');
  const store = join(folder, 'store');
  const random = randomOf(seed);
  const program = await bundleEntry('test/helpers/log-keeper-child.ts', 'log-keeper-child');
  let child: ChildProcess | null = null;

  async function start(): Promise<ChildProcess> {
    const started = spawn(process.execPath, [program, store, path], { stdio: ['ignore', 'pipe', 'inherit'], cwd: process.cwd() });
    const ready = await Promise.race([once(started.stdout ?? started, 'data').then(() => true), once(started, 'exit').then(() => false)]);
    if (!ready) throw new Error('the child ended by itself');
    return started;
  }
  async function kill(): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  onTestFinished(kill);

  // What is there at the first start ever is read from its end on.
  writeFileSync(path, '');
  child = await start();
  const writer = startWriter(path, random);
  for (let round = 0; round < kills; round += 1) {
    const untilMs = performance.now() + 30 + random() * 400;
    await waitFor(() => performance.now() >= untilMs, { timeoutMs: 5_000, what: 'the moment to kill', everyMs: 1 });
    await kill();
    child = await start();
  }
  writer.stop();
  appendFileSync(path, 'the last line\n');
  const wanted = [...writer.written, 'the last line'];

  // Another process cannot look into a store that is open: it is left to read for a while and ended, until nothing more comes.
  let kept: readonly string[] = [];
  for (let readMs = 1_000; ; readMs *= 2) {
    const untilMs = performance.now() + readMs;
    await waitFor(() => performance.now() >= untilMs, { timeoutMs: readMs + 5_000, what: 'a while of reading' });
    await kill();
    const before = kept.length;
    kept = await keptTexts(store);
    if (kept.length >= wanted.length || kept.length === before) break;
    child = await start();
  }
  expect(writer.rotationCount()).toBeGreaterThan(0);
  const read = new Set(kept);
  const unread = wanted.filter((line) => !read.has(line));
  expect({ unread: unread.slice(0, 5), unreadCount: unread.length }).toEqual({ unread: [], unreadCount: 0 });
  expect(kept.length).toBe(wanted.length);
  expect(read).toEqual(new Set(wanted));
});
