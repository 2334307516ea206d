import { hashBytes } from './hash-bytes';
import type { LineFields } from './line-fields';

const quotes = 0x22222222;
const backslashes = 0x5c5c5c5c;

/**
 * Where the closing quote of a text stands that begins at `start`, and the hash of the text at `place`. Escaped quotes are skipped.
 * -1: there is none before `end`.
 */
export function hashQuoted(fields: LineFields, place: number, start: number, end: number): number {
  const quote = findQuote(fields, start, end);
  if (quote >= 0) hashBytes(fields, place, start, quote);
  return quote;
}

function findQuote({ bytes, view }: LineFields, start: number, end: number): number {
  const lastWord = end - 4;
  let at = start;
  for (;;) {
    // Four bytes at once: a zero byte of `word ^ quotes` sets the highest bit of that byte (Mycroft's test).
    while (at <= lastWord) {
      const word = view.getInt32(at, true);
      const quote = word ^ quotes;
      const backslash = word ^ backslashes;
      if (((((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash)) & 0x80808080) !== 0) break;
      at += 4;
    }
    // At most the rest of one word.
    const stop = at + 4 < end ? at + 4 : end;
    while (at < stop) {
      const byte = bytes[at] as number;
      if (byte === 34) return at;
      at += byte === 92 ? 2 : 1;
    }
    if (at >= end) return -1;
  }
}
