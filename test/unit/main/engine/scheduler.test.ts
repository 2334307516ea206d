import { describe, expect, it } from 'vitest';
import type { AnyCollector, Collector } from '../../../../src-main/collectors/collector';
import { pauseAfterRun } from '../../../../src-main/engine/cadence';
import { createScheduler } from '../../../../src-main/engine/scheduler';
import type { Outcome } from '../../../../src-shared/reading';
import type { HostFacts, SourceId } from '../../../../src-shared/snapshots';
import { createFakeTime } from '../../../helpers/fake-time';
import { hostFacts } from '../rules/sample-facts';

const good: Outcome<HostFacts> = { kind: 'ok', data: hostFacts() };
const absent: Outcome<HostFacts> = { kind: 'unavailable', reason: 'not-installed', detail: 'none' };

function rig(
  collect: (signal: AbortSignal) => Promise<Outcome<HostFacts>>,
  everyMs = 1000,
  timeoutMs = 500,
  onUrgent?: NonNullable<Collector<'host'>['onUrgent']>,
) {
  const time = createFakeTime();
  const startedAt: number[] = [];
  const readings: string[] = [];
  const collector: Collector<'host'> = {
    id: 'host',
    everyMs,
    timeoutMs,
    collect(signal) {
      startedAt.push(time.monotonicMs());
      return collect(signal);
    },
    ...(onUrgent === undefined ? {} : { onUrgent }),
  };
  const scheduler = createScheduler({
    collectors: [collector],
    clock: time,
    timers: time,
    audience: 'visible',
    onReading: (_source, reading) => readings.push(reading.kind === 'failed' ? `failed ${reading.code}` : reading.kind),
  });
  return { time, scheduler, startedAt, readings };
}

const later = (time: ReturnType<typeof createFakeTime>, ms: number) =>
  new Promise<Outcome<HostFacts>>((resolve) => time.after(ms, () => resolve(good)));

describe('cadence', () => {
  it('is the own one of a source before a window, calmer for programs and in the tray', () => {
    const sources = ['host', 'logs', 'processes'] as const;
    const pauseOf = (source: SourceId, audience: 'visible' | 'headless' | 'hidden') =>
      pauseAfterRun({ source, everyMs: 1_000, sinceBeatMs: 0, audience, misses: 0 });
    expect((['visible', 'headless', 'hidden'] as const).map((audience) => sources.map((source) => pauseOf(source, audience)))).toEqual([
      [1_000, 1_000, 1_000],
      [1_000, 2_000, 4_000],
      [5_000, 2_000, 15_000],
    ]);
  });
});

