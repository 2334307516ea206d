import { appendFileSync, closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bundleEntry } from '../helpers/bundle-entry';
import { directoryOnDisk } from '../helpers/followed-files';
import { keptTexts } from '../helpers/kept-texts';
import { openKillable, randomOf } from '../helpers/killable-child';

/** LOGSCOPE_KILLS=200 for the whole row T3. */
const kills = Number(process.env.LOGSCOPE_KILLS ?? 25);
const seed = Number(process.env.LOGSCOPE_SEED ?? 20_261_121);

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

it(`T3: keeps every line of a rotated file exactly once, killed ${kills} times at random points`, {
  timeout: 120_000 + kills * 2_000,
}, async () => {
  const folder = directoryOnDisk();
  const path = join(folder, 'app.log');
  const store = join(folder, 'store');
  const random = randomOf(seed);
  const program = await bundleEntry('test/helpers/log-keeper-child.ts', 'log-keeper-child');
  const child = openKillable(program, [store, path], onTestFinished);
  async function start(): Promise<void> {
    child.start();
    await child.says('\n');
  }

  // What is there at the first start ever is read from its end on.
  writeFileSync(path, '');
  await start();
  const writer = startWriter(path, random);
  for (let round = 0; round < kills; round += 1) {
    await child.killAfter(30 + random() * 400);
    await start();
  }
  writer.stop();
  appendFileSync(path, 'the last line\n');
  const wanted = [...writer.written, 'the last line'];

  // Another process cannot look into a store that is open: it is left to read for a while and ended, until nothing more comes.
  let kept: readonly string[] = [];
  for (let readMs = 1_000; ; readMs *= 2) {
    await child.killAfter(readMs);
    const before = kept.length;
    kept = await keptTexts(store);
    // A busy machine may give it nothing in a second.
    if (kept.length >= wanted.length || (kept.length === before && readMs >= 8_000)) break;
    await start();
  }
  expect(writer.rotationCount()).toBeGreaterThan(0);
  const read = new Set(kept);
  const unread = wanted.filter((line) => !read.has(line));
  expect({ unread: unread.slice(0, 5), unreadCount: unread.length }).toEqual({ unread: [], unreadCount: 0 });
  expect(kept.length).toBe(wanted.length);
  expect(read).toEqual(new Set(wanted));
});
