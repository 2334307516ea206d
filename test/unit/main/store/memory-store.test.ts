import { expect, test } from 'vitest';
import { createMemoryStore } from '../../../../src-main/store/memory-store';
import { cpuSample, exitedAlert } from '../../../helpers/store-samples';

const whole = { metric: 'host.cpu.busy', subject: '', fromMs: 0, toMs: 100 } as const;

test('gives back what was written in the asked stretch, oldest first', async () => {
  const store = createMemoryStore({ detail: null });
  store.appendSamples([cpuSample(30, 0.3), cpuSample(10, 0.1)]);
  store.appendSamples([cpuSample(20, 0.2), cpuSample(200, 0.9), { ...cpuSample(20, 0.7), subject: 'other' }]);
  expect(await store.range(whole)).toEqual([
    { atMs: 10, value: 0.1 },
    { atMs: 20, value: 0.2 },
    { atMs: 30, value: 0.3 },
  ]);
});

test('the oldest samples and the series not written for longest make room', async () => {
  const store = createMemoryStore({ detail: null, samplesPerSeries: 2, seriesCount: 2 });
  store.appendSamples([cpuSample(1, 0.1), cpuSample(2, 0.2), cpuSample(3, 0.3)]);
  expect(await store.range(whole)).toEqual([
    { atMs: 2, value: 0.2 },
    { atMs: 3, value: 0.3 },
  ]);
  store.appendSamples(['a', 'b'].map((subject) => ({ ...cpuSample(4, 1), subject })));
  expect(await store.range(whole)).toEqual([]);
  expect(await store.range({ ...whole, subject: 'a' })).toEqual([{ atMs: 4, value: 1 }]);
});

test('an alert is replaced by its id, the newest raised comes first', async () => {
  const store = createMemoryStore({ detail: null });
  store.recordAlert(exitedAlert('api', 10));
  store.recordAlert(exitedAlert('db', 20));
  store.recordAlert(exitedAlert('api', 10, { clearedAtMs: 30 }));
  expect(await store.recentAlerts(10)).toEqual([exitedAlert('db', 20), exitedAlert('api', 10, { clearedAtMs: 30 })]);
  expect(await store.recentAlerts(1)).toHaveLength(1);
});

test('says what it is, counts what is no number and takes nothing once closed', async () => {
  const store = createMemoryStore({ detail: 'the disk is read-only' });
  store.appendSamples([cpuSample(1, Number.NaN)]);
  expect(store.state).toMatchObject({ kind: 'memory', detail: 'the disk is read-only', droppedSampleCount: 1 });
  await store.close();
  store.appendSamples([cpuSample(2, 1)]);
  expect(store.state.kind).toBe('closed');
  expect(await store.range(whole)).toEqual([]);
});
