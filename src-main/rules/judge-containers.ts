import { formatPercent } from '../../src-shared/format';
import type { Finding, Reason } from '../../src-shared/judgement';
import { worstLevel } from '../../src-shared/level';
import type { Container, ContainerFacts, ContainersFacts, NewerThing } from '../../src-shared/snapshots';
import { judgeContainerMemory } from './container-memory';
import { judgeContainerState } from './container-state';
import { judgeEngines } from './judge-engines';
import type { JudgeContext, Judgement } from './judgement';
import { reason } from './reason';
import { levelOfRatio, ratioOf } from './thresholds';

/** State, runs, health, memory and CPU of each container, and which of them failed without being asked to stop. */
export function judgeContainers(facts: ContainersFacts, context: JudgeContext): Judgement<'containers'> {
  const findings: Finding[] = [...judgeEngines(facts.engines, context)];
  const coreCounts = new Map(facts.engines.map(({ id, coreCount }) => [id, coreCount]));
  const containers = facts.containers.map((container) =>
    judgeContainer(container, coreCounts.get(container.engineId) ?? null, context, findings),
  );
  return { snapshot: { ...facts, containers, level: worstLevel(containers.map((container) => container.level)) }, findings };
}

function judgeContainer(
  facts: ContainerFacts,
  hostCores: number | null,
  { thresholds, nowMs }: JudgeContext,
  findings: Finding[],
): Container {
  const isRunning = facts.state === 'running';
  const cpuBusyRatio = ratioOf(facts.cpuCores, facts.cpuAvailableCores);
  const cpuLevel = levelOfRatio(cpuBusyRatio, thresholds.cpuWarningRatio, thresholds.cpuCriticalRatio);
  const memory = judgeContainerMemory(facts, { warning: thresholds.memoryWarningRatio, critical: thresholds.memoryCriticalRatio });
  const states = judgeContainerState(facts, nowMs);
  const reasons: Reason[] = states.flatMap((state) => state.reasons);

  const common = { source: 'containers', subject: facts.name, place: { section: 'containers', item: facts.id } } as const;
  for (const { finding, reasons: why } of states) {
    const [first] = why;
    if (finding === null || first === undefined) continue;
    const { cause, level, sinceMs } = finding;
    findings.push({ ...common, key: `containers/${facts.id}/${cause}`, level, reason: first, holdMs: 0, sinceMs });
  }
  if (memory.reason !== null) reasons.push(memory.reason);
  if (memory.finding !== null && memory.reason !== null) {
    const { level, holdMs } = memory.finding;
    findings.push({ ...common, key: `containers/${facts.id}/memory`, level, reason: memory.reason, holdMs, sinceMs: null });
  }
  if (isRunning && (cpuLevel === 'warning' || cpuLevel === 'critical')) {
    const cores = Math.round((facts.cpuAvailableCores ?? 0) * 100) / 100;
    reasons.push(reason('container-cpu-high', { percent: formatPercent(cpuBusyRatio), cores, count: cores }));
  }
  reasons.push(...facts.newerThings.map(newerReason));

  const stateLevels = states.map((state) => state.level);
  const figureLevels = isRunning ? [cpuLevel, memory.level].filter((level) => level !== 'unknown') : [];
  const [only] = stateLevels;
  // What is new stands before the spread: behind it V8 (Node 20) adds property by property, 20 µs a container instead of 1.
  return {
    cpuBusyRatio,
    memoryUsedRatio: memory.usedRatio,
    cpuHostRatio: ratioOf(facts.cpuCores, hostCores),
    memoryFullInSeconds: memory.fullInSeconds,
    cpuLevel,
    memoryLevel: memory.level,
    // One level alone stands as it is: "inactive" and "ok" weigh the same.
    level:
      stateLevels.length === 1 && figureLevels.length === 0 && only !== undefined ? only : worstLevel([...stateLevels, ...figureLevels]),
    reasons,
    ...facts,
  };
}

/** A note beside the state, never an alert: why a change may not be there yet. */
function newerReason({ kind, name }: NewerThing): Reason {
  switch (kind) {
    case 'image':
      return reason('container-newer-image', { name });
    case 'compose-file':
      return reason('container-newer-compose', { name });
    case 'mounted-file':
      return reason('container-newer-file', { name });
  }
}
