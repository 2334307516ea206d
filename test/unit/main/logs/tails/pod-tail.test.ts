import { describe, expect, it, type TestContext } from 'vitest';
import { PodTail } from '../../../../../src-main/logs/tails/pod-tail';
import { createTurns } from '../../../../../src-main/logs/tails/turns';
import { systemClock } from '../../../../../src-main/platform/clock';
import { type LoggedContainer, PodLogError, type PodLogRequest } from '../../../../../src-main/platform/pod-logs';
import { waitFor } from '../../../../helpers/wait-for';
import { runningContainer as running } from './sample-pod-container';

const stamp = (second: number, nanoseconds = 0) =>
  `1970-01-01T00:00:${String(second).padStart(2, '0')}.${String(nanoseconds).padStart(9, '0')}Z`;
const line = (second: number, text: string, nanoseconds = 0) => `${stamp(second, nanoseconds)} ${text}\n`;
const placeAt = (seconds: number, count = 1) => JSON.stringify({ stamp: { seconds, nanoseconds: 0 }, count });

/** What comes of each opening: text that stays open, text that ends, text that breaks, or a refusal. */
type Answer = { readonly text: string; readonly end: 'stays' | 'ends' | 'breaks' } | PodLogError;

function follow(
  onTestFinished: TestContext['onTestFinished'],
  answers: readonly Answer[],
  options: { readonly container?: LoggedContainer; readonly startAt?: string; readonly isNew?: boolean } = {},
) {
  const asked: string[] = [];
  const texts: string[] = [];
  const positions: string[] = [];
  const podLogs = {
    async open({ previous, from }: PodLogRequest, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
      const answer = answers[asked.length];
      asked.push(`${previous ? 'previous' : 'present'} ${'tail' in from ? `last ${from.tail}` : `since ${from.since.slice(11, 19)}`}`);
      if (answer === undefined) return new Promise<never>(() => undefined);
      if (answer instanceof Error) throw answer;
      return (async function* () {
        yield Buffer.from(answer.text);
        if (answer.end === 'breaks') throw new PodLogError('socket hang up', null);
        if (answer.end === 'stays') await new Promise((resolve) => signal.addEventListener('abort', resolve));
      })();
    },
  };
  const tail = new PodTail(
    'uid/main',
    'shop/web-1',
    { namespace: 'shop', name: 'web-1' },
    options.container ?? running,
    { podLogs, clock: systemClock, inTurn: createTurns(8) },
    {
      onLine: ({ bytes }) => texts.push(bytes.toString()),
      onPosition: (position) => {
        positions.push(position);
        return null;
      },
    },
    { linesOnAttach: 100, startAt: options.startAt ?? null, isNew: options.isNew ?? false },
  );
  onTestFinished(() => tail.close());
  const until = (what: string, condition: () => boolean) => waitFor(condition, { timeoutMs: 5_000, what, everyMs: 5 });
  return { tail, asked, texts, positions, until };
}

