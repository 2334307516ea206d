import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { allTraffic, type TrafficFilter } from '../../src-shared/contract';
import type { Settings } from '../../src-shared/settings';
import type { Clock, Timers } from '../platform/clock';
import { type DeskAnswer, DeskRefusal, type TrafficDesk } from '../traffic/desk/traffic-desk';
import { lastStretch, type ReportStretch } from './report-stretch';
import { withHome } from './traffic-sources';

export type TimedReport = Settings['traffic']['reports'][number];

/** `log`: what the report is of. `incomplete`: it was written, without what could not be read. */
export interface ReportProblem {
  readonly kind: 'not-written' | 'incomplete';
  readonly log: string;
  readonly detail: string;
}

export interface TimedReportsDeps {
  readonly desk: Pick<TrafficDesk, 'ask'>;
  readonly clock: Clock;
  /** None of them keeps the process alive. */
  readonly timers: Timers;
  readonly home: string;
  readonly reports: () => readonly TimedReport[];
  readonly onProblem: (problem: ReportProblem) => void;
}

export interface TimedReports {
  /** To be called at the start and when the settings change; without reports there is no timer. */
  look(): void;
  /** Settles when nothing is being written any more. */
  settled(): Promise<void>;
  stop(): void;
}

interface Done {
  readonly stretch: ReportStretch;
  /** Null: it was there already, or could not be written. */
  readonly file: string | null;
}

/** Lines of a stretch's last moments are still on their way when it ends. */
const graceMs = 10_000;
/** The clock may be set, and the machine may sleep: it is looked at this often at least. */
const lookEveryMs = 10 * 60_000;
/** A start has other things to do first. */
const firstLookMs = 20_000;
const keptPerReport = 30;
const readWithinMs = 15 * 60_000;
const endings: Readonly<Record<TimedReport['as'], string>> = { markdown: 'md', html: 'html', json: 'json', csv: 'csv' };

/**
 * Reports that are written at the end of each hour, day or week. Of stretches that ended while LogScope was off the newest is written; one
 * whose file is there is not written again.
 */
export function createTimedReports(deps: TimedReportsDeps): TimedReports {
  const { clock, timers, desk } = deps;
  /** The stretch of each report that was written or given up last. */
  const done = new Map<string, Done>();
  let cancel: (() => void) | null = null;
  let working: Promise<void> = Promise.resolve();
  let stopped = false;

  function plan(afterMs: number): void {
    cancel?.();
    cancel = timers.after(afterMs, () => {
      cancel = null;
      working = working.then(writeDue).then(planNext);
    });
  }

  function planNext(): void {
    if (stopped || deps.reports().length === 0) return;
    const hour = 3_600_000;
    // The end of an hour is the end of every stretch, in zones of whole and of half hours.
    const nextMs = Math.floor(clock.nowMs() / (hour / 4) + 1) * (hour / 4) + graceMs;
    plan(Math.min(nextMs - clock.nowMs(), lookEveryMs));
  }

  async function writeDue(): Promise<void> {
    for (const report of deps.reports()) {
      if (stopped) return;
      const stretch = lastStretch(report.every, clock.nowMs() - graceMs + 1_000);
      const key = keyOf(report);
      const before = done.get(key);
      if (before?.stretch.name === stretch.name) continue;
      done.set(key, { stretch, file: null });
      try {
        if (before !== undefined) await takeBack(before);
        done.set(key, { stretch, file: await writeReport(report, stretch) });
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        // What is broken off by the end of LogScope is written at its next start.
        if (stopped) return;
        // Told, and tried again with the next stretch: nobody may be there to mend it now.
        deps.onProblem({ kind: 'not-written', log: logOf(report), detail: error.message });
      }
    }
  }

  /** The clock ran ahead and was set right: a stretch that is not over yet was written without its rest, and the file is in the way. */
  async function takeBack({ stretch, file }: Done): Promise<void> {
    if (file !== null && stretch.toMs > clock.nowMs()) await rm(file, { force: true });
  }

  /** Gives the file; null: it was there already. */
  async function writeReport(report: TimedReport, stretch: ReportStretch): Promise<string | null> {
    const folder = withHome(report.folder, deps.home);
    const prefix = prefixOf(report);
    const file = join(folder, `${prefix}${stretch.name}.${endings[report.as]}`);
    if (await isThere(file)) return null;
    const { text, problem } = await readStretch(report, stretch);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = `${file}.new`;
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, file);
    await dropOld(folder, prefix);
    if (problem !== null) deps.onProblem({ kind: 'incomplete', log: logOf(report), detail: problem.text });
    return file;
  }

  async function readStretch(report: TimedReport, { fromMs, toMs }: ReportStretch) {
    const filter: TrafficFilter = { ...allTraffic, fromMs, toMs };
    const patterns = report.paths.map((path) => withHome(path, deps.home));
    const { session } = await desk.ask('open', { input: { kind: 'files', patterns }, format: report.format });
    try {
      const endMs = clock.monotonicMs() + readWithinMs;
      let answer: DeskAnswer = await desk.ask('figures', { session, filter, after: null });
      while (answer.state === 'reading') {
        if (clock.monotonicMs() > endMs) throw new DeskRefusal('bad-input', 'Reading it took longer than a quarter of an hour.');
        answer = await desk.ask('figures', { session, filter, after: answer.revision });
      }
      if (answer.state === 'failed' || answer.state === 'cancelled')
        throw new DeskRefusal('bad-input', answer.problem?.text ?? 'It was not read to its end.');
      const { text } = await desk.ask('export', { session, filter, format: report.as });
      return { text, problem: answer.problem };
    } finally {
      await desk.ask('close', { session });
    }
  }

  return {
    look() {
      if (deps.reports().length > 0) plan(firstLookMs);
      else cancel?.();
    },
    settled: () => working,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

function logOf({ paths }: TimedReport): string {
  return basename(paths[0] ?? '');
}

function keyOf(report: TimedReport): string {
  return JSON.stringify(report);
}

/** The name of the log, and what tells reports of the same name apart. */
export function prefixOf(report: TimedReport): string {
  const name = basename(report.paths[0] ?? 'log').replace(/[^A-Za-z0-9_.-]+/g, '_');
  const { paths, format, every, as } = report;
  const mark = createHash('sha256')
    .update(JSON.stringify([paths, format, every, as]))
    .digest('hex')
    .slice(0, 6);
  return `${name.slice(0, 80)}-${mark}-${every}-`;
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return false;
    throw error;
  }
}

/** Names rise with time. */
async function dropOld(folder: string, prefix: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix) && !name.endsWith('.new')).sort();
  for (const name of names.slice(0, -keptPerReport)) await rm(join(folder, name), { force: true });
}
