import { z } from 'zod';
import type { LogLevel } from '../../../src-shared/logs/parsed-line';
import { readJournalMessage } from '../../platform/journal-message';
import { codePointBoundary } from '../../platform/line-splitter';
import { maxLineBytes } from '../frame';

/** One entry of `journalctl -o json`. */
export interface JournalEntry {
  /** The journal's own name of the place of this entry. */
  readonly cursor: string;
  readonly atMs: number;
  /** Unit, else the program's own name, else its command name. */
  readonly source: string;
  /** "emerg", "alert", "crit", "err", "warning" … "debug"; "unknown" */
  readonly priority: string;
  /** The priority as a level; null: there is none that is known. */
  readonly level: LogLevel | null;
  readonly bytes: Buffer;
  readonly cutBytes: number;
  /** Set when a container's log driver wrote it. */
  readonly containerId: string | null;
}

/** Fields asked of journalctl; cursor and time always come. */
export const journalFields = [
  'MESSAGE',
  'PRIORITY',
  '_SYSTEMD_UNIT',
  '_SYSTEMD_USER_UNIT',
  'SYSLOG_IDENTIFIER',
  '_COMM',
  '_TRANSPORT',
  'CONTAINER_ID_FULL',
] as const;

const priorities = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'] as const;
const levels: readonly LogLevel[] = ['critical', 'critical', 'critical', 'error', 'warning', 'notice', 'info', 'debug'];

const field = z.string().optional().catch(undefined);
const entry = z.object({
  __CURSOR: z.string(),
  __REALTIME_TIMESTAMP: z.string().regex(/^\d{1,20}$/),
  MESSAGE: z.unknown(),
  PRIORITY: field,
  _SYSTEMD_UNIT: field,
  _SYSTEMD_USER_UNIT: field,
  SYSLOG_IDENTIFIER: field,
  _COMM: field,
  _TRANSPORT: field,
  CONTAINER_ID_FULL: field,
});

/** Null when it is not an entry. */
export function parseJournalEntry(line: string): JournalEntry | null {
  const parsed = entry.safeParse(parseJson(line));
  if (!parsed.success) return null;
  const raw = parsed.data;
  const priority = Number(raw.PRIORITY ?? Number.NaN);
  const message = readJournalMessage(raw.MESSAGE);
  const end = message.length > maxLineBytes ? codePointBoundary(message, maxLineBytes) : message.length;
  return {
    cursor: raw.__CURSOR,
    // Microseconds since the epoch.
    atMs: Number(raw.__REALTIME_TIMESTAMP) / 1000,
    source:
      raw._SYSTEMD_USER_UNIT ??
      raw._SYSTEMD_UNIT ??
      raw.SYSLOG_IDENTIFIER ??
      raw._COMM ??
      (raw._TRANSPORT === 'kernel' ? 'kernel' : 'unknown'),
    priority: priorities[priority] ?? 'unknown',
    level: levels[priority] ?? null,
    bytes: message.subarray(0, end),
    cutBytes: message.length - end,
    containerId: raw.CONTAINER_ID_FULL ?? null,
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
