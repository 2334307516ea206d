/** What a line does not say itself. */
export interface ParseContext {
  /** When the line was read: gives a stamp without a year (syslog, logcat) its year. Absent: such a stamp tells no time. */
  readonly nowMs?: number;
  /** East of UTC, of whoever wrote the line: for stamps without a zone. Absent: UTC. */
  readonly offsetMinutes?: number;
  /** False: what the line holds besides head and message is not wanted. */
  readonly fields?: boolean;
}
