import { rowHashes, rowPathEnd, rowPathStart } from '../layout';
import { absorbOne, absorbTwo, finish, firstBytes, hashRange, seedOne, seedTwo } from './hash';

/** Where the next blank stands, or `end`. */
// @inline
export function toBlank(start: usize, end: usize): usize {
  for (let at = start; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(32)));
    if (found !== 0) return min(end, at + ctz(found));
  }
  return end;
}

/** The first byte that is no capital letter, or one at least 32 further, or `end`. */
// @inline
export function toMethodEnd(start: usize, end: usize): usize {
  let at = start;
  for (let round = 0; round < 2; round++) {
    const others = i8x16.bitmask(i8x16.gt_u(i8x16.sub(v128.load(at), i8x16.splat(65)), i8x16.splat(25)));
    if (others !== 0) return min<usize>(end, at + ctz(others));
    at += 16;
  }
  return min(at, end);
}

/** As hashQuoted: the closing quote of a text that begins at `start`, its hash at `target`; 0: there is none before `end`. */
// @inline
export function hashQuoted(target: usize, start: usize, end: usize): usize {
  let one = seedOne();
  let two = seedTwo();
  for (let at = start; at < end; at += 16) {
    const words = v128.load(at);
    const found = i8x16.bitmask(v128.or(i8x16.eq(words, i8x16.splat(34)), i8x16.eq(words, i8x16.splat(92))));
    if (found === 0) {
      one = absorbOne(one, words);
      two = absorbTwo(two, words);
      continue;
    }
    const special = at + ctz(found);
    if (special >= end) return 0;
    if (load<u8>(special) !== 34) return hashEscaped(target, start, special, end);
    if (special > at) {
      const rest = firstBytes(words, special - at);
      one = absorbOne(one, rest);
      two = absorbTwo(two, rest);
    }
    finish(target, one, two, special - start);
    return special;
  }
  return 0;
}

function hashEscaped(target: usize, start: usize, backslash: usize, end: usize): usize {
  const quote = toQuote(backslash, end);
  if (quote !== 0) hashRange(target, start, quote);
  return quote;
}

/**
 * As hashTarget: path of the row and the hash of method and route, in which segments of digits and UUIDs are one. Returns where the
 * target ends (blank, quote or `end`).
 */
// @inline
export function hashTarget(row: usize, methodStart: usize, methodEnd: usize, start: usize, end: usize): usize {
  const methodLength = methodEnd - methodStart;
  let one = seedOne();
  let two = seedTwo();
  let words = v128.load(methodStart);
  if (methodLength >= 16) {
    one = absorbOne(one, words);
    two = absorbTwo(two, words);
    words = firstBytes(v128.load(methodStart, 16), methodLength - 16);
  } else words = firstBytes(words, methodLength);
  one = absorbOne(one, words);
  two = absorbTwo(two, words);
  let length = methodLength;
  let at = start;
  let byte: u8 = 0;
  while (at < end) {
    words = v128.load(at);
    const found = specialBytes(words);
    let count = min<usize>(found === 0 ? 16 : ctz(found), end - at);
    byte = 0;
    if (count < 16 && at + count < end) {
      byte = load<u8>(at + count);
      if (byte === 47 || byte === 92) count += 1;
      else if (count === 0) break;
    }
    words = firstBytes(words, count);
    one = absorbOne(one, words);
    two = absorbTwo(two, words);
    at += count;
    length += count;
    if (byte === 47) {
      const behindNumber = skipDigits(at, end);
      if (behindNumber > at && isSegmentEnd(behindNumber, end)) {
        words = i8x16.splat(10);
        at = behindNumber;
      } else if (at + 36 <= end && load<u8>(at, 8) === 45 && isUuid(at) && isSegmentEnd(at + 36, end)) {
        words = i16x8.splat(10);
        at += 36;
      } else continue;
      one = absorbOne(one, words);
      two = absorbTwo(two, words);
    } else if (byte === 92) {
      // An escaped quote ends nothing.
      if (at >= end) continue;
      words = firstBytes(v128.load(at), 1);
      one = absorbOne(one, words);
      two = absorbTwo(two, words);
      at += 1;
      length += 1;
    } else if (byte !== 0) break;
  }
  store<i32>(row + rowPathStart * 4, <i32>start);
  store<i32>(row + rowPathEnd * 4, <i32>at);
  finish(row + rowHashes * 4, one, two, length);
  return at < end && byte === 63 ? toQueryEnd(at + 1, end) : min(at, end);
}

