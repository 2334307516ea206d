import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { MinuteCounts } from './minute-counts';

/** What was counted of one source since the start. */
export interface OriginCounts {
  readonly key: string;
  readonly lineCount: number;
  /** Entries that are an error or worse. */
  readonly matchedCount: number;
  readonly cutCount: number;
  /** Not kept because a rule of the person says so. */
  readonly leftOutCount: number;
  readonly lastLineAtMs: number | null;
  /** In each of the last 30 minutes, oldest first; empty: none. */
  readonly errorsPerMinute: readonly number[];
}

const countedMinutes = 30;
/** Those silent for longest are forgotten first. */
const maxOrigins = 5_000;
/** At once: to look for the oldest at each new source would be most of what it costs when ten thousand files are met. */
const forgottenAtOnce = 500;

interface Counts {
  lineCount: number;
  matchedCount: number;
  cutCount: number;
  leftOutCount: number;
  lastLineAtMs: number | null;
  errors: MinuteCounts | null;
  /** Of the last change; a digest tells only what changed. */
  version: number;
}

/** Counts by source; the one with the newest line comes last. */
export class OriginBook {
  private readonly counts = new Map<string, Counts>();
  private readonly origins = new Map<string, LogOrigin>();

  /** `describe` is called for each source at its first line, and when something about it changes. */
  constructor(private readonly describe: (origin: LogOrigin) => void) {}

  /** `count` lines, the newest of which is of `atMs`. */
  countLine(origin: LogOrigin, atMs: number, isCut: boolean, version: number, count = 1): void {
    this.meet(origin);
    let counts = this.counts.get(origin.key);
    if (counts === undefined) {
      counts = { lineCount: 0, matchedCount: 0, cutCount: 0, leftOutCount: 0, lastLineAtMs: null, errors: null, version };
      this.counts.set(origin.key, counts);
      if (this.counts.size > maxOrigins) this.forgetOldest(origin.key);
    }
    counts.lineCount += count;
    if (isCut) counts.cutCount += 1;
    counts.lastLineAtMs = Math.max(counts.lastLineAtMs ?? 0, atMs);
    counts.version = version;
  }

  countError(origin: LogOrigin, atMs: number, nowMs: number): void {
    const counts = this.counts.get(origin.key);
    if (counts === undefined) return;
    counts.matchedCount += 1;
    counts.errors ??= new MinuteCounts(countedMinutes);
    counts.errors.add(atMs, nowMs);
  }

  countLeftOut(origin: LogOrigin): void {
    const counts = this.counts.get(origin.key);
    if (counts !== undefined) counts.leftOutCount += 1;
  }

  /** Those that changed after `version`, or whose errors are still within the half hour that is told. */
  read(version: number, nowMs: number): readonly OriginCounts[] {
    const read: OriginCounts[] = [];
    for (const [key, counts] of this.counts) {
      if (counts.version <= version && counts.errors === null) continue;
      const told = this.countsOf(key, nowMs);
      if (told !== null) read.push(told);
    }
    return read;
  }

  countsOf(key: string, nowMs: number): OriginCounts | null {
    const counts = this.counts.get(key);
    if (counts === undefined) return null;
    const { errors, version, ...rest } = counts;
    return { key, ...rest, errorsPerMinute: errors?.read(nowMs) ?? [] };
  }

  /** Null: of none, or no line was counted. */
  lastLineAtMs(key: string): number | null {
    return this.counts.get(key)?.lastLineAtMs ?? null;
  }

  private meet(origin: LogOrigin): void {
    const known = this.origins.get(origin.key);
    if (known === origin || (known !== undefined && known.name === origin.name && known.kind === origin.kind)) return;
    this.origins.set(origin.key, origin);
    this.describe(origin);
  }

  private forgetOldest(except: string): void {
    const times = Float64Array.from(this.counts.values(), ({ lastLineAtMs }) => lastLineAtMs ?? 0).sort();
    const notAfterMs = times[forgottenAtOnce - 1] ?? 0;
    let left = forgottenAtOnce;
    this.counts.forEach(({ lastLineAtMs }, key) => {
      if (left === 0 || key === except || (lastLineAtMs ?? 0) > notAfterMs) return;
      this.counts.delete(key);
      left -= 1;
    });
  }
}
