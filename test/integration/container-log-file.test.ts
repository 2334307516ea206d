import { appendFileSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { PackedLines } from '../../src-main/logs/pipeline/packed-lines';
import { ContainerTail } from '../../src-main/logs/tails/container';
import { systemClock } from '../../src-main/platform/clock';
import type { EngineLogFile, FollowedContainer } from '../../src-main/platform/container-engine';
import { never, openContainers } from '../helpers/container-parts';
import { startDockerEngine } from '../helpers/docker-engine';
import { directoryOnDisk } from '../helpers/followed-files';
import { waitFor } from '../helpers/wait-for';

/** A flood of lines is read from the file the engine writes: the same lines as through the engine, each once, whatever happens to the file. */
const engine = await startDockerEngine('shared');
if ('unavailable' in engine) console.warn(`SKIPPED: log files of a real engine: ${engine.unavailable}`);

/** Rounds of 500 lines on each of the two streams, and a line of 40,000 characters in each tenth. */
const rounds = 60;
const longText = 'x'.repeat(40_000);
const script = `
long=$(head -c 40000 /dev/zero | tr '\\0' x)
r=0
while [ $r -lt ${rounds} ]; do
  awk -v r=$r 'BEGIN { for (i = 1; i <= 500; i++) print "out " r " " i " \\"quoted\\" <a&b>" }'
  awk -v r=$r 'BEGIN { for (i = 1; i <= 500; i++) print "err " r " " i }' >&2
  [ $((r % 10)) = 0 ] && echo "long $r $long"
  r=$((r + 1))
  usleep 40000
done
echo "the end"
sleep 1000`;
const rotating = ['--log-opt', 'max-size=400k', '--log-opt', 'max-file=60'];

function wanted(): readonly string[] {
  const lines: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let number = 1; number <= 500; number += 1) lines.push(`out ${round} ${number} "quoted" <a&b>`, `err ${round} ${number}`);
    if (round % 10 === 0) lines.push(`long ${round} ${longText}`);
  }
  return [...lines, 'the end'];
}

type AtEnd = TestContext['onTestFinished'];

/** As sets with counts: two streams are put in order by the engine. */
function expectAll(texts: readonly string[]): void {
  const sorted = texts.toSorted();
  const expected = wanted().toSorted();
  expect(sorted.length).toBe(expected.length);
  expect(sorted.findIndex((text, at) => text !== expected[at])).toBe(-1);
  // Of one stream they stand in their order.
  const out = texts.filter((text) => text.startsWith('out'));
  expect(out).toEqual(wanted().filter((text) => text.startsWith('out')));
}