/** The blank or quote that ends a query; what stands behind a backslash ends nothing. */
// @inline
function toQueryEnd(start: usize, end: usize): usize {
  let at = start;
  while (at < end) {
    const words = v128.load(at);
    const blanks = v128.or(i8x16.eq(words, i8x16.splat(32)), i8x16.eq(words, i8x16.splat(34)));
    const found = i8x16.bitmask(v128.or(blanks, i8x16.eq(words, i8x16.splat(92))));
    if (found === 0) {
      at += 16;
      continue;
    }
    at += ctz(found);
    if (at >= end || load<u8>(at) !== 92) break;
    at += 2;
  }
  return min(at, end);
}

/** The closing quote behind `start`; 0: there is none before `end`. */
// @inline
export function toQuote(start: usize, end: usize): usize {
  let at = start;
  while (at < end) {
    const words = v128.load(at);
    const found = i8x16.bitmask(v128.or(i8x16.eq(words, i8x16.splat(34)), i8x16.eq(words, i8x16.splat(92))));
    if (found === 0) {
      at += 16;
      continue;
    }
    at += ctz(found);
    if (at >= end) return 0;
    if (load<u8>(at) === 34) return at;
    at += 2;
  }
  return 0;
}

/** Blank, quote, question mark, slash, backslash. */
// @inline
function specialBytes(words: v128): i32 {
  const ends = v128.or(v128.or(i8x16.eq(words, i8x16.splat(32)), i8x16.eq(words, i8x16.splat(34))), i8x16.eq(words, i8x16.splat(63)));
  const slashes = v128.or(i8x16.eq(words, i8x16.splat(47)), i8x16.eq(words, i8x16.splat(92)));
  return i8x16.bitmask(v128.or(ends, slashes));
}

// @inline
function skipDigits(start: usize, end: usize): usize {
  for (let at = start; at < end; at += 16) {
    const others = i8x16.bitmask(i8x16.gt_u(i8x16.sub(v128.load(at), i8x16.splat(48)), i8x16.splat(9)));
    if (others !== 0) return min<usize>(end, at + ctz(others));
  }
  return end;
}

// @inline
function isSegmentEnd(at: usize, end: usize): bool {
  if (at >= end) return true;
  const byte = load<u8>(at);
  return byte === 47 || byte === 32 || byte === 63 || byte === 34;
}

function isUuid(start: usize): bool {
  const ends = hexadecimals(v128.load(start, 20)) & 0xfff7;
  return hexadecimals(v128.load(start)) === 0xdeff && hexadecimals(v128.load(start, 16)) === 0xff7b && ends === 0xfff7 && hasDashes(start);
}

function hasDashes(start: usize): bool {
  return load<u8>(start, 8) === 45 && load<u8>(start, 13) === 45 && load<u8>(start, 18) === 45 && load<u8>(start, 23) === 45;
}

/** A bit for each byte that is a hexadecimal digit. */
function hexadecimals(words: v128): i32 {
  const digits = i8x16.le_u(i8x16.sub(words, i8x16.splat(48)), i8x16.splat(9));
  const letters = i8x16.le_u(i8x16.sub(v128.or(words, i8x16.splat(32)), i8x16.splat(97)), i8x16.splat(5));
  return i8x16.bitmask(v128.or(digits, letters));
}
