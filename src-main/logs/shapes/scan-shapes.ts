import { isLevelName, isNameStem, isTokenStem } from './digit-stems';
import { digitsClass } from './digits-class';
import { dashedHexEnd, dashedHexValue, hexValue, shortestHex } from './hex-value';
import { byteKinds, digitByte, letterByte, plainByte } from './shape-bytes';

/** A longer line is looked at by itself. */
const longestLine = 2_048;
const openBrace = 123;
const openBracket = 40;
const dash = 45;
const plus = 43;
/** Behind all bytes and the values of hex-value.ts. */
const digitsCode = 0x100000;

/**
 * The shapes of the lines of a block. Lines of one shape have the same letters, marks and lengths; only digits differ, and the letters of
 * hexadecimal values. Whatever looks at a digit for its value (a month, a level, a name such as `md5`) has to see the same in all lines of
 * one shape: see `digitsClass`. One pass over the bytes, no text is made.
 */
export class ShapeScanner {
  /** Two hashes of each line of the block scanned last; both 0: it has none (control characters, no ASCII, too long, ambiguous). */
  low = new Int32Array(0);
  high = new Int32Array(0);

  /** `seed`: so that nobody can write lines that are taken for others. */
  constructor(private readonly seed: number) {}

  /** Lines end at `ends`, and a newline stands behind each. */
  scan(bytes: Uint8Array, ends: Uint32Array): void {
    if (this.low.length < ends.length) {
      this.low = new Int32Array(ends.length);
      this.high = new Int32Array(ends.length);
    }
    let start = 0;
    for (let index = 0; index < ends.length; index += 1) {
      const end = ends[index] as number;
      this.scanLine(bytes, start, end, index);
      start = end + 1;
    }
  }

  private scanLine(bytes: Uint8Array, start: number, end: number, index: number): void {
    this.low[index] = 0;
    this.high[index] = 0;
    if (end === start || end - start > longestLine) return;
    let low = this.seed;
    let high = ~this.seed;
    let hasBrace = false;
    let lettersStart = start;
    let lettersEnd = -8;
    let at = start;
    while (at < end) {
      const byte = bytes[at] as number;
      const kind = byteKinds[byte] as number;
      if (kind === plainByte) {
        low = Math.imul(low ^ byte, 0x01000193);
        high = Math.imul(high ^ byte, 0x5bd1e995) ^ (high >>> 13);
        if (byte === openBrace) hasBrace = true;
        else if (byte === openBracket && at > start) {
          // A name that is called, `jk2_init()`, stays as it is.
          for (let place = nameStart(bytes, start, at); place < at; place += 1) {
            const code = bytes[place] as number;
            low = Math.imul(low ^ code, 0x01000193);
            high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 13);
          }
        }
        at += 1;
        continue;
      }
      if (kind === 0) return;
      // A word: its kinds, and its letters as if it were one of letters only.
      const from = at;
      let kinds = 0;
      let wordLow = low;
      let wordHigh = high;
      for (;;) {
        const code = bytes[at] as number;
        const one = byteKinds[code] as number;
        if (one < digitByte) break;
        kinds |= one;
        wordLow = Math.imul(wordLow ^ code, 0x01000193);
        wordHigh = Math.imul(wordHigh ^ code, 0x5bd1e995) ^ (wordHigh >>> 13);
        at += 1;
        if (at === end) break;
      }
      const before = from > start ? (bytes[from - 1] as number) : 0;
      const mayBeHex = at - from >= shortestHex && !endsStamp(bytes, start, from, before);
      if (mayBeHex && (kinds & letterByte) === 0 && bytes[at] === dash && at < end) {
        const dashedEnd = dashedHexEnd(bytes, from, at, end);
        // +0900 may be a zone.
        if (dashedEnd > at && !((before === dash || before === plus) && hasFourDigits(bytes, from))) {
          const code = dashedHexValue(bytes, from, dashedEnd);
          low = Math.imul(low ^ code, 0x01000193);
          high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 13);
          at = dashedEnd;
          continue;
        }
      }
      if ((kinds & digitByte) === 0) {
        low = wordLow;
        high = wordHigh;
        lettersStart = from;
        lettersEnd = at;
        continue;
      }
      if (kinds !== digitByte) {
        const code = mayBeHex ? hexValue(bytes, from, at, kinds) : 0;
        if (code !== 0 && !((before === dash || before === plus) && hasFourDigits(bytes, from))) {
          low = Math.imul(low ^ code, 0x01000193);
          high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 13);
          continue;
        }
      }
      let part = from;
      while (part < at) {
        const isDigits = byteKinds[bytes[part] as number] === digitByte;
        const partStart = part;
        do part += 1;
        while (part < at && (byteKinds[bytes[part] as number] === digitByte) === isDigits);
        if (!isDigits) {
          for (let letter = partStart; letter < part; letter += 1) {
            const code = bytes[letter] as number;
            low = Math.imul(low ^ code, 0x01000193);
            high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 13);
          }
          lettersStart = partStart;
          lettersEnd = part;
          continue;
        }
        const found = digitsClass(bytes, start, partStart, part, end, hasBrace);
        if (found < 0) return;
        const code = digitsCode + ((part - partStart) << 4) + found;
        low = Math.imul(low ^ code, 0x01000193);
        high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 13);
        const gap = partStart - lettersEnd;
        if (gap > 3) continue;
        const isOwn =
          (gap === 0 && isTokenStem(bytes, lettersStart, lettersEnd)) ||
          (part - partStart <= 4 && isNameStem(bytes, lettersStart, lettersEnd)) ||
          (part - partStart <= 3 && isLevelName(bytes, lettersStart, lettersEnd));
        if (!isOwn) continue;
        for (let place = partStart; place < part; place += 1) {
          const code = bytes[place] as number;
          low = Math.imul(low ^ code, 0x01000193);
          high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 13);
        }
      }
    }
    low = Math.imul(low ^ (low >>> 16), 0x85ebca6b);
    high = Math.imul(high ^ (high >>> 15), 0xc2b2ae35);
    this.low[index] = (low ^ (low >>> 13)) | 0;
    this.high[index] = (high ^ (high >>> 16)) | 1;
  }
}

/** Where a name begins that ends there; `end`: none does. */
function nameStart(bytes: Uint8Array, lineStart: number, end: number): number {
  let start = end;
  for (; start > lineStart; start -= 1) {
    const byte = bytes[start - 1] as number;
    // _ . :
    if ((byteKinds[byte] as number) < digitByte && byte !== 95 && byte !== 46 && byte !== 58) break;
  }
  return (byteKinds[bytes[start] as number] as number) > digitByte ? start : end;
}

/** Digits that begin there may be the last of a stamp, whatever follows them. */
function endsStamp(bytes: Uint8Array, lineStart: number, from: number, before: number): boolean {
  const isPart = before === 58 || before === 46 || before === 44;
  return isPart && from - 2 >= lineStart && byteKinds[bytes[from - 2] as number] === digitByte;
}

/** At least four bytes stand there. */
function hasFourDigits(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < from + 4; at += 1) if (byteKinds[bytes[at] as number] !== digitByte) return false;
  return true;
}
