import type { TrafficFilter } from '../../../src-shared/contract';
import type { Sentence } from '../../../src-shared/sentence';
import type { DetectedFormat } from '../../../src-shared/traffic/log-format';
import type { Clock, Timers } from '../../platform/clock';
import type { RememberedTraffic } from '../aggregate/remembered-traffic';
import type { LogReader } from '../follow/log-reader';
import type { LineParser } from '../parse/line-fields';
import type { FigureContext } from '../report/traffic-figures';
import { type ToldTraffic, tellTraffic, windowTraffic } from '../report/window-report';
import type { RunState } from './files-run';
import type { DeskAnswer } from './traffic-desk';

/** The first figures come so soon, later ones in this distance: longer where making them takes long. */
const firstFiguresMs = 250;
const nextFiguresMs = 500;
const restPerCost = 4;
/** How long a question for newer figures waits for them. */
const newerWithinMs = 10_000;
const keptAnswers = 3;

const noFormat: DetectedFormat = { id: 'common', words: 'none', fitRatio: 0, timeUnit: null, timeEvidence: null };
const noParser: LineParser = { parse: () => false };

/** What reads for a session. */
export interface SessionRun {
  readonly state: RunState;
  readonly problem: Sentence | null;
  readonly readBytes: number;
  readonly totalBytes: number | null;
  readonly reader: LogReader | null;
  start(): void;
  cancel(): void;
  close(): Promise<void>;
}

export interface LogSessionDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly traffic: RememberedTraffic;
  /** Names of what is read, for titles. */
  readonly title: string;
  readonly hash: (secret: string) => string;
  readonly createRun: (onChange: () => void) => SessionRun;
}

/** One opened log: reads it, and tells its figures to whoever asks, in revisions. */
export class LogSession {
  revision = 0;
  private readonly run: SessionRun;
  private readonly told = new Map<string, { readonly revision: number; readonly told: ToldTraffic }>();
  private readonly waiting = new Set<() => void>();
  private cancelPublish: (() => void) | null = null;
  private publishedAtMs: number;
  private publishedState: RunState = 'reading';
  private costMs = 0;
  private closed = false;

  constructor(private readonly deps: LogSessionDeps) {
    this.publishedAtMs = deps.clock.monotonicMs();
    this.run = deps.createRun(() => this.change());
  }

  get title(): string {
    return this.deps.title;
  }

  get traffic(): RememberedTraffic {
    return this.deps.traffic;
  }

  start(): void {
    this.run.start();
  }

  /** As `traffic.figures` of the contract. */
  async figures(filter: TrafficFilter, after: number | null, signal?: AbortSignal): Promise<DeskAnswer> {
    const endMs = this.deps.clock.monotonicMs() + newerWithinMs;
    for (;;) {
      const leftMs = endMs - this.deps.clock.monotonicMs();
      if (this.revision > (after ?? 0) || leftMs <= 0 || this.closed || signal?.aborted === true) return this.answer(filter, after);
      await this.news(leftMs, signal);
    }
  }

  /** All that is said of it under a filter. */
  tell(filter: TrafficFilter): ToldTraffic {
    const key = JSON.stringify(filter);
    const known = this.told.get(key);
    if (known?.revision === this.revision) return known.told;
    const startedMs = this.deps.clock.monotonicMs();
    const told = tellTraffic(this.deps.traffic, filter, this.context());
    this.costMs = this.deps.clock.monotonicMs() - startedMs;
    this.told.delete(key);
    this.told.set(key, { revision: this.revision, told });
    for (const old of [...this.told.keys()].slice(0, -keptAnswers)) this.told.delete(old);
    return told;
  }

  private context(): FigureContext {
    const reader = this.run.reader;
    return { format: reader?.format?.detected ?? noFormat, parser: reader?.parser ?? noParser, hash: this.deps.hash };
  }

  cancel(): boolean {
    if (this.run.state !== 'reading' && this.run.state !== 'following') return false;
    this.run.cancel();
    return true;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.cancelPublish?.();
    this.wake();
    await this.run.close();
  }

  private answer(filter: TrafficFilter, after: number | null): DeskAnswer {
    const { state, problem, readBytes, totalBytes } = this.run;
    const { requests, malformedCount } = this.deps.traffic.aggregate;
    const hasFigures = this.revision > (after ?? 0) && requests + malformedCount > 0 && this.run.reader !== null;
    const report = hasFigures ? windowTraffic(this.tell(filter)) : null;
    return { revision: this.revision, state, problem, readBytes, totalBytes, report };
  }

  private change(): void {
    if (this.closed) return;
    if (this.run.state !== this.publishedState) {
      this.publish();
      return;
    }
    if (this.cancelPublish !== null) return;
    const distanceMs = this.revision === 0 ? firstFiguresMs : Math.max(nextFiguresMs, this.costMs * restPerCost);
    const dueMs = this.publishedAtMs + distanceMs - this.deps.clock.monotonicMs();
    if (dueMs <= 0) this.publish();
    else this.cancelPublish = this.deps.timers.after(dueMs, () => this.publish());
  }

  private publish(): void {
    this.cancelPublish?.();
    this.cancelPublish = null;
    this.publishedState = this.run.state;
    this.publishedAtMs = this.deps.clock.monotonicMs();
    this.revision += 1;
    this.wake();
  }

  private wake(): void {
    const all = [...this.waiting];
    this.waiting.clear();
    for (const call of all) call();
  }

  /** Until something is published, or the time is over. */
  private news(withinMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        this.waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.deps.timers.after(withinMs, done);
      this.waiting.add(done);
      signal?.addEventListener('abort', done, { once: true });
    });
  }
}
