import type { ProcessFacts } from '../../../src-shared/snapshots/processes';
import { deriveSteadySlope, type GrowthBar, type MemorySample } from '../steady-growth';

export type ProcessMemoryTrend = NonNullable<ProcessFacts['memoryTrend']>;

/** Memory of one process over the last hours; changed in place by `rememberMemory`, so that thousands cost nothing. */
export interface MemoryHistory {
  /** One for each stretch that is over: the least memory seen in it, which a collector's saw does not move. */
  readonly stretches: MemorySample[];
  stretchStartedMs: number;
  lowestBytes: number;
  nextLookMs: number;
  /** The same object until it is derived anew. */
  trend: ProcessMemoryTrend | null;
}

const lookEveryMs = 60_000;
const stretchMs = 300_000;
/** Three hours. */
const maxStretches = 36;
/** No look for this long: the machine slept, and what was before is another story. */
const gapMs = 600_000;
/** An hour, and more than a buffer that is filled once. */
const bar: GrowthBar = { leastSamples: 12, noiseBytes: 8 * 1024 * 1024, noiseRatio: 1 / 50 };

/** `pid` spreads the work: processes that started together are not all looked at in the same sample. */
export function startMemoryHistory(pid: number, bytes: number, nowMs: number): MemoryHistory {
  const spread = (pid % 60) / 60;
  return { stretches: [], stretchStartedMs: nowMs, lowestBytes: bytes, nextLookMs: nowMs + lookEveryMs * (0.5 + spread / 2), trend: null };
}

/** Takes one reading, at most one a minute; `nowMs` is monotonic. Gives the trend as of now. */
export function rememberMemory(history: MemoryHistory, bytes: number, nowMs: number): ProcessMemoryTrend | null {
  if (nowMs < history.nextLookMs) return history.trend;
  const late = nowMs - history.nextLookMs;
  history.nextLookMs = nowMs + lookEveryMs;
  if (late > gapMs) {
    history.stretches.length = 0;
    history.stretchStartedMs = nowMs;
    history.lowestBytes = bytes;
    history.trend = null;
    return null;
  }
  history.lowestBytes = Math.min(history.lowestBytes, bytes);
  if (nowMs - history.stretchStartedMs < stretchMs) return history.trend;
  history.stretches.push({ atMs: nowMs, bytes: history.lowestBytes });
  if (history.stretches.length > maxStretches) history.stretches.shift();
  history.stretchStartedMs = nowMs;
  history.lowestBytes = bytes;
  history.trend = deriveTrend(history.stretches);
  return history.trend;
}

/** Null: not growing, not steadily, or watched for less than an hour. */
function deriveTrend(stretches: readonly MemorySample[]): ProcessMemoryTrend | null {
  const slope = deriveSteadySlope(stretches, bar);
  const [first] = stretches;
  const last = stretches.at(-1);
  if (slope === null || slope <= 0 || first === undefined || last === undefined) return null;
  return { bytesPerHour: Math.round(slope * 3_600_000), overMs: Math.round(last.atMs - first.atMs + stretchMs) };
}
