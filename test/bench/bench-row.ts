/** One line of `npm run bench`: what we cost beside a peer measured in the same run, or against an absolute goal. */
export interface BenchRow {
  /** Row of the goals, with a suffix where it has several: P4-300-ps. */
  readonly id: string;
  readonly what: string;
  readonly ours: number;
  /** Null for an absolute goal. */
  readonly peer: number | null;
  readonly peerName: string | null;
  readonly unit: string;
  /** ours / peer; null without a peer. */
  readonly ratio: number | null;
  /** The ratio must not be above this; without a peer `ours` must not. */
  readonly must: number;
  /** Conditions that explain the figure: counts, versions. */
  readonly note?: string;
}

/** What a *.bench.ts file exports as `run`. A part that cannot be measured here says so and gives fewer rows. */
export type BenchRun = (say: (line: string) => void) => Promise<readonly BenchRow[]>;

/** A row beside a peer. */
export function benchRow(row: {
  readonly id: string;
  readonly what: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly unit: string;
  readonly must: number;
  readonly note?: string;
}): BenchRow {
  return { ...row, ratio: row.ours / row.peer };
}

/** A row against an absolute goal. */
export function absoluteRow(row: Pick<BenchRow, 'id' | 'what' | 'ours' | 'unit' | 'must' | 'note'>): BenchRow {
  return { ...row, peer: null, peerName: null, ratio: null };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
