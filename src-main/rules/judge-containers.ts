import { formatBytes, formatPercent } from '../../src-shared/format';
import type { Finding, Reason } from '../../src-shared/judgement';
import { type Level, worstLevel } from '../../src-shared/level';
import type { Container, ContainerFacts, ContainersFacts } from '../../src-shared/snapshots';
import type { JudgeContext, Judgement } from './judgement';
import { type RuleId, reason } from './reason';
import { levelOfRatio, ratioOf } from './thresholds';

/** A failed container nobody touched for a day is history, not news: listed, but quiet. */
const newsMs = 24 * 3_600_000;
/** Restarted this often and started again this recently: it keeps crashing. */
const crashLoopRestarts = 3;
const crashLoopWindowMs = 600_000;
const memoryWarningRatio = 0.8;
const memoryCriticalRatio = 0.95;
const memoryHoldMs = 60_000;
/** 130 = SIGINT, 143 = SIGTERM: the usual ends of a container that was asked to stop. */
const politeExitCodes = new Set([0, 130, 143]);

interface StateVerdict {
  readonly level: Level;
  readonly reason: Reason | null;
  /** A finding's level; null when nobody needs to be told. */
  readonly finding: Finding['level'] | null;
}

/** State, health, memory and CPU of each container, and which of them failed without being asked to stop. */
export function judgeContainers(facts: ContainersFacts, context: JudgeContext): Judgement<'containers'> {
  const findings: Finding[] = [];
  const containers = facts.containers.map((container) => judgeContainer(container, context, findings));
  return { snapshot: { ...facts, containers, level: worstLevel(containers.map((container) => container.level)) }, findings };
}

function judgeContainer(facts: ContainerFacts, context: JudgeContext, findings: Finding[]): Container {
  const { thresholds, nowMs } = context;
  const cpuBusyRatio = ratioOf(facts.cpuCores, facts.cpuAvailableCores);
  const memoryUsedRatio = ratioOf(facts.memoryUsedBytes, facts.memoryLimitBytes);
  const cpuLevel = levelOfRatio(cpuBusyRatio, thresholds.cpuWarningRatio, thresholds.cpuCriticalRatio);
  const memoryLevel = facts.memoryLimited
    ? levelOfRatio(memoryUsedRatio, memoryWarningRatio, memoryCriticalRatio)
    : levelOfRatio(memoryUsedRatio, thresholds.memoryWarningRatio, thresholds.memoryCriticalRatio);
  const state = judgeState(facts, nowMs);
  const reasons: Reason[] = state.reason === null ? [] : [state.reason];

  const place = { section: 'containers', item: facts.id } as const;
  const common = { source: 'containers', subject: facts.name, place } as const;
  if (state.finding !== null && state.reason !== null) {
    const key = `containers/${facts.id}/${state.reason.rule}`;
    findings.push({ ...common, key, level: state.finding, reason: state.reason, holdMs: 0, sinceMs: facts.finishedAtMs });
  }
  if (facts.state === 'running' && facts.memoryLimited && (memoryLevel === 'warning' || memoryLevel === 'critical')) {
    const why = reason('container-memory-high', {
      percent: formatPercent(memoryUsedRatio),
      limit: formatBytes(facts.memoryLimitBytes),
    });
    reasons.push(why);
    const key = `containers/${facts.id}/memory`;
    findings.push({ ...common, key, level: memoryLevel, reason: why, holdMs: memoryHoldMs, sinceMs: null });
  }
  if (facts.state === 'running' && (cpuLevel === 'warning' || cpuLevel === 'critical')) {
    const cores = Math.round((facts.cpuAvailableCores ?? 0) * 100) / 100;
    reasons.push(reason('container-cpu-high', { percent: formatPercent(cpuBusyRatio), cores, count: cores }));
  }

  const figures = facts.state === 'running' ? [cpuLevel, memoryLevel].filter((level) => level !== 'unknown') : [];
  const level = figures.length === 0 ? state.level : worstLevel([state.level, ...figures]);
  return { ...facts, cpuBusyRatio, memoryUsedRatio, cpuHostRatio: null, memoryFullInSeconds: null, cpuLevel, memoryLevel, level, reasons };
}

/** What the engine's state, health and the end of the last run mean. */
function judgeState(facts: ContainerFacts, nowMs: number): StateVerdict {
  const restarts = { count: facts.restartCount };
  const startedRecently = facts.startedAtMs !== null && nowMs - facts.startedAtMs < crashLoopWindowMs;
  const crashLoop = facts.restartCount >= crashLoopRestarts && (startedRecently || facts.state === 'restarting');
  switch (facts.state) {
    case 'running':
      if (facts.health === 'unhealthy') return verdict('critical', 'container-unhealthy');
      if (crashLoop) return verdict('critical', 'container-crash-loop', restarts);
      return { level: 'ok', reason: null, finding: null };
    case 'restarting':
      return crashLoop ? verdict('critical', 'container-crash-loop', restarts) : verdict('warning', 'container-restarting', restarts);
    case 'paused':
      return { ...verdict('warning', 'container-paused'), finding: null };
    case 'dead':
      return verdict('critical', 'container-dead');
    case 'exited':
      return judgeExit(facts, nowMs);
    case 'created':
    case 'removing':
      return { level: 'inactive', reason: null, finding: null };
  }
}

function judgeExit(facts: ContainerFacts, nowMs: number): StateVerdict {
  const values = { exitCode: facts.exitCode ?? '?' };
  const isNews = facts.finishedAtMs === null || nowMs - facts.finishedAtMs < newsMs;
  const quiet = (rule: RuleId): StateVerdict => ({ level: 'inactive', reason: reason(rule, values), finding: null });
  if (facts.oomKilled) return isNews ? verdict('critical', 'container-oom-killed', values) : quiet('container-oom-killed');
  if (facts.stopRequested === true) return quiet('container-stopped');
  if (facts.exitCode === 0) return quiet('container-finished');
  if (facts.exitCode !== null && politeExitCodes.has(facts.exitCode)) return quiet('container-stopped');
  return isNews ? verdict('critical', 'container-exited', values) : quiet('container-exited');
}

function verdict(level: 'warning' | 'critical', rule: RuleId, values: Reason['values'] = {}): StateVerdict {
  return { level, reason: reason(rule, values), finding: level };
}