// Most of their time is pauses between tries.
describe('PodTail', { concurrent: true }, () => {
  it('reads the newest lines of a container that ran before it was met', async ({ onTestFinished }) => {
    const { tail, asked, texts, until } = follow(onTestFinished, [{ text: line(1, 'a') + line(2, 'b'), end: 'stays' }]);
    await until('two lines', () => texts.length === 2);
    expect(asked).toEqual(['present last 100']);
    expect(tail.read()).toMatchObject({ id: 'uid/main', kind: 'pod', name: 'shop/web-1', state: 'following', lineCount: 2, detail: null });
    expect(tail.place).toBe(placeAt(2));
  });

  it('reads all of one that began while it was watched', async ({ onTestFinished }) => {
    const { asked, texts, until } = follow(onTestFinished, [{ text: line(1, 'a'), end: 'stays' }], { isNew: true });
    await until('a line', () => texts.length === 1);
    expect(asked).toEqual(['present since 00:00:00']);
  });

  it('begins with the end of the run before, after a crash', async ({ onTestFinished }) => {
    const crashed = { ...running, restartCount: 3, previousEndedAtMs: 5_000 };
    const { asked, texts, until, tail } = follow(
      onTestFinished,
      [
        { text: line(4, 'working') + line(5, 'panic: gone'), end: 'ends' },
        { text: line(5, 'started', 7) + line(6, 'ready'), end: 'stays' },
      ],
      { container: crashed },
    );
    await until('four lines', () => texts.length === 4);
    expect(texts).toEqual(['working', 'panic: gone', 'started', 'ready']);
    expect(asked).toEqual(['previous last 100', 'present last 100']);
    expect(tail.read().reopenedCount).toBe(0);
  });

  it('goes on behind the stored place, with what the run before still had to say', async ({ onTestFinished }) => {
    const restarted = { ...running, restartCount: 1, previousEndedAtMs: 8_000 };
    const { asked, texts, until } = follow(
      onTestFinished,
      [
        { text: line(7, 'known') + line(8, 'last words'), end: 'ends' },
        { text: line(8, 'new run', 5), end: 'stays' },
      ],
      { container: restarted, startAt: placeAt(7) },
    );
    await until('two lines', () => texts.length === 2);
    expect(texts).toEqual(['last words', 'new run']);
    expect(asked).toEqual(['previous since 00:00:07', 'present since 00:00:08']);
  });

  it('does not ask for a run before that was over before the stored place', async ({ onTestFinished }) => {
    const { asked, texts, until } = follow(onTestFinished, [{ text: line(9, 'known') + line(9, 'news'), end: 'stays' }], {
      container: { ...running, restartCount: 1, previousEndedAtMs: 8_000 },
      startAt: placeAt(9),
    });
    await until('a line', () => texts.length === 1);
    expect(texts).toEqual(['news']);
    expect(asked).toEqual(['present since 00:00:09']);
  });

  it('loses no line when the container is started anew while the stream is broken, and tells none twice', async ({ onTestFinished }) => {
    const { asked, texts, until, tail } = follow(onTestFinished, [
      { text: line(1, 'a'), end: 'breaks' },
      { text: line(1, 'a') + line(2, 'last words'), end: 'ends' },
      { text: line(3, 'new run'), end: 'stays' },
    ]);
    await until('three lines', () => texts.length === 3);
    expect(texts).toEqual(['a', 'last words', 'new run']);
    expect(asked).toEqual(['present last 100', 'previous since 00:00:01', 'present since 00:00:02']);
    expect(tail.read().reopenedCount).toBe(1);
  });

  it('takes it calmly when there is no run before', async ({ onTestFinished }) => {
    const none = new PodLogError('previous terminated container "main" in pod "web-1" not found', 400);
    const { asked, texts, until } = follow(onTestFinished, [
      { text: line(1, 'a'), end: 'breaks' },
      none,
      { text: line(1, 'a') + line(2, 'b'), end: 'stays' },
    ]);
    await until('two lines', () => texts.length === 2);
    expect(texts).toEqual(['a', 'b']);
    expect(asked.slice(1)).toEqual(['previous since 00:00:01', 'present since 00:00:01']);
  });

  it('does not read lines twice that the cluster gives as both runs, as it does between two runs', async ({ onTestFinished }) => {
    const both = line(1, 'a') + line(2, 'last words');
    const { texts, until, tail } = follow(onTestFinished, [
      { text: line(1, 'a'), end: 'breaks' },
      { text: both, end: 'ends' },
      { text: both, end: 'ends' },
    ]);
    tail.update({ ...running, isRunning: false, exitCode: 1 });
    await until('its end', () => tail.isEnded);
    expect(texts).toEqual(['a', 'last words']);
  });

  it('ends with the run, and reads on when the container is started again', async ({ onTestFinished }) => {
    const ended = { ...running, isRunning: false, exitCode: 1 };
    const { texts, until, tail, asked } = follow(
      onTestFinished,
      [
        { text: line(1, 'a'), end: 'ends' },
        { text: line(1, 'a'), end: 'ends' },
        { text: line(2, 'again'), end: 'stays' },
      ],
      { container: ended },
    );
    await until('the end', () => tail.isEnded);
    expect(asked).toHaveLength(1);
    tail.update({ ...running, restartCount: 1, previousEndedAtMs: 1_000 });
    await until('the next run', () => texts.length === 2);
    expect(texts).toEqual(['a', 'again']);
    expect(tail.read().state).toBe('following');
  });

  it('says what right is missing, and tries again when it is nudged', async ({ onTestFinished }) => {
    const { texts, until, tail } = follow(onTestFinished, [
      new PodLogError('pods "web-1" is forbidden: User "ann" cannot get resource "pods/log"', 403),
      new PodLogError('no previous', 400),
      { text: line(1, 'a'), end: 'stays' },
    ]);
    await until('the refusal', () => tail.read().state === 'unavailable');
    expect(tail.read()).toMatchObject({
      detail: 'pods "web-1" is forbidden: User "ann" cannot get resource "pods/log"',
      remedy: { key: 'logs.pods.rights', values: { namespace: 'shop' } },
    });
    tail.nudge();
    await until('a line', () => texts.length === 1);
    expect(tail.read().remedy).toBeUndefined();
  });

  it('tells a stream that ended sentence by sentence, and nothing any more once it is closed', async ({ onTestFinished }) => {
    const { until, tail } = follow(onTestFinished, [{ text: line(1, 'a'), end: 'ends' }]);
    await until('the end of a stream', () => tail.read().sentences !== undefined);
    expect(tail.read()).toMatchObject({ detail: 'The engine ended the stream.', sentences: [{ key: 'logSource.why.streamEnded' }] });
    tail.close();
    expect(tail.read()).toMatchObject({ state: 'ended', detail: null });
    expect(tail.read()).not.toHaveProperty('sentences');
  });

  it('is over when the pod is gone', async ({ onTestFinished }) => {
    const { until, tail } = follow(onTestFinished, [{ text: line(1, 'a'), end: 'breaks' }, new PodLogError('not found', 404)]);
    await until('the break', () => tail.read().state === 'retrying' && tail.read().lineCount === 1);
    tail.update(null);
    await until('the end', () => tail.isEnded);
  });
});

describe('createTurns', () => {
  it('runs so many at once, in order', async () => {
    const inTurn = createTurns(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const all = [0, 1, 2, 3].map((number) =>
      inTurn(async () => {
        started.push(number);
        await new Promise<void>((resolve) => ends.push(resolve));
        return number;
      }),
    );
    await waitFor(() => started.length === 2, { timeoutMs: 1_000, what: 'two at once' });
    ends[1]?.();
    await waitFor(() => started.length === 3, { timeoutMs: 1_000, what: 'the third' });
    ends[0]?.();
    ends[2]?.();
    await waitFor(() => ends.length === 4, { timeoutMs: 1_000, what: 'the fourth' });
    ends[3]?.();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
    expect(started).toEqual([0, 1, 2, 3]);
  });
});
