import { describe, expect, test } from 'vitest';
import { sparkShape, sparkWindowMs } from '../../../src-renderer/charts/spark-path';
import { createFakeClient } from '../../../src-renderer/client/fake-client';
import { createSampler } from '../../../src-renderer/client/sample-readings';
import { walkGrid } from '../../../src-renderer/components/grid-walk';
import { compareValues, nextOrder } from '../../../src-renderer/components/sort';
import { keepOrder } from '../../../src-renderer/components/use-held-order';
import { applyAlertChange, bannerAlerts, createAlertsStore, setAlerts } from '../../../src-renderer/state/alerts-store';
import { appendHost, createHistoryStore, historyWindowMs, loadSeries, seriesKey } from '../../../src-renderer/state/history-store';
import { derivePanelState, staleAfterMs } from '../../../src-renderer/state/panel-state';
import { applyReadings, createReadingsStore } from '../../../src-renderer/state/readings-store';
import { createUiStore, goTo, toggleSelected } from '../../../src-renderer/state/ui-store';
import { foldErrors } from '../../../src-renderer/views/overview/fold-errors';
import { mainNetwork } from '../../../src-renderer/views/overview/host-tiles';
import type { Alert } from '../../../src-shared/alerts';
import type { AnyReading } from '../../../src-shared/snapshots';
import { logError } from '../../helpers/log-error';

const sampler = createSampler({ containerCount: 3, processCount: 10, trouble: true, seed: 1 });

function hostReading(atMs: number): AnyReading {
  const reading = sampler.readings(atMs)[0];
  if (reading?.source !== 'host') throw new Error('the sampler no longer starts with host');
  return reading;
}

describe('readings', () => {
  test('go on when the clock is set back, and nothing is learnt of the cadence by it', () => {
    const store = createReadingsStore();
    for (const atMs of [4_000_000, 4_001_000, 401_000]) applyReadings(store, [hostReading(atMs)]);
    expect(store.getState().host).toMatchObject({ reading: { startedAtMs: 400_600 }, intervalMs: 1000 });
  });

  test('the last data stay through a failure', () => {
    const store = createReadingsStore();
    applyReadings(store, [hostReading(5000)]);
    applyReadings(store, [
      { source: 'host', reading: { kind: 'failed', code: 'timeout', message: 'slow', startedAtMs: 6000, tookMs: 9, lastOkAtMs: 4600 } },
    ]);
    const state = derivePanelState('host', store.getState().host, 6000);
    expect(state).toMatchObject({ kind: 'failed', lastOkAtMs: 4600, data: { node: 'dev-1' } });
  });
});

describe('the five states', () => {
  const store = createReadingsStore();
  test('loading before the first reading', () => {
    expect(derivePanelState('host', store.getState().host, 0)).toEqual({ kind: 'loading' });
  });

  test('data, then stale after three cadences, never while paused', () => {
    applyReadings(store, [hostReading(10_000)]);
    const { host } = store.getState();
    expect(derivePanelState('host', host, 13_000).kind).toBe('data');
    expect(derivePanelState('host', host, 14_000).kind).toBe('stale');
    expect(derivePanelState('host', host, null).kind).toBe('data');
  });

  test('a slower cadence of the engine is learnt', () => {
    expect(staleAfterMs('host', null)).toBe(4000);
    expect(staleAfterMs('host', 10_000)).toBe(30_000);
    expect(staleAfterMs('services', 100)).toBe(15_000);
  });
});

