const minuteLimit = 100_000;

/** Figures of one minute. */
export class MinuteFigures {
  requests = 0;
  timedCount = 0;
  sumMs = 0;
  bytes = 0;
  clientErrors = 0;
  serverErrors = 0;

  merge(other: MinuteFigures): void {
    this.requests += other.requests;
    this.timedCount += other.timedCount;
    this.sumMs += other.sumMs;
    this.bytes += other.bytes;
    this.clientErrors += other.clientErrors;
    this.serverErrors += other.serverErrors;
  }
}

type PlainFigures = Omit<MinuteFigures, 'merge'>;

/** A table as plain data. */
export interface MinuteDump {
  readonly beyond: PlainFigures;
  readonly byMinute: ReadonlyMap<number, PlainFigures>;
}

/** Minutes by number (epoch minutes), bounded: what comes beyond is counted in `beyond`. */
export class MinuteTable {
  /** Requests without a time, or of minutes beyond the limit. */
  readonly beyond = new MinuteFigures();
  private readonly byMinute = new Map<number, MinuteFigures>();
  private newestMinute = -1;
  private newest: MinuteFigures = this.beyond;

  find(atSecond: number): MinuteFigures {
    if (atSecond < 0) return this.beyond;
    // No division for each line of a minute.
    const behind = atSecond - this.newestMinute * 60;
    if (behind >= 0 && behind < 60) return this.newest;
    const minute = Math.floor(atSecond / 60);
    let figures = this.byMinute.get(minute);
    if (figures === undefined) {
      if (this.byMinute.size >= minuteLimit) return this.beyond;
      figures = new MinuteFigures();
      this.byMinute.set(minute, figures);
    }
    this.newestMinute = minute;
    this.newest = figures;
    return figures;
  }

  /** In order of time. */
  all(): readonly (readonly [minute: number, figures: MinuteFigures])[] {
    return [...this.byMinute].sort(([a], [b]) => a - b);
  }

  dump(): MinuteDump {
    return { beyond: this.beyond, byMinute: this.byMinute };
  }

  /** The table must be new. */
  restore({ beyond, byMinute }: MinuteDump): void {
    Object.assign(this.beyond, beyond);
    for (const [minute, figures] of byMinute) this.byMinute.set(minute, Object.assign(new MinuteFigures(), figures));
  }

  merge(other: MinuteTable): void {
    this.beyond.merge(other.beyond);
    for (const [minute, figures] of other.byMinute) this.find(minute * 60).merge(figures);
  }
}
