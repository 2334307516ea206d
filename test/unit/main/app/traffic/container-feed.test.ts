import { afterEach, describe, expect, it } from 'vitest';
import { openContainerFeed } from '../../../../../src-main/app/traffic-container-feed';
import { podFeed } from '../../../../../src-main/app/traffic-pod-feed';
import { systemClock } from '../../../../../src-main/platform/clock';
import type { FollowedContainer, LogStart } from '../../../../../src-main/platform/container-engine';
import { PodLogError, type PodLogRequest } from '../../../../../src-main/platform/pod-logs';
import { DeskRefusal, type TrafficDesk } from '../../../../../src-main/traffic/desk/traffic-desk';
import { waitFor } from '../../../../helpers/wait-for';

const container: FollowedContainer = { id: 'abc', name: 'web', tty: true, startedAtMs: 5_000, startedWhileWatching: false };
const line = (nanoseconds: number, text: string) => `1970-01-01T00:00:09.${String(nanoseconds).padStart(9, '0')}Z ${text}\r\n`;

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A desk that confirms when the test says so. */
function slowDesk() {
  let text = '';
  let waiting: (() => void) | null = null;
  let questions = 0;
  let writes = 0;
  const desk = {
    isGone: false,
    ask: (async () => {
      questions += 1;
      await new Promise<void>((resolve) => {
        waiting = resolve;
      });
      if (desk.isGone) throw new DeskRefusal('not-found', 'gone');
      return { closed: false };
    }) as unknown as TrafficDesk['ask'],
    write(_session: string, chunk: Uint8Array) {
      if (desk.isGone) return false;
      writes += 1;
      text += Buffer.from(chunk).toString();
      return true;
    },
  };
  return { desk, text: () => text, questions: () => questions, writes: () => writes, confirm: () => waiting?.() };
}

/** A stream that tells how far it was read. */
function feedOf(chunks: readonly string[]) {
  const starts: LogStart[] = [];
  let taken = 0;
  return {
    starts,
    taken: () => taken,
    feed: {
      async openLogs(_id: string, from: LogStart) {
        starts.push(from);
        const first = starts.length === 1;
        return (async function* () {
          for (const chunk of first ? chunks : []) {
            taken += 1;
            yield Buffer.from(chunk);
          }
          await new Promise(() => undefined);
        })();
      },
    },
  };
}

describe('a container on its way into a session', () => {
  it('is read from its very first line on, without stamps', async () => {
    const { desk, text } = slowDesk();
    const { feed, starts } = feedOf([line(1, 'a'), line(2, 'b') + line(3, 'c')]);
    open.push(openContainerFeed('s', container, null, feed, { desk, clock: systemClock }));
    await waitFor(() => text() === 'a\nb\nc\n', { timeoutMs: 2_000, what: 'three lines' });
    expect(starts).toEqual([{ since: '0.000000000' }]);
  });

  it('waits until the desk has come that far', async () => {
    const { desk, text, questions, confirm } = slowDesk();
    const big = line(1, 'x'.repeat(60_000)).repeat(20);
    const { feed, taken } = feedOf(Array.from({ length: 40 }, () => big));
    open.push(openContainerFeed('s', container, null, feed, { desk, clock: systemClock }));
    await waitFor(() => questions() === 1, { timeoutMs: 5_000, what: 'the question' });
    const takenThen = taken();
    expect(text().length).toBeLessThan(10 * 1024 * 1024);
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken()).toBe(takenThen);
    confirm();
    await waitFor(() => taken() > takenThen, { timeoutMs: 5_000, what: 'more' });
  });

  it('is left alone when the session is gone', async () => {
    const { desk } = slowDesk();
    desk.isGone = true;
    const { feed, taken } = feedOf([line(1, 'a'), line(2, 'b')]);
    const opened = openContainerFeed('s', container, null, feed, { desk, clock: systemClock });
    open.push(opened);
    await waitFor(() => taken() > 0, { timeoutMs: 2_000, what: 'the first line' });
    expect(opened.problem()).toBeNull();
  });

  it('is a pod as well: from the first second on, and a refusal is told', async () => {
    const requests: PodLogRequest[] = [];
    const logs = {
      podsOf: () => [],
      async open(request: PodLogRequest): Promise<AsyncIterable<Buffer>> {
        requests.push(request);
        throw new PodLogError('pods "web" is forbidden', 403);
      },
    };
    const { desk, text, writes } = slowDesk();
    const input = { kind: 'pod', namespace: 'shop', name: 'web', container: null } as const;
    const opened = openContainerFeed('s', container, null, podFeed(input, logs), { desk, clock: systemClock });
    open.push(opened);
    await waitFor(() => opened.problem() !== null, { timeoutMs: 2_000, what: 'the refusal' });
    expect(opened.problem()).toMatchObject({ key: 'traffic.source.unreadable', values: { detail: 'pods "web" is forbidden' } });
    // Nothing to read, and yet news.
    expect([writes(), text()]).toEqual([1, '']);
    expect(requests[0]).toEqual({
      namespace: 'shop',
      name: 'web',
      container: null,
      previous: false,
      from: { since: '1970-01-01T00:00:00Z' },
    });
  });
});
