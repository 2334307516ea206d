import { primeTwo, seedOne, seedTwo } from './hash-bytes';
import type { LineFields } from './line-fields';

const quotes = 0x22222222;
const backslashes = 0x5c5c5c5c;

/**
 * Where the closing quote of a text stands that begins at `start`, and the hash of the text at `place`, in one pass. Escaped quotes are
 * skipped. -1: there is none before `end`.
 */
export function hashQuoted(fields: LineFields, place: number, start: number, end: number): number {
  const { bytes, view, hashes } = fields;
  const lastWord = end - 4;
  let one = seedOne;
  let two = seedTwo;
  let at = start;
  for (;;) {
    // Four bytes at once: a zero byte of `word ^ quotes` sets the highest bit of that byte (Mycroft's test).
    while (at <= lastWord) {
      const word = view.getInt32(at, true);
      const quote = word ^ quotes;
      const backslash = word ^ backslashes;
      if (((((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash)) & 0x80808080) !== 0) break;
      one = Math.imul(one ^ word, primeTwo);
      one ^= one >>> 15;
      two = (((two << 11) | (two >>> 21)) + word) | 0;
      at += 4;
    }
    if (at >= end) return -1;
    // At most the rest of one word.
    const stop = at + 4 < end ? at + 4 : end;
    while (at < stop) {
      const byte = bytes[at] as number;
      if (byte === 34) {
        two = Math.imul(two ^ (at - start), primeTwo);
        hashes[place] = one ^ (one >>> 16);
        hashes[place + 1] = two ^ (two >>> 15);
        return at;
      }
      one = Math.imul(one ^ byte, primeTwo);
      one ^= one >>> 15;
      two = (((two << 11) | (two >>> 21)) + byte) | 0;
      at += 1;
      if (byte === 92) {
        const escaped = at < end ? (bytes[at] as number) : 0;
        one = Math.imul(one ^ escaped, primeTwo);
        two = (((two << 11) | (two >>> 21)) + escaped) | 0;
        at += 1;
        break;
      }
    }
  }
}
