/** Lines that say the same with other values. Everything in it but the id came from outside. */
export interface LogPattern {
  /** Stays as the pattern takes in more lines and its template widens; made from the first line's shape, so the same in another run. */
  readonly id: string;
  /** What the lines have in common; `<*>` or a typed mask such as `<ip>` where they differ. Empty for empty lines. */
  readonly template: string;
  readonly count: number;
  /** Null: no line told when. */
  readonly firstSeenAtMs: number | null;
  readonly lastSeenAtMs: number | null;
  /** The first few sources that wrote it, sorted. */
  readonly sources: readonly string[];
  /** Further sources that are not named; a source may be counted more than once. */
  readonly unnamedSourceCount: number;
  /** The first line, cut. */
  readonly example: string;
}

/** What bounded memory cost. */
export interface MinerLosses {
  /** Patterns forgotten because there were too many, the longest unseen first, and the lines they had counted. */
  readonly evictedPatternCount: number;
  readonly evictedLineCount: number;
}
