import type { SourceId } from '../../src-shared/snapshots';
import type { AnyCollector, Collector } from '../collectors/collector';
import type { Clock, Timers } from '../platform/clock';
import { type Audience, pauseAfterRun } from './cadence';
import { type FactsReading, runCollector } from './run-collector';

export interface SchedulerDeps {
  readonly collectors: readonly AnyCollector[];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly audience: Audience;
  /** Called with each reading, in the order the runs end; must not throw. */
  readonly onReading: <Id extends SourceId>(source: Id, reading: FactsReading<Id>) => void;
}

export interface Scheduler {
  start(): void;
  /** Collects a source now, or joins the run under way; resolves when its reading was handed on. Resets its back-off. */
  refresh(source: SourceId): Promise<void>;
  setAudience(audience: Audience): void;
  /** No new runs until resume (the user's pause, or the machine sleeps). Idempotent. */
  pause(): void;
  resume(): void;
  /** No run starts afterwards; resolves when runs under way have ended or two seconds have passed. */
  stop(): Promise<void>;
}

/**
 * The first readings of all sources cost the most, and somebody waits for the first of them: they start this far apart. From then on
 * all start in one moment: the thread wakes once a second, what one warmed up the next one uses (a tenth of all it costs), and a
 * window draws what they bring as one frame.
 */
const staggerMs = 20;
/** Timers of one moment fire a millisecond or two apart, each waking the thread anew: who is due so soon starts along. */
const togetherMs = 4;
const stopPatienceMs = 1_500;
/** From the start of one run to the next at least, however many changes a collector hears of. */
const urgentGapMs = 200;

interface Lane {
  readonly collector: AnyCollector;
  cancelTimer: () => void;
  running: Promise<void> | null;
  /** The collector's promise outlived its time-out: not started again until it ends, or handles would pile up. */
  stuck: boolean;
  misses: number;
  lastOkAtMs: number | null;
  startedAtMs: number;
  /** When the timer fires. */
  dueAtMs: number;
  /** Something happened during the run under way: it may have missed it. */
  urgent: boolean;
}

/** Owns every collecting timer: no overlap per source, back-off without giving up, pause, and three cadences. */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  const lanes = new Map<SourceId, Lane>();
  for (const collector of deps.collectors) {
    lanes.set(collector.id, {
      collector,
      cancelTimer: () => undefined,
      running: null,
      stuck: false,
      misses: 0,
      lastOkAtMs: null,
      startedAtMs: Number.NEGATIVE_INFINITY,
      dueAtMs: Number.POSITIVE_INFINITY,
      urgent: false,
    });
  }
  let audience = deps.audience;
  let paused = false;
  let stopped = false;
  /** The beat: but for the first ones, every planned start is this plus a multiple of a source's cadence. */
  let beatAtMs = 0;
  const unsubscribes: (() => void)[] = [];

  function plan(lane: Lane, delayMs: number): void {
    lane.cancelTimer();
    lane.dueAtMs = Number.POSITIVE_INFINITY;
    if (paused || stopped) return;
    lane.dueAtMs = deps.clock.monotonicMs() + delayMs;
    lane.cancelTimer = deps.timers.after(delayMs, startDue);
  }

  function startDue(): void {
    const atMs = deps.clock.monotonicMs() + togetherMs;
    for (const lane of lanes.values()) if (lane.dueAtMs <= atMs) void run(lane);
  }

  function run(lane: Lane): Promise<void> {
    if (lane.running !== null) return lane.running;
    if (lane.stuck || stopped) return Promise.resolve();
    lane.cancelTimer();
    lane.dueAtMs = Number.POSITIVE_INFINITY;
    lane.startedAtMs = deps.clock.monotonicMs();
    lane.urgent = false;
    lane.running = runOnce(lane, lane.collector as Collector<SourceId>).finally(() => {
      lane.running = null;
    });
    return lane.running;
  }

  async function runOnce(lane: Lane, collector: Collector<SourceId>): Promise<void> {
    const { reading: promised, settled } = runCollector(collector, { ...deps, lastOkAtMs: lane.lastOkAtMs });
    lane.stuck = true;
    void settled.then(() => {
      lane.stuck = false;
    });
    const reading = await promised;
    lane.misses = reading.kind === 'ok' ? 0 : lane.misses + 1;
    lane.lastOkAtMs = reading.lastOkAtMs;
    if (stopped) return;
    deps.onReading(collector.id, reading);
    void settled.then(() => {
      const sinceBeatMs = deps.clock.monotonicMs() - beatAtMs;
      plan(lane, pauseAfterRun({ source: collector.id, everyMs: collector.everyMs, sinceBeatMs, audience, misses: lane.misses }));
      if (lane.urgent) hasten(lane);
    });
  }

  /** The next run as soon as the gap allows; a change heard of during a run asks for one after it. */
  function wake(lane: Lane): void {
    if (lane.running !== null || lane.stuck) lane.urgent = true;
    else hasten(lane);
  }

  function hasten(lane: Lane): void {
    const nowMs = deps.clock.monotonicMs();
    const atMs = Math.max(nowMs, lane.startedAtMs + urgentGapMs);
    if (lane.dueAtMs > atMs) plan(lane, atMs - nowMs);
  }

  function planAll(): void {
    beatAtMs = deps.clock.monotonicMs();
    for (const [index, lane] of [...lanes.values()].entries()) plan(lane, index * staggerMs);
  }

  return {
    start() {
      for (const lane of lanes.values()) {
        const unsubscribe = lane.collector.onUrgent?.(() => wake(lane));
        if (unsubscribe !== undefined) unsubscribes.push(unsubscribe);
      }
      planAll();
    },
    async refresh(source) {
      const lane = lanes.get(source);
      if (lane === undefined) return;
      lane.misses = 0;
      await run(lane);
    },
    setAudience(next) {
      const wakes = audience !== 'visible' && next === 'visible';
      audience = next;
      if (wakes) planAll();
    },
    pause() {
      paused = true;
      for (const lane of lanes.values()) lane.cancelTimer();
    },
    resume() {
      if (!paused) return;
      paused = false;
      planAll();
    },
    async stop() {
      stopped = true;
      for (const unsubscribe of unsubscribes) unsubscribe();
      for (const lane of lanes.values()) lane.cancelTimer();
      const running = [...lanes.values()].map((lane) => lane.running ?? Promise.resolve());
      let cancel = (): void => undefined;
      const patience = new Promise<void>((resolve) => {
        cancel = deps.timers.after(stopPatienceMs, resolve);
      });
      await Promise.race([Promise.all(running), patience]);
      cancel();
    },
  };
}