describe.skipIf('unavailable' in engine)('the log file of a container', { concurrent: true, timeout: 90_000 }, () => {
  if ('unavailable' in engine) return;
  const { endpoint } = engine;

  afterAll(async () => {
    await engine.removeContainers();
    await engine.stop();
  });

  /** Follows a container from its first line on; `fileOf` stands for what the engine says of its file. */
  async function follow(id: string, onTestFinished: AtEnd, fileOf: (file: EngineLogFile) => EngineLogFile | null) {
    const containers = openContainers(endpoint);
    const { containerFeed } = containers;
    let followed: FollowedContainer | undefined;
    containerFeed.subscribe((running) => {
      followed = running.find((one) => one.id === id) ?? followed;
    });
    await waitFor(
      async () => {
        await containers.collect(never);
        return followed !== undefined;
      },
      { timeoutMs: 10_000, what: 'the container' },
    );
    if (followed === undefined) throw new Error('the container is not there');
    const texts: string[] = [];
    const seen = { files: 0, streams: 0 };
    const packed = new PackedLines();
    const feed = {
      ...containerFeed,
      openLogs: (...input: Parameters<typeof containerFeed.openLogs>) => {
        seen.streams += 1;
        return containerFeed.openLogs(...input);
      },
      async logFile(one: string, signal: AbortSignal) {
        const file = await containerFeed.logFile?.(one, signal);
        seen.files += 1;
        return file ? fileOf(file) : null;
      },
    };
    const startAt = JSON.stringify({ stamp: { seconds: 0, nanoseconds: 0 }, count: 0 });
    const tail = new ContainerTail(
      followed,
      feed,
      systemClock,
      {
        onLine: () => {
          throw new Error('lines come as bytes');
        },
        packed: () => packed,
        onPosition() {
          const { bytes, ends } = packed.take();
          const all = Buffer.from(bytes);
          ends.forEach((end, index) => void texts.push(all.toString('utf8', index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end)));
          return null;
        },
      },
      { linesOnAttach: 0, startAt },
    );
    onTestFinished(async () => {
      tail.close();
      await containers.close();
    });
    // The last line of one stream may come before the last of the other.
    const untilEnd = () => waitFor(() => texts.length >= wanted().length, { timeoutMs: 45_000, what: 'the last line' });
    return { texts, seen, tail, untilEnd };
  }

  it('gives every line once and in order while it rotates', async ({ onTestFinished }) => {
    const id = await engine.run(rotating, 'sh', '-c', script);
    const { texts, seen, untilEnd } = await follow(id, onTestFinished, (file) => file);
    await untilEnd();
    expect(seen).toMatchObject({ files: 1, streams: 1 });
    expectAll(texts);
  });

  it('is left alone when it cannot be read, or is another log', async ({ onTestFinished }) => {
    const id = await engine.run(rotating, 'sh', '-c', script);
    const missing = await follow(id, onTestFinished, (file) => ({ ...file, path: '/nonexistent/c-json.log' }));
    const folder = directoryOnDisk(onTestFinished);
    const foreignPath = join(folder, 'c-json.log');
    const time = new Date(Date.now() - 60_000).toISOString();
    writeFileSync(foreignPath, `{"log":"not yours\\\\n","stream":"stdout","time":"${time}"}\\n`.repeat(50));
    const foreign = await follow(id, onTestFinished, () => ({ path: foreignPath, fileCount: 1 }));
    const none = await follow(id, onTestFinished, () => null);
    for (const { untilEnd, texts, seen, tail } of [missing, foreign, none]) {
      await untilEnd();
      // Asked once, not in each moment of the flood.
      expect(seen.files).toBe(1);
      expectAll(texts);
      // An engine that follows such a log passes over files whose reader is slow, and tells others twice.
      expect(tail.read().gapCount).toBe(undefined);
    }
  });

  it('goes on through the engine when the file is taken away', async ({ onTestFinished }) => {
    const id = await engine.run(rotating, 'sh', '-c', script);
    const folder = directoryOnDisk(onTestFinished);
    const { texts, seen, untilEnd } = await follow(id, onTestFinished, (file) => {
      // What stands in it so far, and then nonsense.
      const copy = join(folder, 'c-json.log');
      copyFileSync(file.path, copy);
      const timer = setTimeout(() => appendFileSync(copy, '\n\0\0\n'), 500);
      onTestFinished(() => clearTimeout(timer));
      return { ...file, path: copy };
    });
    await untilEnd();
    expect(seen.streams).toBeGreaterThan(1);
    expectAll(texts);
  });

  it('goes on over a restart of the container', async ({ onTestFinished }) => {
    const id = await engine.run([], 'sh', '-c', script.replace('sleep 1000', ''));
    const { texts, tail, untilEnd } = await follow(id, onTestFinished, (file) => file);
    await untilEnd();
    await waitFor(async () => (await engine.docker('inspect', '-f', '{{.State.Running}}', id)).stdout.trim() === 'false', {
      timeoutMs: 10_000,
      what: 'the end of the container',
    });
    tail.update(null);
    expectAll(texts);
    const before = texts.length;
    await engine.docker('start', id);
    tail.update({ id, name: 'again', tty: false, startedAtMs: Date.now(), startedWhileWatching: true });
    await waitFor(() => texts.length >= 2 * before, { timeoutMs: 60_000, what: 'the second run' });
    expectAll(texts.slice(before));
  });
});
