import type { LogLevel } from './parsed-line';

/** What a log tells of, as its users name it. */
export const logKinds = ['event', 'access', 'security', 'configuration'] as const;
export type LogKind = (typeof logKinds)[number];

/** Where lines come from: a container of an engine, one of a pod, a unit in the journal, a file, a command run under `logscope run`. */
export const logSourceKinds = ['container', 'pod', 'journal', 'file', 'run'] as const;
export type LogSourceKind = (typeof logSourceKinds)[number];

/** One source of lines, remembered for as long as a line of it is kept. */
export interface LogOrigin {
  /** `<sourceKind>/<id>`: `container/<64 hex>`, `journal/ssh.service`, `file//var/log/syslog`; stays the same across restarts. */
  readonly key: string;
  readonly sourceKind: LogSourceKind;
  /** Container or unit name, path of a file, command line: hostile text. */
  readonly name: string;
  readonly kind: LogKind;
}

/** One kept entry of a log: a line, or a line with what belongs to it (stack trace, indented continuation). Everything in it is hostile text. */
export interface LogRecord {
  /** Rises in the order entries were stored, over restarts too; gaps mean nothing. A safe integer. */
  readonly id: number;
  /** When the line says it was written, else when its source handed it over. */
  readonly atMs: number;
  /** Key of its LogOrigin. */
  readonly origin: string;
  /** As stated by the line, else judged from its words; null: nothing tells. */
  readonly level: LogLevel | null;
  /** At most 64 KiB, decoded, secrets masked; its lines parted by \n. */
  readonly text: string;
  /** Id of its pattern; null: patterns were not looked for (access logs). */
  readonly pattern: string | null;
  /** Secrets masked in `text`. */
  readonly maskedCount: number;
  /** Bytes left out behind the cap. */
  readonly cutBytes: number;
}
