import { formatBytes, formatPercent } from '../../src-shared/format';
import type { Finding, Reason } from '../../src-shared/judgement';
import { type Level, worstLevel } from '../../src-shared/level';
import type { Pod, PodContainer, PodFacts, PodsFacts } from '../../src-shared/snapshots';
import type { JudgeContext, Judgement } from './judgement';
import { judgePodState } from './pod-state';
import { reason } from './reason';
import { levelOfRatio, ratioOf } from './thresholds';

const memoryWarningRatio = 0.8;
const memoryCriticalRatio = 0.95;
/** Figures come every 15 s: high for four of them. */
const memoryHoldMs = 60_000;
/** A watch that is back within this time was a hiccup of the network. */
const clusterHoldMs = 10_000;

/** What the state of each pod means, and whether the cluster itself is still there. */
export function judgePods(facts: PodsFacts, context: JudgeContext): Judgement<'pods'> {
  const findings: Finding[] = [];
  if (facts.broken !== null) {
    findings.push({
      key: 'pods/cluster',
      source: 'pods',
      subject: facts.context,
      level: 'warning',
      reason: reason('cluster-lost', { detail: facts.broken.detail }),
      holdMs: clusterHoldMs,
      place: { section: 'pods' },
      sinceMs: null,
    });
  }
  const pods = facts.pods.map((pod) => judgePod(pod, facts.namespace === null, context, findings));
  const clusterLevel: Level = facts.broken === null ? 'ok' : 'warning';
  return { snapshot: { ...facts, pods, level: worstLevel([clusterLevel, ...pods.map(({ level }) => level)]) }, findings };
}

function judgePod(facts: PodFacts, severalNamespaces: boolean, context: JudgeContext, findings: Finding[]): Pod {
  const state = judgePodState(facts, context.nowMs);
  const reasons: Reason[] = [...state.reasons];
  const levels: Level[] = [state.level];
  const subject = severalNamespaces ? `${facts.namespace}/${facts.name}` : facts.name;
  const common = { source: 'pods', subject, place: { section: 'pods', item: facts.uid } } as const;
  const [first] = state.reasons;
  if (state.finding !== null && first !== undefined) {
    const { cause, level, holdMs, sinceMs } = state.finding;
    findings.push({ ...common, key: `pods/${facts.uid}/${cause}`, level, reason: first, holdMs, sinceMs });
  }
  const memory = fullest(facts.containers, ({ memoryBytes, memoryLimitBytes }) => ratioOf(memoryBytes, memoryLimitBytes));
  if (memory !== null) {
    const level = levelOfRatio(memory.ratio, memoryWarningRatio, memoryCriticalRatio);
    levels.push(level);
    if (level === 'warning' || level === 'critical') {
      const { name: container, memoryLimitBytes } = memory.container;
      const why = reason('pod-memory-high', { container, percent: formatPercent(memory.ratio), limit: formatBytes(memoryLimitBytes) });
      reasons.push(why);
      findings.push({ ...common, key: `pods/${facts.uid}/memory`, level, reason: why, holdMs: memoryHoldMs, sinceMs: null });
    }
  }
  const cpu = fullest(facts.containers, ({ cpuCores, cpuLimitCores }) => ratioOf(cpuCores, cpuLimitCores));
  if (cpu !== null) {
    const level = levelOfRatio(cpu.ratio, context.thresholds.cpuWarningRatio, context.thresholds.cpuCriticalRatio);
    // At its limit a container is slowed down, not stopped: worth a word, never red by itself.
    levels.push(level === 'critical' ? 'warning' : level);
    if (level === 'warning' || level === 'critical') reasons.push(cpuReason(cpu));
  }
  return {
    ...facts,
    cpuRatio: ratioOf(facts.cpuCores, facts.cpuLimitCores),
    memoryRatio: ratioOf(facts.memoryBytes, facts.memoryLimitBytes),
    level: levels.every((level) => level === 'ok' || level === state.level) ? state.level : worstLevel(levels),
    reasons,
  };
}

function cpuReason({ container, ratio }: Fullest): Reason {
  const cores = Math.round((container.cpuLimitCores ?? 0) * 100) / 100;
  return reason('pod-cpu-high', { container: container.name, percent: formatPercent(ratio), cores, count: cores });
}

interface Fullest {
  readonly container: PodContainer;
  readonly ratio: number;
}

/** The running container nearest to its limit: the kernel ends or slows containers, not pods. Null when none has a limit. */
function fullest(containers: readonly PodContainer[], ratioOfContainer: (container: PodContainer) => number | null): Fullest | null {
  let found: Fullest | null = null;
  for (const container of containers) {
    const ratio = container.state === 'running' ? ratioOfContainer(container) : null;
    if (ratio !== null && ratio > (found?.ratio ?? -1)) found = { container, ratio };
  }
  return found;
}
