/** Severities from least to most, as syslog and the common loggers have them; emergency and alert are `critical`. */
export const logLevels = ['trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical'] as const;

export type LogLevel = (typeof logLevels)[number];

/** By what the head of a line was recognised; `plain`: by nothing, the line is its message. */
export type LineFormat =
  | 'json'
  | 'logfmt'
  | 'syslog-3164'
  | 'syslog-5424'
  | 'klog'
  | 'python'
  | 'java'
  | 'go'
  | 'rust'
  | 'nginx-error'
  | 'apache-error'
  | 'postgres'
  | 'stamped'
  | 'plain';

/** One line of a log, taken apart. Everything in it came from outside. */
export interface ParsedLine {
  readonly format: LineFormat;
  /** When the line says it was written; null: it does not, or not to the second. */
  readonly atMs: number | null;
  /** What the line itself states as its severity, never guessed from its words; null: it states none. */
  readonly level: LogLevel | null;
  /** The word or letter the level was read from, as written; null with `level`. */
  readonly levelWord: string | null;
  /** Logger, component, program or unit that the head names; null: none. */
  readonly logger: string | null;
  /** What is said, without head; the whole line where no head was recognised. */
  readonly message: string;
  /** Named values that the format itself carries (JSON, logfmt, structured data), values as text; null: the format has none. */
  readonly fields: Readonly<Record<string, string>> | null;
}

/** Severity of an error or worse. */
export function isErrorLevel(level: LogLevel | null): boolean {
  return level === 'error' || level === 'critical';
}
