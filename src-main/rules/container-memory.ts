import { formatBytes, formatBytesPerSecond, formatPercent } from '../../src-shared/format';
import type { Finding, Reason } from '../../src-shared/judgement';
import type { Level } from '../../src-shared/level';
import type { ContainerFacts } from '../../src-shared/snapshots';
import { reason } from './reason';
import { levelOfRatio, ratioOf } from './thresholds';

const warningRatio = 0.8;
const criticalRatio = 0.95;
const highHoldMs = 60_000;
/** Full sooner than this is worth a word; a steady slope can turn, so it must say so for a while. */
const nearSeconds = 600;
const nearHoldMs = 30_000;
/** What uses less than half may fill it in ten minutes and stop there: caches and heaps do. */
const nearRatio = 0.5;
/** Beyond this a slope of five minutes says nothing. */
const farthestSeconds = 30 * 86_400;

export interface MemoryVerdict {
  readonly usedRatio: number | null;
  readonly level: Level;
  /** At its present growth; null without a limit of its own, a steady growth, or an end in sight. */
  readonly fullInSeconds: number | null;
  readonly reason: Reason | null;
  readonly finding: { readonly level: Finding['level']; readonly holdMs: number } | null;
}

/** Memory against its limit, now and as it goes on; `hostRatios` judge a container without a limit of its own. */
export function judgeContainerMemory(
  facts: ContainerFacts,
  hostRatios: { readonly warning: number; readonly critical: number },
): MemoryVerdict {
  const usedRatio = ratioOf(facts.memoryUsedBytes, facts.memoryLimitBytes);
  const level = facts.memoryLimited
    ? levelOfRatio(usedRatio, warningRatio, criticalRatio)
    : levelOfRatio(usedRatio, hostRatios.warning, hostRatios.critical);
  const fullInSeconds = forecastFull(facts);
  const calm: MemoryVerdict = { usedRatio, level, fullInSeconds, reason: null, finding: null };
  if (facts.state !== 'running' || !facts.memoryLimited) return calm;
  const isNear = fullInSeconds !== null && fullInSeconds < nearSeconds && usedRatio !== null && usedRatio >= nearRatio;
  if (isNear && level !== 'critical') {
    const minutes = Math.max(1, Math.round(fullInSeconds / 60));
    const why = reason('container-memory-forecast', {
      count: minutes,
      rate: formatBytesPerSecond(facts.memoryGrowthBytesPerSecond),
      limit: formatBytes(facts.memoryLimitBytes),
    });
    return { ...calm, level: 'warning', reason: why, finding: { level: 'warning', holdMs: nearHoldMs } };
  }
  if (level !== 'warning' && level !== 'critical') return calm;
  const why = reason('container-memory-high', { percent: formatPercent(usedRatio), limit: formatBytes(facts.memoryLimitBytes) });
  return { ...calm, reason: why, finding: { level, holdMs: highHoldMs } };
}

/** Seconds until its own limit is reached. */
export function forecastFull(facts: ContainerFacts): number | null {
  const { memoryLimited, memoryUsedBytes, memoryLimitBytes, memoryGrowthBytesPerSecond: growth } = facts;
  if (!memoryLimited || memoryUsedBytes === null || memoryLimitBytes === null || growth === null || growth <= 0) return null;
  const seconds = Math.max(0, memoryLimitBytes - memoryUsedBytes) / growth;
  return seconds <= farthestSeconds ? seconds : null;
}
