/** One measured line of `npm run bench`: medians, beside a peer measured in the same run where there is one. */
export interface BenchRow {
  /** Row of the goals table: P12. */
  readonly id: string;
  readonly what: string;
  readonly ours: number;
  readonly unit: string;
  /** Null for an absolute goal. */
  readonly peer: { readonly name: string; readonly value: number } | null;
  /** With a peer: ours / theirs may be at most this; without: ours may be at most this. */
  readonly must: number;
  /** Conditions that explain the figure: counts, versions. */
  readonly note?: string;
}

/** What a *.bench.ts file exports. A part that cannot be measured here says so in a line and gives fewer rows. */
export type BenchRun = (say: (line: string) => void) => Promise<readonly BenchRow[]>;
