import { expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../src-renderer/client/fake-client';
import { createSampler } from '../../../src-renderer/client/sample-readings';
import { joinClient, runClock } from '../../../src-renderer/state/join-client';
import { applyReadings } from '../../../src-renderer/state/readings-store';
import { createWindowState } from '../../../src-renderer/state/window-state';
import type { AppInfo } from '../../../src-shared/contract';
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

test('after leaving nothing arrives any more', async () => {
  const { client, shownAtMs, leave } = setUp();
  leave();
  client.emit({ event: 'reading', payload: host(100_400) });
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(shownAtMs()).toBeNull();
});

test('asks whether it is paused when the data no longer renew', async () => {
  vi.useFakeTimers();
  const asked: number[] = [];
  let nowMs = 100_000;
  const info = { paused: true } as AppInfo;
  const client = createFakeClient({
    'app.info': () => {
      asked.push(nowMs);
      return info;
    },
  });
  const state = createWindowState(client, () => nowMs);
  applyReadings(state.readings, [host(nowMs)]);
  const stop = runClock(state);
  for (let step = 0; step < 24; step += 1) {
    nowMs += 500;
    await vi.advanceTimersByTimeAsync(500);
  }
  stop();
  vi.useRealTimers();
  expect(asked).toEqual([105_000, 110_000]);
  expect(state.app.getState().info?.paused).toBe(true);
});
