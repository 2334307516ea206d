import type { LineFields } from './line-fields';

const quotes = 0x22222222;
const backslashes = 0x5c5c5c5c;

/** Where the closing quote of a text stands that begins at `start`; escaped ones are skipped. -1: there is none before `end`. */
export function endOfQuoted(fields: LineFields, start: number, end: number): number {
  const { bytes, view } = fields;
  let at = start;
  while (at < end) {
    // Four bytes at once: a zero byte of `word ^ quotes` sets the highest bit of that byte (Mycroft's test).
    while (at + 4 <= end) {
      const word = view.getInt32(at, true);
      const quote = word ^ quotes;
      const backslash = word ^ backslashes;
      if (((((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash)) & 0x80808080) !== 0) break;
      at += 4;
    }
    const stop = Math.min(end, at + 4);
    for (; at < stop; at++) {
      const byte = bytes[at] as number;
      if (byte === 34) return at;
      if (byte === 92) {
        at += 2;
        break;
      }
    }
  }
  return -1;
}