describe('scheduler', () => {
  it('keeps the cadence, counting the time a run took', async () => {
    const { time, scheduler, startedAt } = rig(() => later(time, 100));
    scheduler.start();
    await time.advance(3100);
    expect(startedAt).toEqual([0, 1000, 2000, 3000]);
  });

  it('never overlaps a source with itself: a slow one starts on the next beat that leaves a gap', async () => {
    const { time, scheduler, startedAt } = rig(() => later(time, 1400), 1000, 5000);
    scheduler.start();
    await time.advance(4000);
    expect(startedAt).toEqual([0, 2000, 4000]);
  });

  it('reads at once what a collector heard of, a burst as one, and again what came during a run', async () => {
    const wakes: (() => void)[] = [];
    let runMs = 10;
    const { time, scheduler, startedAt } = rig(
      () => later(time, runMs),
      1000,
      500,
      (wake) => {
        wakes.push(wake);
        return () => wakes.splice(0);
      },
    );
    scheduler.start();
    await time.advance(500);
    for (let count = 0; count < 50; count += 1) wakes[0]?.();
    await time.advance(20);
    expect(startedAt).toEqual([0, 500]);
    wakes[0]?.();
    await time.advance(100);
    expect(startedAt).toEqual([0, 500]);
    runMs = 300;
    await time.advance(100);
    expect(startedAt).toEqual([0, 500, 700]);
    wakes[0]?.();
    await time.advance(300);
    expect(startedAt).toEqual([0, 500, 700, 1000]);
    const stopping = scheduler.stop();
    await time.advance(2_000);
    await stopping;
    expect(wakes).toEqual([]);
  });

  it('does not wake what is paused', async () => {
    let wake = (): void => undefined;
    const { time, scheduler, startedAt } = rig(
      () => later(time, 1),
      1000,
      500,
      (call) => {
        wake = call;
        return () => undefined;
      },
    );
    scheduler.start();
    await time.advance(100);
    scheduler.pause();
    wake();
    await time.advance(5_000);
    expect(startedAt).toEqual([0]);
  });

  it('times out, aborts, and does not start a stuck collector again until it ends', async () => {
    let release = (): void => undefined;
    let aborted = false;
    const { time, scheduler, startedAt, readings } = rig((signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise((resolve) => {
        release = () => resolve(good);
      });
    });
    scheduler.start();
    await time.advance(10_000);
    expect([startedAt, readings, aborted]).toEqual([[0], ['failed timeout'], true]);
    await scheduler.refresh('host');
    expect(startedAt).toHaveLength(1);
    release();
    await time.advance(10_000);
    expect(startedAt.length).toBeGreaterThan(1);
  });

  it('turns a throw into a failed reading and goes on', async () => {
    const { time, scheduler, readings } = rig(() => {
      throw new Error('no');
    });
    scheduler.start();
    await time.advance(2500);
    expect(readings).toEqual(['failed unexpected', 'failed unexpected']);
  });

  it('backs off to the ceiling, never gives up, and starts afresh on refresh', async () => {
    let outcome: Outcome<HostFacts> = absent;
    const { time, scheduler, startedAt } = rig(async () => outcome);
    scheduler.start();
    await time.advance(100_000);
    expect(startedAt).toEqual([0, 2000, 6000, 14_000, 30_000, 60_000, 90_000]);
    outcome = good;
    await scheduler.refresh('host');
    await time.advance(1000);
    expect(startedAt.slice(7)).toEqual([100_000, 101_000]);
  });

  it('joins a refresh to the run under way', async () => {
    const { time, scheduler, startedAt } = rig(() => later(time, 100));
    scheduler.start();
    await time.advance(10);
    void scheduler.refresh('host');
    void scheduler.refresh('host');
    await time.advance(200);
    expect(startedAt).toEqual([0]);
  });

  it('pauses, resumes, slows down when hidden and wakes at once when shown', async () => {
    const { time, scheduler, startedAt } = rig(async () => good);
    scheduler.start();
    await time.advance(500);
    scheduler.pause();
    await time.advance(5000);
    scheduler.resume();
    scheduler.setAudience('hidden');
    await time.advance(6000);
    expect(startedAt).toEqual([0, 5500, 10_500]);
    scheduler.setAudience('visible');
    await time.advance(1000);
    expect(startedAt.slice(3)).toEqual([11_500, 12_500]);
  });

  it('starts nothing after stop, and does not wait for a hanging collector for ever', async () => {
    const { time, scheduler, startedAt } = rig(() => new Promise(() => undefined));
    scheduler.start();
    await time.advance(10);
    let stopped = false;
    void scheduler.stop().then(() => {
      stopped = true;
    });
    await time.advance(2000);
    expect(stopped).toBe(true);
    await time.advance(10_000);
    expect(startedAt).toEqual([0]);
  });

  it('keeps one broken source away from the others', async () => {
    const time = createFakeTime();
    const seen: SourceId[] = [];
    const collectors: AnyCollector[] = [
      { id: 'host', everyMs: 1000, timeoutMs: 500, collect: () => new Promise(() => undefined) },
      { id: 'logs', everyMs: 1000, timeoutMs: 500, collect: async () => ({ kind: 'unavailable', reason: 'disabled', detail: '' }) },
    ];
    createScheduler({ collectors, clock: time, timers: time, audience: 'visible', onReading: (source) => seen.push(source) }).start();
    await time.advance(3000);
    expect(seen.filter((source) => source === 'logs').length).toBeGreaterThan(1);
    expect(seen.filter((source) => source === 'host')).toEqual(['host']);
  });

  it('starts all one after the other at first, and from then on in one moment', async () => {
    const time = createFakeTime();
    const starts: [string, number][] = [];
    /** Ends on its own time: the next start falls between the milliseconds of the others. */
    const collector = (id: 'host' | 'logs', everyMs: number, tookMs: number) => ({
      id,
      everyMs,
      timeoutMs: 500,
      async collect() {
        starts.push([id, time.monotonicMs()]);
        await later(time, tookMs);
        return good as never;
      },
    });
    const collectors: AnyCollector[] = [collector('host', 1000, 0.4), collector('logs', 2000, 7.9)];
    const inWholeMs = { ...time, after: (delayMs: number, call: () => void) => time.after(Math.floor(delayMs), call) };
    const scheduler = createScheduler({ collectors, clock: time, timers: inWholeMs, audience: 'visible', onReading: () => undefined });
    scheduler.start();
    await time.advance(5_500);
    const ofHost = starts.filter(([id]) => id === 'host').map(([, atMs]) => atMs);
    const ofLogs = starts.filter(([id]) => id === 'logs').map(([, atMs]) => atMs);
    expect(ofHost.map((atMs) => Math.round(atMs / 10) * 10)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000]);
    expect(ofLogs).toEqual([20, ofHost[2], ofHost[4]]);
  });
});
