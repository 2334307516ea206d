import { z } from 'zod';
import type { ServiceExplanation } from '../../../src-shared/contract';
import { readJournalMessage } from '../../platform/journal-message';
import { codePointBoundary } from '../../platform/line-splitter';

export type JournalLine = ServiceExplanation['lastLines'][number];

/** A card shows some lines; the log view has them whole. */
const mostBytes = 2_048;

const entry = z.object({
  __REALTIME_TIMESTAMP: z.string().regex(/^\d{1,20}$/),
  MESSAGE: z.unknown(),
  PRIORITY: z
    .string()
    .regex(/^[0-7]$/)
    .optional()
    .catch(undefined),
});

/** One line of `journalctl -o json`; null when it is not an entry. A long message is cut and says how much is missing. */
export function parseJournalLine(text: string): JournalLine | null {
  const parsed = entry.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { __REALTIME_TIMESTAMP: microseconds, MESSAGE, PRIORITY } = parsed.data;
  const message = readJournalMessage(MESSAGE);
  const end = message.length > mostBytes ? codePointBoundary(message, mostBytes) : message.length;
  const cut = message.length > end ? ` … (${message.length - end} more bytes)` : '';
  return {
    atMs: Number(microseconds) / 1_000,
    text: message.subarray(0, end).toString('utf8') + cut,
    priority: PRIORITY === undefined ? null : Number(PRIORITY),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