describe('history', () => {
  test('live points are kept when the past arrives later, and fall out after the window', async () => {
    const store = createHistoryStore();
    const key = seriesKey('host.cpu.busy', '');
    let answer: (points: { atMs: number; value: number }[]) => void = () => undefined;
    const client = createFakeClient({ 'history.range': () => new Promise((resolve) => (answer = resolve)) });
    const loading = loadSeries(store, client, 'host.cpu.busy', '', 10_000);
    const host = hostReading(10_400);
    appendHost(store, host.source === 'host' && host.reading.kind === 'ok' ? host.reading.data : null, 10_000);
    appendHost(store, null, 11_000);
    answer([
      { atMs: 9000, value: 0.1 },
      { atMs: 10_000, value: 0.9 },
    ]);
    await loading;
    const points = store.getState().series[key] ?? [];
    expect(points.map((point) => point.atMs)).toEqual([9000, 10_000, 11_000]);
    expect(points[1]?.value).not.toBe(0.9);
    expect(points[2]?.value).toBeNull();
    appendHost(store, null, 10_500 + historyWindowMs);
    expect(store.getState().series[key]?.map((point) => point.atMs)).toEqual([11_000, 10_500 + historyWindowMs]);
  });

  test('a line goes on when the clock is set back', async () => {
    const store = createHistoryStore();
    await loadSeries(store, createFakeClient({ 'history.range': () => [] }), 'host.cpu.busy', '', 10_000);
    for (const atMs of [1_000, 2_000, 40_000_000, 2_500, 3_000]) appendHost(store, null, atMs);
    expect(store.getState().series[seriesKey('host.cpu.busy', '')]?.map(({ atMs }) => atMs)).toEqual([2_500, 3_000]);
  });

  test('the sparkline looks back no further than it must', () => {
    const span = (seconds: number) => sparkWindowMs([0, seconds * 1000].map((atMs) => ({ atMs, value: 1 })));
    expect([span(0), span(60), span(61), span(301), span(900)]).toEqual([60_000, 60_000, 300_000, 900_000, 900_000]);
  });

  test('a gap stays a gap in the line', () => {
    const points = [0, 1, 2, 50, 51].map((second) => ({ atMs: second * 1000, value: 0.5 }));
    const shape = sparkShape(points, { width: 90, height: 20, fromMs: 0, toMs: 90_000, top: 1 });
    expect(shape.line.match(/M/g)).toHaveLength(2);
    expect(sparkShape([], { width: 90, height: 20, fromMs: 0, toMs: 1, top: 1 }).end).toBeNull();
  });
});

describe('alerts', () => {
  const alert = (id: string, patch: Partial<Alert> = {}): Alert => ({
    id,
    key: id,
    source: 'containers',
    subject: id,
    level: 'critical',
    reason: { rule: 'container-exited', text: 'Exited with code 1', values: { exitCode: 1 } },
    place: { section: 'containers' },
    raisedAtMs: 100,
    clearedAtMs: null,
    dismissed: false,
    foundAtStart: false,
    countToday: 1,
    ...patch,
  });

  test('the banner speaks of critical ones that are neither over nor put away, newest first', () => {
    const store = createAlertsStore();
    setAlerts(
      store,
      [alert('old'), alert('new', { raisedAtMs: 200 }), alert('minor', { level: 'warning' }), alert('gone', { dismissed: true })],
      300,
    );
    expect(bannerAlerts(store.getState().alerts ?? []).map((one) => one.id)).toEqual(['new', 'old']);
    expect(store.getState().calmSinceMs).toBeNull();
  });

  test('calm is since the last one cleared', () => {
    const store = createAlertsStore();
    setAlerts(store, [alert('a')], 300);
    applyAlertChange(store, { change: 'cleared', alert: alert('a', { clearedAtMs: 900 }) }, 950);
    expect(store.getState()).toMatchObject({ calmSinceMs: 900, alerts: [{ id: 'a', clearedAtMs: 900 }] });
  });
});

test('going to a record or a pattern of the logs opens the console there', () => {
  const store = createUiStore();
  store.setState({ logTab: 'sources', logQuery: 'old' });
  goTo(store, { section: 'logs', item: 'record:5000' });
  expect(store.getState()).toMatchObject({
    section: 'logs',
    logTab: 'console',
    logQuery: '',
    logStart: { kind: 'record', id: 5000 },
    logSourceId: null,
  });
  goTo(store, { section: 'logs', item: 'pattern:p1a2' });
  expect(store.getState()).toMatchObject({ logQuery: 'pattern:p1a2', logStart: { kind: 'end' } });
  goTo(store, { section: 'logs', item: 'ssh.service' });
  expect(store.getState()).toMatchObject({ logSourceId: 'ssh.service', logQuery: 'pattern:p1a2' });
});

