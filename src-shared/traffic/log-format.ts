/** Families of access log lines that LogScope reads. `custom` is a log_format / LogFormat string that the user gave. */
export type LogFormatId = 'common' | 'combined' | 'json' | 'w3c' | 'alb' | 'custom';

/** Unit in which a log writes how long a request took. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

/** Which format a log has, and by what that was decided. */
export interface DetectedFormat {
  readonly id: LogFormatId;
  /** For a person: "combined, virtual host first, response time at the end in seconds". */
  readonly words: string;
  /** Share of the looked-at lines that it reads, 0 to 1. */
  readonly fitRatio: number;
  /** Null: lines carry no response time, or each says its own unit. */
  readonly timeUnit: TimeUnit | null;
  /** What decided the unit: "three decimals", "name request_time", … Null as above. */
  readonly timeEvidence: string | null;
}
