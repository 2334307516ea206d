import { expect, test, vi } from 'vitest';
import type { Connection } from '../../../src-renderer/client/connection';
import { createFakeClient } from '../../../src-renderer/client/fake-client';
import { createSampler } from '../../../src-renderer/client/sample-readings';
import { joinClient, runClock } from '../../../src-renderer/state/join-client';
import { createWindowState } from '../../../src-renderer/state/window-state';
import type { Alert, AlertChange } from '../../../src-shared/alerts';
import type { AppInfo } from '../../../src-shared/contract';
import { defaultSettings } from '../../../src-shared/settings';
import type { AnyReading } from '../../../src-shared/snapshots';

const sampler = createSampler({ containerCount: 2, processCount: 10, trouble: true, seed: 1 });

function host(atMs: number): AnyReading {
  const reading = sampler.readings(atMs).find((one) => one.source === 'host');
  if (!reading) throw new Error('no host in the sample');
  return reading;
}

/** A document that can be hidden, and a state joined to a silent client. */
function setUp() {
  let hidden = false;
  const page = Object.defineProperty(new EventTarget(), 'hidden', { get: () => hidden }) as unknown as Document;
  const client = createFakeClient({ 'app.info': () => new Promise(() => undefined) });
  let nowMs = 100_000;
  const state = createWindowState(client, () => nowMs);
  const leave = joinClient(state, page);
  return {
    client,
    state,
    leave,
    show(visible: boolean) {
      hidden = !visible;
      page.dispatchEvent(new Event('visibilitychange'));
    },
    setNow(ms: number) {
      nowMs = ms;
    },
    shownAtMs: () => state.readings.getState().host.reading?.startedAtMs ?? null,
  };
}

test('while hidden nothing is put in; the latest of each source is, when it is shown again', async () => {
  const { client, show, shownAtMs, state, leave } = setUp();
  const changes = vi.fn();
  state.readings.subscribe(changes);
  show(false);
  client.emit({ event: 'reading', payload: host(100_400) });
  client.emit({ event: 'reading', payload: host(105_400) });
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(changes).not.toHaveBeenCalled();
  show(true);
  await vi.waitFor(() => expect(shownAtMs()).toBe(105_000));
  expect(changes).toHaveBeenCalledOnce();
  leave();
});

test('readings close to each other are put in as one change, and the clock with them', async () => {
  const { client, setNow, shownAtMs, state, leave } = setUp();
  client.emit({ event: 'reading', payload: host(100_400) });
  await vi.waitFor(() => expect(shownAtMs()).toBe(100_000));
  const changes = vi.fn();
  state.readings.subscribe(changes);
  setNow(100_100);
  for (const reading of sampler.readings(101_400)) client.emit({ event: 'reading', payload: reading });
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(changes).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(shownAtMs()).toBe(101_000));
  expect(changes).toHaveBeenCalledOnce();
  expect(state.clock.getState().nowMs).toBe(100_100);
  leave();
});

/** A client that waits with its answer to `readings.latest` and `alerts.list` until it is told, and a window state joined to it. */
function setUpSlow() {
  const answers = { readings: (_: readonly AnyReading[]) => {}, alerts: (_: readonly Alert[]) => {} };
  const client = createFakeClient({
    'app.info': () => ({ paused: false }) as AppInfo,
    'settings.get': () => defaultSettings,
    'alerts.list': () => new Promise((resolve) => (answers.alerts = resolve)),
    'readings.latest': () => new Promise((resolve) => (answers.readings = resolve)),
    'self.latest': () => new Promise(() => undefined),
  });
  const state = createWindowState(client, () => 100_000);
  const leave = joinClient(state);
  const isAsked = () => vi.waitFor(() => expect(client.asked.map(({ name }) => name)).toContain('readings.latest'));
  return { client, state, answers, leave, isAsked };
}

test('an answer that an event has overtaken takes nothing back', async () => {
  const { client, state, answers, leave, isAsked } = setUpSlow();
  await isAsked();
  const [older, newer] = [host(100_400), host(101_400)];
  client.emit({ event: 'reading', payload: newer });
  client.emit({ event: 'unchanged', payload: { source: 'host', startedAtMs: 102_000, tookMs: 1 } });
  client.emit({ event: 'paused', payload: { paused: true } });
  const alert = { id: 'a', level: 'critical', raisedAtMs: 1, clearedAtMs: null } as Alert;
  client.emit({ event: 'alert', payload: { alert } as AlertChange });
  answers.alerts([]);
  answers.readings([older]);
  await vi.waitFor(() => expect(state.readings.getState().host.reading?.startedAtMs).toBe(102_000));
  expect(state.readings.getState().host.lastOk?.data).toEqual(newer.reading.kind === 'ok' && newer.reading.data);
  await vi.waitFor(() => expect(state.app.getState().info?.paused).toBe(true));
  expect(state.alerts.getState().alerts?.map(({ id }) => id)).toEqual(['a']);
  leave();
});

