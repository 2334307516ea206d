import { expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../../src-renderer/client/fake-client';
import { sampleTraffic } from '../../../../src-renderer/client/sample-traffic';
import { createTrafficFeed } from '../../../../src-renderer/views/traffic/feed/traffic-feed';
import { allTraffic, type InputOf, RequestError, type TrafficAnswer } from '../../../../src-shared/contract';

const report = sampleTraffic({ nowMs: Date.parse('2026-11-21T12:00:00Z') });
const answer: TrafficAnswer = { revision: 1, state: 'following', problem: null, readBytes: 10, totalBytes: 10, report };
const page = Object.assign(new EventTarget(), { hidden: false }) as unknown as Document;

type Figures = (input: InputOf<'traffic.figures'>) => TrafficAnswer | Promise<TrafficAnswer>;

/** A feed on a core whose answers to `traffic.figures` are given. */
function open(figures: Figures, opens: Promise<void> = Promise.resolve()) {
  let opened = 0;
  const client = createFakeClient({
    'traffic.open': async () => {
      await opens;
      opened += 1;
      return { session: `s${opened}` };
    },
    'traffic.figures': figures,
    'traffic.cancel': () => ({ cancelled: true }),
    'traffic.close': () => ({ closed: true }),
  });
  const feed = createTrafficFeed({ client, input: { kind: 'demo' }, format: 'auto', filter: allTraffic, page });
  const inputs = <T>(name: string) => client.asked.filter((one) => one.name === name).map(({ input }) => input as T);
  return { feed, state: feed.store.getState, inputs };
}

const never = new Promise<never>(() => undefined);

test('asks for what is newer than it has, and keeps the report where nothing is', async () => {
  const { feed, state, inputs } = open(({ after }) =>
    after === null ? { ...answer, state: 'reading' } : after === 1 ? { ...answer, revision: 2, report: null } : never,
  );
  await vi.waitFor(() => expect(inputs<{ after: number | null }>('traffic.figures').map(({ after }) => after)).toEqual([null, 1]));
  await vi.waitFor(() => expect(state().progress).toMatchObject({ revision: 2, state: 'following' }));
  expect(state()).toMatchObject({ phase: 'open', report, reportFilter: allTraffic, problem: null });
  feed.close();
});

test('another filter is asked for at once, while the question before still waits; its late answer counts for nothing', async () => {
  let answerLate: (late: TrafficAnswer) => void = () => undefined;
  const late = new Promise<TrafficAnswer>((resolve) => {
    answerLate = resolve;
  });
  const narrowed = { ...allTraffic, status: 404 };
  const { feed, state, inputs } = open(({ filter }) => (filter.status === null ? late : { ...answer, revision: 5 }));
  await vi.waitFor(() => expect(inputs('traffic.figures')).toHaveLength(1));
  feed.setFilter(narrowed);
  await vi.waitFor(() => expect(state().reportFilter).toBe(narrowed));
  answerLate({ ...answer, revision: 9 });
  await Promise.resolve();
  expect(state()).toMatchObject({ reportFilter: narrowed, progress: { revision: 5 } });
  feed.close();
});

test('a session that is gone is opened again, figures stay meanwhile', async () => {
  let isGone = false;
  const { feed, state, inputs } = open(({ session, after }) => {
    if (session === 's1' && isGone) throw new RequestError('not-found', 'gone');
    isGone = true;
    return after === null && session === 's1' ? { ...answer, state: 'reading' } : { ...answer, revision: 7 };
  });
  await vi.waitFor(() => expect(state().session).toBe('s2'));
  expect(state().report).toBe(report);
  await vi.waitFor(() => expect(state()).toMatchObject({ progress: { revision: 7 }, problem: null }));
  expect(inputs('traffic.open')).toHaveLength(2);
  feed.close();
});

test('closed on leaving, also when it is opened only after that', async () => {
  let answerOpen: () => void = () => undefined;
  const opens = new Promise<void>((resolve) => {
    answerOpen = resolve;
  });
  const { feed, inputs } = open(() => never, opens);
  await vi.waitFor(() => expect(inputs('traffic.open')).toHaveLength(1));
  feed.close();
  answerOpen();
  feed.close();
  await vi.waitFor(() => expect(inputs('traffic.close')).toEqual([{ session: 's1' }]));
  expect(inputs('traffic.figures')).toHaveLength(0);

  const other = open(() => never);
  await vi.waitFor(() => expect(other.inputs('traffic.figures')).toHaveLength(1));
  other.feed.close();
  expect(other.inputs('traffic.close')).toEqual([{ session: 's1' }]);
});

test('what the core refuses is told and not asked again; a failed log is opened anew on request', async () => {
  const refused = open(() => {
    throw new RequestError('bad-input', 'That is a folder.');
  });
  await vi.waitFor(() => expect(refused.state()).toMatchObject({ phase: 'refused', problem: 'That is a folder.' }));
  refused.feed.close();

  let isMended = false;
  const failed = open(() => (isMended ? answer : { ...answer, state: 'failed', report: null }));
  await vi.waitFor(() => expect(failed.state().progress?.state).toBe('failed'));
  isMended = true;
  failed.feed.retry();
  await vi.waitFor(() => expect(failed.state()).toMatchObject({ session: 's2', progress: { state: 'following' } }));
  expect(failed.inputs('traffic.close')).toEqual([{ session: 's1' }]);
  failed.feed.close();
});
