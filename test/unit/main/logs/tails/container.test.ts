import { describe, expect, it } from 'vitest';
import { ContainerTail } from '../../../../../src-main/logs/tails/container';
import { systemClock } from '../../../../../src-main/platform/clock';
import {
  ContainerEngineError,
  type ContainerFeed,
  type FollowedContainer,
  type LogStart,
} from '../../../../../src-main/platform/container-engine';
import { waitFor } from '../../../../helpers/wait-for';

const container: FollowedContainer = { id: 'abc', name: 'api', tty: true, startedAtMs: 5_000, startedWhileWatching: false };
const stamp = (nanoseconds: number) => `1970-01-01T00:00:09.${String(nanoseconds).padStart(9, '0')}Z`;
const line = (nanoseconds: number, text: string) => `${stamp(nanoseconds)} ${text}\r\n`;

/** An engine whose every log stream is written in the test: chunks, then a clean end or a break. */
function fakeFeed(streams: readonly (readonly (string | Error)[])[]) {
  const starts: LogStart[] = [];
  const feed: ContainerFeed = {
    subscribe: () => () => undefined,
    openLogs: async (_id, from) => {
      const chunks = streams[starts.length] ?? [];
      starts.push(from);
      if (chunks[0] instanceof Error) throw chunks[0];
      return (async function* () {
        for (const chunk of chunks) {
          if (chunk instanceof Error) throw chunk;
          yield Buffer.from(chunk);
        }
      })();
    },
  };
  return { feed, starts };
}

function follow(streams: readonly (readonly (string | Error)[])[], from = container) {
  const { feed, starts } = fakeFeed(streams);
  const texts: string[] = [];
  const tail = new ContainerTail(from, feed, systemClock, { onLine: ({ bytes }) => texts.push(bytes.toString()) });
  return { tail, texts, starts };
}

const broken = new ContainerEngineError('socket hang up', null, null);

