import { afterEach, expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../src-renderer/client/fake-client';
import { followLog, type LogFeed } from '../../../src-renderer/state/log-feed';
import { type NextLines, RequestError, type StreamedLine } from '../../../src-shared/contract';

const target = { kind: 'container', id: 'aaaaaaaaaaaa' } as const;
let feed: LogFeed | null = null;

afterEach(() => feed?.close());

function line(number: number, text = `line ${number}`, atMs: number | null = number * 1000): StreamedLine {
  return { number, atMs, text, cutBytes: 0, origin: null, level: null };
}

const answer = (lines: readonly StreamedLine[], changes: Partial<NextLines> = {}): NextLines => ({
  lines,
  droppedCount: 0,
  state: 'following',
  detail: null,
  ...changes,
});

/** A core that gives these answers one after the other, then none. An error is a refusal. */
function follow(
  answers: readonly (NextLines | RequestError)[],
  options: { capacity?: number; page?: Document; opens?: RequestError; now?: () => number } = {},
) {
  const waiting = [...answers];
  let opened = 0;
  const client = createFakeClient({
    'logs.open': () => {
      if (options.opens) throw options.opens;
      opened += 1;
      return { stream: `s${opened}` };
    },
    'logs.next': () => {
      const next = waiting.shift();
      if (next instanceof RequestError) throw next;
      return next ?? new Promise<NextLines>(() => undefined);
    },
    'logs.close': () => ({ closed: true }),
  });
  const page = options.page ?? ({ hidden: false } as Document);
  const waits: number[] = [];
  const wait = (afterMs: number) => {
    waits.push(afterMs);
    return new Promise<void>((resolve) => setImmediate(resolve));
  };
  const { capacity, now } = options;
  feed = followLog({ client, target, tail: 50, page, wait, ...(capacity === undefined ? {} : { capacity }), ...(now ? { now } : {}) });
  const { store } = feed;
  return { client, store, waits, texts: () => store.getState().lines.map(({ text }) => text) };
}

const names = (client: { readonly asked: readonly { readonly name: string }[] }) => client.asked.map(({ name }) => name);

test('opens, asks for what comes after the last line, closes', async () => {
  const { client, texts } = follow([answer([line(1), line(2)]), answer([line(3)])]);
  await vi.waitFor(() => expect(texts()).toEqual(['line 1', 'line 2', 'line 3']));
  await vi.waitFor(() =>
    expect(client.asked).toEqual([
      { name: 'logs.open', input: { target, tail: 50 } },
      { name: 'logs.next', input: { stream: 's1', after: 0 } },
      { name: 'logs.next', input: { stream: 's1', after: 2 } },
      { name: 'logs.next', input: { stream: 's1', after: 3 } },
    ]),
  );
  feed?.close();
  expect(client.asked.at(-1)).toEqual({ name: 'logs.close', input: { stream: 's1' } });
});

test('keeps so many lines and counts what it cut and what the core dropped', async () => {
  const many = Array.from({ length: 8 }, (_, index) => line(index + 1));
  const { store, texts } = follow([answer(many, { droppedCount: 2 }), answer([line(9)], { droppedCount: 5 })], { capacity: 5 });
  await vi.waitFor(() => expect(texts()).toEqual(['line 5', 'line 6', 'line 7', 'line 8', 'line 9']));
  expect(store.getState()).toMatchObject({ cutCount: 4, droppedCount: 5 });
  expect(store.getState().lines.map(({ key }) => key)).toEqual([5, 6, 7, 8, 9]);
});

test('a stream that the core closed is opened again without lines coming twice', async () => {
  const expired = new RequestError('expired', 'closed');
  const { client, store, texts } = follow([
    answer([line(1), line(2), line(3)], { droppedCount: 4 }),
    expired,
    answer([line(1, 'line 2', 2000), line(2, 'line 3', 3000), line(3, 'line 4', 4000), line(4, 'line 3', 5000)]),
    answer([line(5, 'line 2', 2000)], { droppedCount: 1 }),
  ]);
  await vi.waitFor(() => expect(texts()).toEqual(['line 1', 'line 2', 'line 3', 'line 4', 'line 3', 'line 2']));
  expect(names(client).filter((name) => name === 'logs.open')).toHaveLength(2);
  expect(store.getState()).toMatchObject({ state: 'following', droppedCount: 5 });
});

test('a stream opened again after the clock was set back passes over what is there, and nothing else', async () => {
  const hourMs = 3_600_000;
  const expired = new RequestError('expired', 'closed');
  const before = [line(1, 'one', 18 * hourMs), line(2, 'two', 18 * hourMs + 1000)];
  const after = [line(3, 'three', 9 * hourMs), line(4, 'four', 9 * hourMs + 1000)];
  const { texts } = follow([answer(before), expired, answer([...before, ...after])], { now: () => 9 * hourMs + 2000 });
  await vi.waitFor(() => expect(texts()).toEqual(['one', 'two', 'three', 'four']));
});

test('while the core does not answer it says so, and goes on afterwards', async () => {
  const states: string[] = [];
  const unanswered = new RequestError('unexpected', 'LogScope does not answer.');
  const { store, waits, texts } = follow([answer([line(1)]), unanswered, unanswered, unanswered, answer([line(2)])]);
  store.subscribe(({ state, detail }) => states.push(`${state} ${detail ?? ''}`));
  await vi.waitFor(() => expect(texts()).toEqual(['line 1', 'line 2']));
  expect(states).toContain('retrying LogScope does not answer.');
  expect(states.at(-1)).toBe('following ');
  expect(Math.max(...waits)).toBeGreaterThanOrEqual(2000);
});

test('a log that is not there is unavailable, and asked for again ever more slowly', async () => {
  const { store, waits } = follow([], { opens: new RequestError('not-found', 'There is no such log.') });
  await vi.waitFor(() => expect(waits.length).toBeGreaterThan(6));
  expect(store.getState()).toMatchObject({ state: 'unavailable', detail: 'There is no such log.' });
  expect(waits.at(-1)).toBe(10_000);
});

test('what the core says comes sentence by sentence, and goes when something else is wrong', async () => {
  const told: unknown[] = [];
  const sentences = [{ text: 'It stopped.', key: 'some.key' }];
  const unanswered = new RequestError('unexpected', 'LogScope does not answer.');
  const { store } = follow([answer([], { state: 'ended', detail: 'It stopped.', sentences }), unanswered, answer([line(1)])]);
  store.subscribe((state) => told.push([state.detail, state.sentences]));
  await vi.waitFor(() => expect(store.getState().state).toBe('following'));
  expect(told).toEqual([
    ['It stopped.', sentences],
    ['LogScope does not answer.', null],
    [null, null],
  ]);
});

test('an ended log is still asked about: its source may start again', async () => {
  const { store, texts } = follow([
    answer([line(1)], { state: 'ended', detail: 'It stopped.' }),
    answer([], { state: 'following' }),
    answer([line(2)]),
  ]);
  await vi.waitFor(() => expect(texts()).toEqual(['line 1', 'line 2']));
  expect(store.getState().state).toBe('following');
});

test('a hidden page asks nothing until it is seen', async () => {
  const listeners = new Set<() => void>();
  const page = {
    hidden: true,
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  };
  const { client, texts } = follow([answer([line(1)])], { page: page as unknown as Document });
  await Promise.resolve();
  expect(client.asked).toEqual([]);
  page.hidden = false;
  for (const listener of listeners) listener();
  await vi.waitFor(() => expect(texts()).toEqual(['line 1']));
  expect(listeners.size).toBe(0);
});

test('what comes after it was closed changes nothing', async () => {
  const { store, texts } = follow([answer([line(1)]), answer([line(2)])]);
  feed?.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(texts()).toEqual([]);
  expect(store.getState().state).toBe('opening');
});
