import { formatBytes } from '../../src-shared/format';
import type { Finding, Reason } from '../../src-shared/judgement';
import type { Level } from '../../src-shared/level';
import type { ContainerCrash, ContainerFacts } from '../../src-shared/snapshots';
import { type ContainerEnd, exitReasons, explainCalmEnd } from './container-exit';
import { isRecent } from './is-recent';
import { reason } from './reason';

/** What one aspect of a container means. */
export interface StateVerdict {
  readonly level: Level;
  /** The first says it, the others explain. */
  readonly reasons: readonly Reason[];
  /** Null when nobody needs to be told. */
  readonly finding: {
    /** All that is wrong with the runs of a container is one cause: what ends, restarts and loops is told once. */
    readonly cause: 'failed' | 'unhealthy' | 'dead';
    readonly level: Finding['level'];
    readonly sinceMs: number | null;
  } | null;
}

/** A failed container nobody touched for a day is history, not news: listed, but quiet. */
const newsMs = 24 * 3_600_000;
/** This many ends that nobody asked for within this time: it keeps crashing. */
const loopCrashes = 3;
const loopWindowMs = 600_000;
/** One that a person started again after its crashes is given this long to show that it runs now. */
const probationMs = 60_000;
const maxOutputLength = 160;

/** What the engine's state, its runs and its health mean; the worst first. */
export function judgeContainerState(facts: ContainerFacts, nowMs: number): readonly StateVerdict[] {
  switch (facts.state) {
    case 'running':
      return [judgeRuns(facts, nowMs), judgeHealth(facts)].filter((verdict) => verdict !== null);
    case 'restarting': {
      const runs = judgeRuns(facts, nowMs);
      if (runs !== null) return [runs];
      const why = reason('container-restarting', { count: facts.restartCount });
      return [{ level: 'warning', reasons: [why], finding: failed('warning', facts) }];
    }
    case 'paused':
      return [quiet('warning', 'container-paused')];
    case 'dead':
      return [
        {
          level: 'critical',
          reasons: [reason('container-dead')],
          finding: { cause: 'dead', level: 'critical', sinceMs: facts.finishedAtMs },
        },
      ];
    case 'exited':
      return [judgeEnd(facts, nowMs)];
    case 'created':
      return [judgeCreated(facts, nowMs)];
    case 'removing':
      return [{ level: 'inactive', reasons: [], finding: null }];
  }
}

/** Whether it keeps crashing, or did and was restarted; null when its runs are fine. */
function judgeRuns(facts: ContainerFacts, nowMs: number): StateVerdict | null {
  const { state, startedAtMs, restartCount } = facts;
  const crashes = facts.recentCrashes.filter(({ atMs }) => isRecent(atMs, nowMs, loopWindowMs));
  const startedWithin = (ms: number) => startedAtMs === null || isRecent(startedAtMs, nowMs, ms);
  const isRestarting = state === 'restarting';
  // The engine counts its own restarts since a person last started it: without any, that person has just tried again.
  const restartsItself = isRestarting || restartCount > 0;
  if (crashes.length >= loopCrashes && (restartsItself || startedWithin(probationMs))) {
    return { level: 'critical', reasons: loopReasons(facts, crashes), finding: failed('critical', facts) };
  }
  if (restartCount >= loopCrashes && (isRestarting || startedWithin(loopWindowMs))) {
    return { level: 'critical', reasons: [reason('container-crash-loop', { count: restartCount })], finding: failed('critical', facts) };
  }
  const [newest] = crashes;
  if (newest === undefined || !restartsItself) return null;
  const why = reason('container-crashed', { count: crashes.length, exitCode: newest.exitCode ?? '?' });
  return { level: 'warning', reasons: [why, ...exitReasons(endOf(newest, facts), limitOf(facts))], finding: failed('warning', facts) };
}

function loopReasons(facts: ContainerFacts, crashes: readonly ContainerCrash[]): readonly Reason[] {
  const [newest] = crashes;
  if (newest === undefined) return [];
  const outOfMemory = crashes.every(({ oomKilled }) => oomKilled);
  const values = { count: crashes.length, minutes: loopWindowMs / 60_000, exitCode: newest.exitCode ?? '?' };
  const first = reason(outOfMemory ? 'container-crash-loop-oom' : 'container-crash-loop-seen', values);
  return [first, ...exitReasons(endOf(newest, facts), limitOf(facts))];
}

function judgeHealth(facts: ContainerFacts): StateVerdict | null {
  if (facts.health !== 'unhealthy') return null;
  const output = facts.lastProbe === null ? '' : firstLine(facts.lastProbe.output);
  const why =
    facts.lastProbe === null || output === ''
      ? reason('container-unhealthy')
      : reason('container-unhealthy-output', { output, exitCode: facts.lastProbe.exitCode });
  return { level: 'critical', reasons: [why], finding: { cause: 'unhealthy', level: 'critical', sinceMs: null } };
}

function judgeEnd(facts: ContainerFacts, nowMs: number): StateVerdict {
  const end: ContainerEnd = facts;
  const calm = explainCalmEnd(end);
  const values = limitOf(facts);
  if (calm !== null) return { level: 'inactive', reasons: [reason(calm, { exitCode: facts.exitCode ?? '?' })], finding: null };
  const why = exitReasons(end, values);
  const isNews = facts.finishedAtMs === null || nowMs - facts.finishedAtMs < newsMs;
  if (!isNews) return { level: 'inactive', reasons: why, finding: null };
  const lastAtMs = facts.finishedAtMs ?? nowMs;
  const crashes = facts.recentCrashes.filter(({ atMs }) => lastAtMs - atMs < loopWindowMs);
  const gaveUp =
    facts.restartCount > 0 && crashes.length >= loopCrashes
      ? [reason('container-crash-loop-over', { count: crashes.length, exitCode: facts.exitCode ?? '?' })]
      : [];
  return { level: 'critical', reasons: [...gaveUp, ...why], finding: failed('critical', facts) };
}

/** Never started is calm; that the engine tried and could not is not. */
function judgeCreated(facts: ContainerFacts, nowMs: number): StateVerdict {
  const { exitCode } = facts;
  if (exitCode === null) return quiet('inactive', 'container-never-started');
  const [, ...remedy] = exitReasons(facts, limitOf(facts));
  const reasons = [reason('container-not-started', { exitCode }), ...remedy];
  const isNews = nowMs - facts.createdAtMs < newsMs;
  return isNews ? { level: 'warning', reasons, finding: failed('warning', facts) } : { level: 'inactive', reasons, finding: null };
}

function quiet(level: Level, rule: 'container-paused' | 'container-never-started'): StateVerdict {
  return { level, reasons: [reason(rule)], finding: null };
}

function failed(level: Finding['level'], facts: ContainerFacts): StateVerdict['finding'] {
  return { cause: 'failed', level, sinceMs: facts.recentCrashes[0]?.atMs ?? facts.finishedAtMs };
}

function endOf({ exitCode, oomKilled }: ContainerCrash, { memoryLimited }: ContainerFacts): ContainerEnd {
  return { exitCode, oomKilled, stopRequested: false, memoryLimited };
}

function limitOf({ memoryLimitBytes }: ContainerFacts): Reason['values'] {
  return { limit: formatBytes(memoryLimitBytes) };
}

function firstLine(output: string): string {
  const line = output.split('\n').find((one) => one.trim() !== '') ?? '';
  const text = line.trim();
  return text.length > maxOutputLength ? `${text.slice(0, maxOutputLength)}…` : text;
}
