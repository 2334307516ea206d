import type { LogOrigin, LogRecord } from '../../../../src-shared/logs/log-record';
import { plainText } from '../text/ansi';
import type { ConsolePrefs } from './console-prefs';
import { lineStamp } from './line-times';

type Origins = Readonly<Record<string, LogOrigin>>;

/** One record as text: time, source, level, everything it says. Colours and other escapes are left out; secrets were masked long before. */
export function recordAsText(record: LogRecord, origins: Origins, zone: ConsolePrefs['zone']): string {
  const name = plainText(origins[record.origin]?.name ?? record.origin).replaceAll('\n', ' ');
  return [lineStamp(record.atMs, zone), name, record.level ?? '-', plainText(record.text)].join(' ');
}

export function recordsAsText(records: readonly LogRecord[], origins: Origins, zone: ConsolePrefs['zone']): string {
  return records.map((record) => `${recordAsText(record, origins, zone)}\n`).join('');
}

/** An array of objects, one a line. */
export function recordsAsJson(records: readonly LogRecord[], origins: Origins): string {
  const lines = records.map(({ atMs, origin, level, text, pattern, maskedCount, cutBytes }) =>
    JSON.stringify({
      time: new Date(atMs).toISOString(),
      source: origins[origin]?.name ?? origin,
      sourceKey: origin,
      kind: origins[origin]?.kind ?? null,
      level,
      text: plainText(text),
      pattern,
      maskedCount,
      cutBytes,
    }),
  );
  return `[\n${lines.join(',\n')}\n]\n`;
}

export function maskedIn(records: readonly LogRecord[]): number {
  return records.reduce((sum, { maskedCount }) => sum + maskedCount, 0);
}

/** The records that a selection with the pointer goes over; null: it stays within one, whose text is copied as it is. */
export function selectedRecords(records: readonly LogRecord[], fromId: number | null, toId: number | null): readonly LogRecord[] | null {
  if (fromId === null || toId === null || fromId === toId) return null;
  const places = [fromId, toId].map((id) => records.findIndex((one) => one.id === id)).sort((a, b) => a - b);
  const [from = -1, to = -1] = places;
  return from === -1 ? null : records.slice(from, to + 1);
}
