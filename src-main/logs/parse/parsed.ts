import type { LineFormat, LogLevel, ParsedLine } from '../../../src-shared/logs/parsed-line';

/** What a format found out; the rest is null. */
export interface FoundHead {
  readonly atMs?: number | null;
  readonly level?: LogLevel | null;
  readonly levelWord?: string | null;
  readonly logger?: string | null;
  readonly fields?: Readonly<Record<string, string>> | null;
}

export function parsed(format: LineFormat, message: string, head: FoundHead): ParsedLine {
  const level = head.level ?? null;
  return {
    format,
    atMs: head.atMs ?? null,
    level,
    levelWord: level === null ? null : (head.levelWord ?? null),
    logger: head.logger || null,
    message,
    fields: head.fields ?? null,
  };
}
