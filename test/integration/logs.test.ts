import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LogRecord } from '../../src-shared/logs/log-record';
import { defaultSettings } from '../../src-shared/settings';
import type { LogSource } from '../../src-shared/snapshots/logs';
import { dataOf, never, openContainers, openLogs } from '../helpers/container-parts';
import { startDockerEngine } from '../helpers/docker-engine';
import { waitFor } from '../helpers/wait-for';

const engine = await startDockerEngine('shared');
if ('unavailable' in engine) console.warn(`SKIPPED: logs of containers on a real engine: ${engine.unavailable}`);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is really held: garbage that waits to be collected is no memory kept, and moves the process's size by tens of megabytes. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe.skipIf('unavailable' in engine)('error lines of real containers', () => {
  if ('unavailable' in engine) return;
  const containers = openContainers(engine.endpoint);
  const logs = openLogs(containers);

  async function read() {
    await containers.collect(never);
    return dataOf(logs.collect(never));
  }

  async function errorsOf(id: string): Promise<readonly LogRecord[]> {
    await read();
    return (await logs.errors()).filter(({ sourceId }) => sourceId === id).toReversed();
  }

  async function sourceOf(id: string): Promise<LogSource | null> {
    return (await read()).sources.find((source) => source.id === id) ?? null;
  }

  function waitForErrors(id: string, count: number, what: string): Promise<readonly LogRecord[]> {
    return waitFor(
      async () => {
        const errors = await errorsOf(id);
        return errors.length >= count ? errors : null;
      },
      { timeoutMs: 20_000, what },
    );
  }

  beforeAll(async () => {
    await read();
  });
  afterEach(() => engine.removeContainers());
  afterAll(async () => {
    await logs.close();
    await containers.close();
    await engine.stop();
  });

  for (const tty of [false, true]) {
    const options = tty ? ['-t'] : [];
    const kind = tty ? 'a TTY' : 'frames';

    it(`keeps what matches, with its own time, from ${kind}`, async () => {
      const script = 'echo starting; echo "ERROR: no database"; echo "0 errors"; echo "connection failed" >&2; sleep 1000';
      const before = Date.now();
      const id = await engine.run(options, 'sh', '-c', script);
      const errors = await waitForErrors(id, 2, 'two errors');
      // Two pipes: which of them the engine reads first is its own affair.
      const sorted = errors.toSorted((left, right) => (left.text < right.text ? -1 : 1));
      expect(sorted.map(({ text, level, cutBytes }) => ({ text, level, cutBytes }))).toEqual([
        { text: 'ERROR: no database', level: 'error', cutBytes: 0 },
        { text: 'connection failed', level: 'error', cutBytes: 0 },
      ]);
      const shown = (await read()).newestErrors.filter(({ sourceId }) => sourceId === id);
      expect(new Set(shown.map(({ text, keyword, sourceKind }) => `${sourceKind}: ${text} (${keyword})`))).toEqual(
        new Set(['container: ERROR: no database (ERROR)', 'container: connection failed (failed)']),
      );
      for (const { atMs } of errors) {
        expect(atMs).toBeGreaterThan(before - 1000);
        expect(atMs).toBeLessThan(Date.now() + 1000);
      }
      expect(await sourceOf(id)).toMatchObject({ state: 'following', lineCount: 4, matchedCount: 2, cutCount: 0 });
    });

    it(`keeps 64 KiB of a 10 MB line and the line behind it, with flat memory, from ${kind}`, async () => {
      const script = 'printf "ERROR "; yes abcdefghijklmno | tr -d "\\n" | head -c 10000000; echo; echo "next error"; sleep 1000';
      const before = heldBytes();
      const id = await engine.run(options, 'sh', '-c', script);
      let peak = before;
      const errors = await waitFor(
        async () => {
          peak = Math.max(peak, heldBytes());
          const found = await errorsOf(id);
          return found.length === 2 ? found : null;
        },
        { timeoutMs: 40_000, what: 'both lines', everyMs: 5 },
      );
      expect(errors[0]?.text).toHaveLength(64 * 1024);
      expect(errors[0]?.text.startsWith('ERROR abcdefg')).toBe(true);
      expect(errors[0]?.cutBytes).toBe(10_000_006 - 64 * 1024);
      expect(errors[1]).toMatchObject({ text: 'next error', cutBytes: 0 });
      expect(await sourceOf(id)).toMatchObject({ lineCount: 2, cutCount: 1 });
      // Chunks on their way are freed a little later; the whole line would be 10 MB.
      expect(peak - before).toBeLessThan(8 * 1024 * 1024);
    });
  }

  it('joins the parts of a 40 KB line in both kinds', async () => {
    const script = 'printf "error "; yes 0123456789 | tr -d "\\n" | head -c 40000; echo " end"; sleep 1000';
    const expected = `error ${'0123456789'.repeat(4000)} end`;
    const [framed, raw] = [await engine.run([], 'sh', '-c', script), await engine.run(['-t'], 'sh', '-c', script)];
    for (const id of [framed, raw]) {
      const [error] = await waitForErrors(id, 1, 'the long line');
      expect(error?.text === expected).toBe(true);
    }
  });

  it('shows hostile bytes as text', async () => {
    const script = [
      'printf "error \\377\\376 invalid\\n"',
      'printf "\\033[31merror\\033[0m \\033]0;owned\\007\\n"',
      'printf "error <img src=x onerror=alert(1)> \\342\\200\\256exe.txt\\n"',
      'printf "error \\000\\000\\001 nul\\n"',
      'printf "unfinished error"',
      'sleep 1000',
    ].join('; ');
    const id = await engine.run([], 'sh', '-c', script);
    const texts = (await waitForErrors(id, 4, 'four errors')).map(({ text }) => text);
    expect(texts.slice(0, 4)).toEqual([
      'error \ufffd\ufffd invalid',
      '\u001b[31merror\u001b[0m \u001b]0;owned\u0007',
      'error <img src=x onerror=alert(1)> \u202eexe.txt',
      'error \u0000\u0000\u0001 nul',
    ]);
  });

  it('reads the log of a container that lived for moments', async () => {
    const id = await engine.run([], 'sh', '-c', 'echo "fatal error at start"; exit 1');
    expect((await waitForErrors(id, 1, 'its last words'))[0]?.text).toBe('fatal error at start');
    await waitFor(async () => (await sourceOf(id))?.state === 'ended', { timeoutMs: 5_000, what: 'the end of the source' });
  });

  it('goes on after restarts without loss or repetition', async () => {
    const script =
      'n=$(cat /tmp/n 2>/dev/null || echo 0); n=$((n+1)); echo $n > /tmp/n; for i in 1 2 3; do echo "error run $n line $i"; done; sleep 1000';
    const id = await engine.run(['--stop-timeout', '0'], 'sh', '-c', script);
    await waitForErrors(id, 3, 'the first run');
    for (const run of [2, 3, 4]) {
      await engine.docker('restart', id);
      await waitForErrors(id, run * 3, `run ${run}`);
    }
    const texts = (await errorsOf(id)).map(({ text }) => text);
    expect(texts).toEqual([1, 2, 3, 4].flatMap((run) => [1, 2, 3].map((line) => `error run ${run} line ${line}`)));
  });

  it('reads only the newest 100 lines of a container that ran before', async () => {
    const id = await engine.run([], 'sh', '-c', 'for i in $(seq 150); do echo "error $i"; done; sleep 1000');
    await waitForErrors(id, 150, 'all of a new container');
    // What happened before it attached is the past, however short ago.
    const laterContainers = openContainers(engine.endpoint, 'cgroup-files', { eventOverlapMs: 0 });
    const laterLogs = openLogs(laterContainers);
    try {
      const errors = await waitFor(
        async () => {
          await laterContainers.collect(never);
          await laterLogs.collect(never);
          const found = (await laterLogs.errors()).filter(({ sourceId }) => sourceId === id);
          return found.length > 0 ? found : null;
        },
        { timeoutMs: 10_000, what: 'the tail' },
      );
      expect(errors.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, index) => `error ${150 - index}`));
    } finally {
      await laterLogs.close();
      await laterContainers.close();
    }
  });

  it('says that a log driver cannot be read, and does not try again', async () => {
    const id = await engine.run(['--log-driver', 'none'], 'sh', '-c', 'echo error; sleep 1000');
    const source = await waitFor(
      async () => {
        const found = await sourceOf(id);
        return found?.state === 'unavailable' ? found : null;
      },
      { timeoutMs: 10_000, what: 'the verdict' },
    );
    expect(source.detail).toMatch(/logging driver/);
  });

  it('takes new keywords from the next line on', async () => {
    const id = await engine.run([], 'sh', '-c', 'while [ ! -e /tmp/go ]; do sleep 0.05; done; echo "a marmot was seen"; sleep 1000');
    await waitFor(async () => (await sourceOf(id))?.state === 'following', { timeoutMs: 10_000, what: 'following' });
    logs.keeper.configure({ ...defaultSettings.logs, keywords: ['marmot'] });
    await engine.docker('exec', id, 'touch', '/tmp/go');
    expect((await waitForErrors(id, 1, 'the new word'))[0]).toMatchObject({ text: 'a marmot was seen', level: 'error' });
  });
});
