import { describe, expect, it, type TestContext } from 'vitest';
import { ContainerTail } from '../../../../../src-main/logs/tails/container';
import { systemClock } from '../../../../../src-main/platform/clock';
import type { EngineLogBound, FollowedContainer, KeptLogs } from '../../../../../src-main/platform/container-engine';
import { waitFor } from '../../../../helpers/wait-for';

const container: FollowedContainer = { id: 'abc', name: 'api', tty: true, startedAtMs: 5_000, startedWhileWatching: false };
const line = (number: number) => `1970-01-01T00:00:09.${String(number).padStart(9, '0')}Z ${number}\n`;
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => line(from + at)).join('');
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

/** An engine that says `streams` to whoever follows, one after the other, and `kept` to whoever asks what it keeps. */
function follow(
  onTestFinished: TestContext['onTestFinished'],
  bound: EngineLogBound | null,
  streams: readonly (readonly string[])[],
  kept: (from: KeptLogs, asked: number) => string | null,
) {
  const asked: KeptLogs[] = [];
  let opened = 0;
  async function* say(chunks: readonly string[], signal: AbortSignal) {
    for (const chunk of chunks) yield Buffer.from(chunk);
    if (chunks !== streams.at(-1)) return;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }
  const feed = {
    openLogs: async (_id: string, _from: unknown, signal: AbortSignal) => {
      opened += 1;
      return say(streams[Math.min(opened, streams.length) - 1] ?? [], signal);
    },
    logFile: async () => null,
    logBound: async () => bound,
    keptLogs: async (_id: string, from: KeptLogs) => {
      asked.push(from);
      const text = kept(from, asked.length);
      return text === null
        ? null
        : (async function* () {
            yield Buffer.from(text);
          })();
    },
  };
  const read: number[] = [];
  const tail = new ContainerTail(container, feed, systemClock, { onLine: ({ bytes }) => void read.push(Number(bytes)) });
  onTestFinished(() => tail.close());
  return { tail, read, asked, until: (count: number) => waitFor(() => read.length >= count, { timeoutMs: 5_000, what: `${count} lines` }) };
}

const rotated: EngineLogBound = { fileBytes: 1, fileCount: 3 };

// Most of their time is pauses between tries.
describe('the log of a container that is rotated', { concurrent: true }, () => {
  it('asks what is kept instead of taking what may come behind files that were passed over', async ({ onTestFinished }) => {
    const { tail, read, asked, until } = follow(onTestFinished, rotated, [[lines(1, 10), lines(500, 1_000)]], () => lines(5, 1_200));
    await until(1_199);
    expect(read).toEqual(numbers(1, 1_200));
    expect(asked[0]).toMatchObject({ newest: 2_000 });
    expect(tail.read().gapCount).toBe(undefined);
  });

  it('asks for all that is kept when the newest lines do not reach back', async ({ onTestFinished }) => {
    const { tail, read, asked, until } = follow(onTestFinished, rotated, [[lines(1, 10), lines(500, 1_000)]], ({ newest }) =>
      newest === null ? lines(1, 1_200) : lines(600, 1_200),
    );
    await until(1_199);
    expect(read).toEqual(numbers(1, 1_200));
    expect(asked.slice(0, 2).map(({ newest }) => newest)).toEqual([2_000, null]);
    expect(tail.read().gapCount).toBe(undefined);
  });

  it('counts a gap when what was not read is not kept any more, and reads on', async ({ onTestFinished }) => {
    const { tail, read, until } = follow(onTestFinished, rotated, [[lines(1, 10), lines(500, 1_000)]], (_from, asked) =>
      lines(asked < 3 ? 700 : 1_199, 1_200),
    );
    await until(9 + 500);
    expect(read).toEqual([...numbers(1, 10), ...numbers(700, 1_200)]);
    expect(tail.read().gapCount).toBe(1);
  });

  it('leaves lines out that an engine repeats after it passed some over, and counts the gap before them', async ({ onTestFinished }) => {
    const quiet = [lines(1, 10), lines(20, 30), lines(20, 31), lines(31, 35)];
    const { tail, read, until } = follow(onTestFinished, { fileBytes: 1e12, fileCount: 3 }, [quiet], () => null);
    await until(9 + 15);
    expect(read).toEqual([...numbers(1, 10), ...numbers(20, 35)]);
    expect(tail.read().gapCount).toBe(1);
  });

  it('tells when a stream that is opened anew begins behind the line read last', async ({ onTestFinished }) => {
    const streams = [[lines(1, 10)], [lines(20, 30)]];
    const forgetting = follow(onTestFinished, { fileBytes: 1e12, fileCount: 1 }, streams, () => null);
    await forgetting.until(19);
    expect(forgetting.tail.read().gapCount).toBe(1);
    // Of another log it is not known whether it tells the last line again.
    const other = follow(onTestFinished, null, streams, () => null);
    await other.until(19);
    expect(other.tail.read().gapCount).toBe(undefined);
  });

  it('takes everything as it comes of a log that keeps all, and where it cannot be asked what is kept', async ({ onTestFinished }) => {
    const all = follow(onTestFinished, null, [[lines(1, 10), lines(10, 1_000)]], () => lines(1, 1_000));
    await all.until(999);
    expect(all.asked).toEqual([]);
    const other = follow(onTestFinished, rotated, [[lines(1, 10), lines(10, 1_000)], [lines(1, 1_000)]], () => null);
    await other.until(999);
    expect(other.read).toEqual(numbers(1, 1_000));
    expect(other.asked.length).toBe(1);
  });
});