test('asks for the state once its events come, so that nothing between the two is missed; without them, at the first failure', () => {
  const connections: ((connection: Connection) => void)[] = [];
  const fake = createFakeClient({ 'app.info': () => new Promise(() => undefined) });
  const onConnection = (listener: (connection: Connection) => void) => {
    connections.push(listener);
    listener('connecting');
    return () => undefined;
  };
  const client = { ...fake, onConnection };
  const leave = joinClient(createWindowState(client, () => 0));
  const tell = (connection: Connection) => {
    for (const listener of connections) listener(connection);
    return fake.asked.length;
  };
  expect(fake.asked).toEqual([]);
  expect((['reconnecting', 'reconnecting', 'open', 'reconnecting', 'open'] as const).map(tell)).toEqual([1, 1, 2, 2, 3]);
  leave();
});

test('after leaving nothing arrives any more', async () => {
  const { client, shownAtMs, leave } = setUp();
  leave();
  client.emit({ event: 'reading', payload: host(100_400) });
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(shownAtMs()).toBeNull();
});

test('is told of a pause made elsewhere', () => {
  const { client, state, leave } = setUp();
  state.app.setState({ info: { paused: false } as AppInfo });
  client.emit({ event: 'paused', payload: { paused: true } });
  expect(state.app.getState().info?.paused).toBe(true);
  leave();
});

test('takes a source that was read again, unchanged, for as fresh as it is', async () => {
  const { client, setNow, shownAtMs, state, leave } = setUp();
  client.emit({ event: 'reading', payload: host(100_400) });
  await vi.waitFor(() => expect(shownAtMs()).toBe(100_000));
  const { lastOk } = state.readings.getState().host;
  setNow(103_000);
  client.emit({ event: 'unchanged', payload: { source: 'host', startedAtMs: 102_900, tookMs: 1 } });
  await vi.waitFor(() => expect(shownAtMs()).toBe(102_900));
  expect(state.readings.getState().host.lastOk?.data).toBe(lastOk?.data);
  leave();
});

test('reads the alerts again after events were lost', async () => {
  const asked: string[] = [];
  const client = createFakeClient({
    'app.info': () => new Promise(() => undefined),
    'alerts.list': () => {
      asked.push('alerts.list');
      return [];
    },
  });
  const state = createWindowState(client, () => 0);
  const leave = joinClient(state);
  const self = { atMs: 0, cpuCores: 0, memoryBytes: 0, memoryKind: 'pss', droppedEventCount: 0, level: 'ok' } as const;
  for (const droppedEventCount of [0, 0, 3, 3]) client.emit({ event: 'self', payload: { ...self, droppedEventCount } });
  expect(asked).toEqual(['alerts.list']);
  await vi.waitFor(() => expect(state.alerts.getState().alerts).toEqual([]));
  leave();
});

test('the clock ticks by itself only when no reading did it for a while, and not while hidden', () => {
  vi.useFakeTimers();
  let hidden = false;
  const page = Object.defineProperty({}, 'hidden', { get: () => hidden }) as Document;
  let nowMs = 100_000;
  const state = createWindowState(createFakeClient({}), () => nowMs);
  const pass = (ms: number) => {
    nowMs += ms;
    vi.advanceTimersByTime(ms);
  };
  const stop = runClock(state, page);
  pass(1199);
  expect(state.clock.getState().nowMs).toBe(100_000);
  pass(1);
  expect(state.clock.getState().nowMs).toBe(101_200);
  pass(600);
  state.clock.setState({ nowMs });
  pass(600);
  expect(state.clock.getState().nowMs).toBe(101_800);
  pass(600);
  expect(state.clock.getState().nowMs).toBe(103_000);
  hidden = true;
  pass(5000);
  expect(state.clock.getState().nowMs).toBe(103_000);
  hidden = false;
  pass(1200);
  expect(state.clock.getState().nowMs).toBeGreaterThanOrEqual(108_000);
  stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
