import { formatBytes, formatPercent } from '../../../src-shared/format';
import { ratioOf } from '../thresholds';
import { minerMarker } from './miner';
import { evidenceWith, isGenuine, isUnexplained, type RiskFamily, type RiskRule } from './rule';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const busyLongMs = 10 * minuteMs;
const stuckMs = minuteMs;
const zombieLongMs = hourMs;
const orphanLongMs = hourMs;
const zombiesOfOneParent = 10;
const memoryShareRatio = 0.25;
const memoryLimitRatio = 0.9;
const growthPerHourRatio = 0.1;
const growthOverMs = 3 * hourMs;
const openFilesRatio = 0.8;
const restartsOfLoop = 5;

/** R10. Unknown means looked for and not found; a program that was not looked at is not unknown. */
const isBusyAndUnknown: RiskRule = (subject) => {
  const { process, context } = subject;
  if (process.busySinceMs === null || context.nowMs - process.busySinceMs < busyLongMs) return null;
  const values = { minutes: Math.floor((context.nowMs - process.busySinceMs) / minuteMs) };
  if (minerMarker(process) !== null) return { rule: 'risk-long-busy', axis: 'threat', points: 20, values };
  const isYoung = process.startedAtMs !== null && context.nowMs - process.startedAtMs < dayMs;
  const evidence = evidenceWith(process, 'package');
  if (!isYoung || !isUnexplained(subject) || process.exe === null || evidence === null || evidence.package !== null) return null;
  return { rule: 'risk-long-busy', axis: 'threat', points: 15, values, weak: true };
};

/** R25. A first thread that ended before the others shows Z too, while the program runs on in them. */
const isZombie: RiskRule = ({ process, context }) => {
  if (process.state !== 'Z' || process.threadCount > 1) return null;
  const count = context.zombieSiblingCount;
  const parent = context.parent?.name ?? '?';
  const heldMs = process.heldStateSinceMs === null ? 0 : context.nowMs - process.heldStateSinceMs;
  const lasting = count >= zombiesOfOneParent || heldMs >= zombieLongMs;
  return { rule: 'risk-zombie', axis: 'health', points: lasting ? 25 : 5, values: { parent, siblings: count } };
};

/** R26 */
const isStuck: RiskRule = ({ process, context }) => {
  if (process.state !== 'D' || process.heldStateSinceMs === null) return null;
  const heldMs = context.nowMs - process.heldStateSinceMs;
  if (heldMs < stuckMs) return null;
  return { rule: 'risk-stuck', axis: 'health', points: 25, values: { minutes: Math.floor(heldMs / minuteMs) } };
};

/** R27: of the machine. What holds memory by design is not blamed for it, and what these rights cannot see might be that. */
const holdsMuchMemory: RiskRule = (subject) => {
  const { process, context, entry } = subject;
  const share = ratioOf(process.pssBytes ?? process.rssBytes, context.memoryTotalBytes);
  if (share === null || share < memoryShareRatio || process.exe === null) return null;
  if (isGenuine(subject) && entry?.memory === 'large') return null;
  return { rule: 'risk-memory-share', axis: 'health', points: 20, values: { percent: formatPercent(share) } };
};

/** R27: of its container. */
const isNearMemoryLimit: RiskRule = ({ process, context }) => {
  const share = ratioOf(process.pssBytes ?? process.rssBytes, context.container?.memoryLimitBytes ?? null);
  if (share === null || share < memoryLimitRatio) return null;
  return { rule: 'risk-memory-limit', axis: 'health', points: 35, values: { percent: formatPercent(share) } };
};

/** R27: over time. */
const growsSteadily: RiskRule = ({ process }) => {
  const trend = process.memoryTrend;
  if (trend === null || trend.overMs < growthOverMs || process.rssBytes <= 0) return null;
  const perHour = trend.bytesPerHour / process.rssBytes;
  if (perHour < growthPerHourRatio) return null;
  const values = { perHour: formatBytes(trend.bytesPerHour), hours: Math.floor(trend.overMs / hourMs) };
  return { rule: 'risk-memory-growth', axis: 'health', points: 20, values };
};

/** R28 */
const isNearOpenFileLimit: RiskRule = ({ process }) => {
  const evidence = evidenceWith(process, 'open-files');
  const ratio = ratioOf(evidence?.openFileCount ?? null, evidence?.openFileLimit ?? null);
  if (evidence === null || ratio === null || ratio <= openFilesRatio) return null;
  const values = { count: evidence.openFileCount ?? 0, limit: evidence.openFileLimit ?? 0 };
  return { rule: 'risk-open-files', axis: 'health', points: 20, values };
};

/** R29 */
const isRestartedAgainAndAgain: RiskRule = ({ context }) => {
  const { unit, container } = context;
  const count = Math.max(unit?.recentStartCount ?? 0, container?.recentStartCount ?? 0);
  if (count < restartsOfLoop) return null;
  const what = (container?.recentStartCount ?? 0) >= count ? (container?.name ?? '?') : (unit?.unit ?? '?');
  return { rule: 'risk-restart-loop', axis: 'health', points: 30, values: { count, what } };
};

/** R30 */
const isLeftOver: RiskRule = (subject) => {
  const { process, context, entry } = subject;
  if (entry?.developerTool !== true || process.terminal !== null || process.container !== null || process.pod !== null) return null;
  const isOrphan = process.ppid === 1 || context.parent?.entry?.category === 'init';
  const isService = context.unit?.unit.endsWith('.service') === true && !context.unit.unit.startsWith('user@');
  const isOld = process.startedAtMs !== null && context.nowMs - process.startedAtMs >= orphanLongMs;
  if (!isOrphan || isService || !isOld) return null;
  return { rule: 'risk-orphan', axis: 'health', points: 10, values: { name: process.name } };
};

export const resource: RiskFamily = {
  name: 'resource',
  rules: [
    isBusyAndUnknown,
    isZombie,
    isStuck,
    holdsMuchMemory,
    isNearMemoryLimit,
    growsSteadily,
    isNearOpenFileLimit,
    isRestartedAgainAndAgain,
    isLeftOver,
  ],
};

/**
 * When what the rules say next changes by time alone; null: never, as long as the facts stay the same.
 * Ages and spells after which a rule begins or ceases to meet.
 */
export function nextTimeThresholdMs(
  { startedAtMs, busySinceMs, heldStateSinceMs, state }: Parameters<RiskRule>[0]['process'],
  nowMs: number,
): number | null {
  const moments = [
    startedAtMs === null ? null : startedAtMs + orphanLongMs,
    startedAtMs === null || busySinceMs === null ? null : startedAtMs + dayMs,
    busySinceMs === null ? null : nextOfSpell(busySinceMs, busyLongMs, nowMs),
    heldStateSinceMs === null || state !== 'Z' ? null : heldStateSinceMs + zombieLongMs,
    heldStateSinceMs === null || state !== 'D' ? null : nextOfSpell(heldStateSinceMs, stuckMs, nowMs),
  ].filter((moment) => moment !== null && moment > nowMs);
  return moments.length === 0 ? null : Math.min(...(moments as readonly number[]));
}

/** When a spell begins to count, and from then on each minute: the minutes stand in the sentence. */
function nextOfSpell(sinceMs: number, countsAfterMs: number, nowMs: number): number {
  const afterMs = Math.max(countsAfterMs, (Math.floor((nowMs - sinceMs) / minuteMs) + 1) * minuteMs);
  return sinceMs + afterMs;
}