test('the demo of traffic is a place', () => {
  const store = createUiStore();
  goTo(store, { section: 'traffic', item: 'demo' });
  expect(store.getState()).toMatchObject({ section: 'traffic', trafficTarget: { input: { kind: 'demo' }, stage: 'opening' } });
});

test('going to a place opens its item', () => {
  const store = createUiStore();
  goTo(store, { section: 'services', item: 'system/ssh.service' });
  expect(store.getState()).toMatchObject({ section: 'services', selected: { kind: 'service', id: 'system/ssh.service' } });
  toggleSelected(store, { kind: 'service', id: 'system/ssh.service' });
  expect(store.getState().selected).toBeNull();
});

test('rows keep their places: what is gone leaves, what is new comes last', () => {
  const before = ['a', 'b', 'c'];
  expect(keepOrder(before, ['c', 'b', 'a'])).toBe(before);
  expect(keepOrder(before, ['d', 'c', 'a'])).toEqual(['a', 'c', 'd']);
});

test('unknown values sort last both ways', () => {
  expect([3, null, 1].sort((a, b) => compareValues(a, b, true))).toEqual([3, 1, null]);
  expect([3, null, 1].sort((a, b) => compareValues(a, b, false))).toEqual([1, 3, null]);
  expect(nextOrder({ column: 'cpu', descending: true }, 'cpu', true)).toEqual({ column: 'cpu', descending: false });
  expect(nextOrder({ column: 'cpu', descending: true }, 'name', false)).toEqual({ column: 'name', descending: false });
});

test('arrow keys walk a wrapped grid', () => {
  const places = [
    [0, 0],
    [0, 24],
    [0, 48],
    [20, 0],
    [20, 24],
  ].map(([top = 0, left = 0]) => ({ top, left }));
  expect(walkGrid('ArrowRight', 0, places)).toBe(1);
  expect(walkGrid('ArrowDown', 1, places)).toBe(4);
  expect(walkGrid('ArrowDown', 2, places)).toBe(4);
  expect(walkGrid('ArrowDown', 4, places)).toBe(4);
  expect(walkGrid('ArrowUp', 4, places)).toBe(1);
  expect(walkGrid('End', 0, places)).toBe(4);
  expect(walkGrid('ArrowLeft', 0, places)).toBe(0);
  expect(walkGrid('x', 0, places)).toBeNull();
  expect(walkGrid('ArrowDown', 0, [])).toBeNull();
});

test('arrow keys walk over groups that stand side by side', () => {
  // failed: 0; active: 1-3 beside it, two rows; inactive: 4 below.
  const places = [
    { top: 18, left: 0 },
    { top: 18, left: 80 },
    { top: 18, left: 104 },
    { top: 42, left: 80 },
    { top: 90, left: 0 },
  ];
  expect(walkGrid('ArrowDown', 0, places)).toBe(3);
  expect(walkGrid('ArrowDown', 3, places)).toBe(4);
  expect(walkGrid('ArrowUp', 4, places)).toBe(3);
  expect(walkGrid('ArrowUp', 3, places)).toBe(1);
});

test('the network tile shows a real interface and does not flutter', () => {
  const network = (name: string, rate: number) => ({ name, receivedBytesPerSecond: rate, sentBytesPerSecond: 0 });
  expect(mainNetwork([network('docker0', 9e9), network('eth0', 10), network('wlan0', 30)])?.name).toBe('eth0');
  expect(mainNetwork([network('eth0', 10), network('wlan0', 1e6)])?.name).toBe('wlan0');
  expect(mainNetwork([network('lo', 10)])?.name).toBe('lo');
  expect(mainNetwork([])).toBeNull();
});

test('equal lines of one source are folded', () => {
  const line = (id: number, text: string) => logError({ id, atMs: id, text });
  expect(foldErrors([line(3, 'a'), line(2, 'b'), line(1, 'a')]).map(({ newest, count }) => [newest.id, count])).toEqual([
    [3, 2],
    [2, 1],
  ]);
});