// Most of their time is pauses between tries.
describe('ContainerTail', { concurrent: true }, () => {
  it('goes on after a break at the last stamp, exactly once each line, also those with one stamp', async () => {
    const { tail, texts, starts } = follow([
      [line(1, 'a'), line(2, 'b'), line(2, 'c'), `${stamp(3)} half a li`, broken],
      [line(2, 'b') + line(2, 'c') + line(2, 'd'), line(3, 'half a line')],
    ]);
    await waitFor(() => texts.length === 5, { timeoutMs: 5_000, what: 'five lines' });
    expect(texts).toEqual(['a', 'b', 'c', 'd', 'half a line']);
    expect(starts.slice(0, 2)).toEqual([{ tail: 20 }, { since: '9.000000002' }]);
    expect(tail.read().reopenedCount).toBe(1);
    tail.close();
  });

  it('reads a container that started before our eyes from its start on', async () => {
    const { tail, starts } = follow([[line(1, 'a')]], { ...container, startedWhileWatching: true });
    await waitFor(() => starts.length > 0, { timeoutMs: 1_000, what: 'a stream' });
    expect(starts[0]).toEqual({ since: '3.000000000' });
    tail.close();
  });

  it('does not wait for a container that was started again', async () => {
    const { tail, texts } = follow([[line(1, 'a')], [line(2, 'b')]]);
    await waitFor(() => texts.length === 1, { timeoutMs: 1_000, what: 'the first run' });
    const start = performance.now();
    tail.update(null);
    tail.update({ ...container, startedAtMs: 6_000 });
    await waitFor(() => texts.length === 2, { timeoutMs: 5_000, what: 'the second run', everyMs: 5 });
    expect(performance.now() - start).toBeLessThan(500);
    expect(tail.read().reopenedCount).toBe(0);
    tail.close();
  });

  it('does not try again what cannot come: a log driver without reading, a container that is gone', async () => {
    const driver = follow([[new ContainerEngineError('configured logging driver does not support reading', 501, null)]]);
    await waitFor(() => driver.tail.read().state === 'unavailable', { timeoutMs: 1_000, what: 'the verdict' });
    const gone = follow([[new ContainerEngineError('no such container', 404, null)]]);
    await waitFor(() => gone.tail.read().state === 'ended', { timeoutMs: 1_000, what: 'the end' });
    expect([driver.starts.length, gone.starts.length]).toEqual([1, 1]);
    driver.tail.close();
    gone.tail.close();
  });

  it('does not repeat lines of one stamp when a stream breaks twice there', async () => {
    const { tail, texts } = follow([
      [line(1, 'a'), line(1, 'b'), broken],
      [line(1, 'a'), broken],
      [line(1, 'a'), line(1, 'b'), line(1, 'c')],
    ]);
    await waitFor(() => texts.length >= 3, { timeoutMs: 10_000, what: 'three lines' });
    expect(texts).toEqual(['a', 'b', 'c']);
    expect(tail.read().reopenedCount).toBe(2);
    tail.close();
  });

  it('takes the newest lines, and counts a gap, where the clock was set back by hours since it last read', async () => {
    const { feed, starts } = fakeFeed([[line(1, 'a')]]);
    const startAt = JSON.stringify({ stamp: { seconds: 4_102_444_800, nanoseconds: 0 }, count: 1 });
    const texts: string[] = [];
    const listener = { onLine: ({ bytes }: { readonly bytes: Buffer }) => texts.push(bytes.toString()) };
    const tail = new ContainerTail(container, feed, systemClock, listener, { linesOnAttach: 20, startAt });
    await waitFor(() => texts.length === 1, { timeoutMs: 1_000, what: 'the line' });
    expect(starts[0]).toEqual({ tail: 20 });
    expect(tail.read().gapCount).toBe(1);
    tail.close();
  });

  it('says in every language that the engine ended the stream, and an error of the engine in its words', async () => {
    const { tail } = follow([[line(1, 'a')], [broken]]);
    const state = (detail: string) =>
      waitFor(() => (tail.read().detail === detail ? tail.read() : null), { timeoutMs: 5_000, what: detail });
    expect(await state('The engine ended the stream.')).toMatchObject({
      state: 'retrying',
      sentences: [{ text: 'The engine ended the stream.', key: 'logSource.why.streamEnded' }],
    });
    expect(await state('socket hang up')).not.toHaveProperty('sentences');
    tail.close();
  });

  it('counts streams given up because their frames make no sense', async () => {
    const frames = { ...container, tty: false };
    const { tail } = follow([['\x63\0\0\0\0\0\0\x01x']], frames);
    await waitFor(() => tail.lostFramesCount === 1, { timeoutMs: 1_000, what: 'the count' });
    expect(tail.read()).toMatchObject({ state: 'retrying', detail: 'The log stream lost its frames', reopenedCount: 0 });
    tail.close();
  });

  it('rests after little, as long as it is told to, and not after much', async () => {
    const much = line(2, 'x'.repeat(8_000));
    const { feed } = fakeFeed([[line(1, 'a'), much, line(3, 'b'), line(4, 'c')]]);
    const lengths: number[] = [];
    const rests: (() => void)[] = [];
    const tail = new ContainerTail(container, feed, systemClock, {
      onLine: ({ bytes }) => lengths.push(bytes.length),
      rest: () => (rests.length < 2 ? new Promise((resolve) => rests.push(resolve)) : null),
    });
    await waitFor(() => rests.length === 1, { timeoutMs: 1_000, what: 'the first rest' });
    expect(lengths).toEqual([1]);
    rests[0]?.();
    await waitFor(() => rests.length === 2, { timeoutMs: 1_000, what: 'the second rest' });
    expect(lengths).toEqual([1, 8_000, 1]);
    rests[1]?.();
    await waitFor(() => lengths.length === 4, { timeoutMs: 1_000, what: 'the last line' });
    tail.close();
  });
});
