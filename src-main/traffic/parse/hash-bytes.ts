import { primeA0, primeA1, primeA2, primeA3, primeB0, primeB1, primeB2, primeB3 } from '../wasm/layout';
import { type LineFields, routeHash } from './line-fields';

/** Four lanes of each half, drawn anew for each process: nobody can prepare paths or addresses that collide. */
export const hashSeeds: Readonly<Int32Array> = Int32Array.from({ length: 8 }, () => (Math.random() * 0x1_0000_0000) | 0);

/** What a number and a UUID are in the hash of a route: no line holds such words. */
const numberWord = 0x0a0a0a0a;
const uuidWord = 0x000a000a;
const lanes = new Int32Array(8);

/** 64 bits in two halves at `place` of the fields' hashes: equal for equal bytes, and as good as never otherwise. */
export function hashBytes(fields: LineFields, place: number, start: number, end: number): void {
  const { bytes, view } = fields;
  lanes.set(hashSeeds);
  let at = start;
  for (; at + 16 <= end; at += 16)
    absorb(view.getInt32(at, true), view.getInt32(at + 4, true), view.getInt32(at + 8, true), view.getInt32(at + 12, true));
  if (at < end) absorbBytes(bytes, at, end);
  finish(fields.hashes, place, end - start);
}

/** Up to 16 bytes; zeroes behind the end. */
function absorbBytes(bytes: Uint8Array, at: number, end: number): void {
  absorb(lastWord(bytes, at, end), lastWord(bytes, at + 4, end), lastWord(bytes, at + 8, end), lastWord(bytes, at + 12, end));
}

/** Four words of four bytes, each to lanes of its own in both halves; other ones in the second, so that what cancels out in one half does not in the other. */
function absorb(word0: number, word1: number, word2: number, word3: number): void {
  const one0 = Math.imul((lanes[0] as number) ^ word0, primeA0);
  const one1 = Math.imul((lanes[1] as number) ^ word1, primeA1);
  const one2 = Math.imul((lanes[2] as number) ^ word2, primeA2);
  const one3 = Math.imul((lanes[3] as number) ^ word3, primeA3);
  lanes[0] = one0 ^ (one0 >>> 15);
  lanes[1] = one1 ^ (one1 >>> 15);
  lanes[2] = one2 ^ (one2 >>> 15);
  lanes[3] = one3 ^ (one3 >>> 15);
  const two0 = Math.imul(((lanes[4] as number) + word1) | 0, primeB0);
  const two1 = Math.imul(((lanes[5] as number) + word2) | 0, primeB1);
  const two2 = Math.imul(((lanes[6] as number) + word3) | 0, primeB2);
  const two3 = Math.imul(((lanes[7] as number) + word0) | 0, primeB3);
  lanes[4] = (two0 << 13) | (two0 >>> 19);
  lanes[5] = (two1 << 13) | (two1 >>> 19);
  lanes[6] = (two2 << 13) | (two2 >>> 19);
  lanes[7] = (two3 << 13) | (two3 >>> 19);
}

/** Both halves, each of them of all words. */
function finish(hashes: Int32Array, place: number, length: number): void {
  const crossed0 = mixed((lanes[0] as number) ^ (lanes[6] as number) ^ length, primeB0);
  const crossed1 = mixed((lanes[1] as number) ^ (lanes[7] as number) ^ length, primeB1);
  const crossed2 = mixed((lanes[2] as number) ^ (lanes[4] as number) ^ length, primeB2);
  const crossed3 = mixed((lanes[3] as number) ^ (lanes[5] as number) ^ length, primeB3);
  const lower = Math.imul((crossed0 + crossed2) | 0, primeA0);
  const upper = Math.imul((crossed1 + crossed3) | 0, primeA1);
  hashes[place] = lower ^ (lower >>> 16);
  hashes[place + 1] = upper ^ (upper >>> 16);
}

function mixed(value: number, prime: number): number {
  const product = Math.imul(value, prime);
  return product ^ (product >>> 15);
}

/** Up to four bytes, the first one lowest. */
function lastWord(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0;
  let word = bytes[at] as number;
  if (at + 1 < end) word |= (bytes[at + 1] as number) << 8;
  if (at + 2 < end) word |= (bytes[at + 2] as number) << 16;
  if (at + 3 < end) word |= (bytes[at + 3] as number) << 24;
  return word;
}

/**
 * Reads a request target from `start`: sets `pathStart`, `pathEnd` and the hash of method and route, in which segments of digits and
 * UUIDs are one. Returns where the target ends (blank, quote or `end`). `method…` of the fields must be set.
 */
export function hashTarget(fields: LineFields, start: number, end: number): number {
  const { bytes, methodStart, methodEnd } = fields;
  lanes.set(hashSeeds);
  if (methodEnd - methodStart >= 16) {
    absorbBytes(bytes, methodStart, methodStart + 16);
    absorbBytes(bytes, methodStart + 16, methodEnd);
  } else absorbBytes(bytes, methodStart, methodEnd);
  let length = methodEnd - methodStart;
  let at = start;
  let byte = 0;
  while (at < end) {
    // At most 16 bytes, up to a slash or backslash and with it, or to the end of the target.
    const from = at;
    const limit = Math.min(end, from + 16);
    while (at < limit) {
      byte = bytes[at] as number;
      if (byte === 32 || byte === 34 || byte === 47 || byte === 63 || byte === 92) break;
      at += 1;
    }
    if (at === limit) byte = 0;
    else if (byte === 47 || byte === 92) at += 1;
    else if (at === from) break;
    absorbBytes(bytes, from, at);
    length += at - from;
    if (byte === 47) {
      const behindNumber = skipDigits(bytes, at, end);
      if (behindNumber > at && isSegmentEnd(bytes, behindNumber, end)) {
        absorb(numberWord, numberWord, numberWord, numberWord);
        at = behindNumber;
      } else if (at + 36 <= end && bytes[at + 8] === 45 && isUuid(bytes, at) && isSegmentEnd(bytes, at + 36, end)) {
        absorb(uuidWord, uuidWord, uuidWord, uuidWord);
        at += 36;
      }
    } else if (byte === 92) {
      // An escaped quote ends nothing.
      if (at >= end) continue;
      absorb(bytes[at] as number, 0, 0, 0);
      at += 1;
      length += 1;
    } else if (byte !== 0) break;
  }
  fields.pathStart = start;
  fields.pathEnd = at;
  finish(fields.hashes, routeHash, length);
  if (at < end && byte === 63) {
    do {
      at += 1;
      byte = at < end ? (bytes[at] as number) : 32;
      if (byte === 92) at += 1;
    } while (byte !== 32 && byte !== 34);
  }
  return Math.min(at, end);
}

function skipDigits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte < 48 || byte > 57) break;
    at += 1;
  }
  return at;
}

function isSegmentEnd(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return true;
  const byte = bytes[at] as number;
  return byte === 47 || byte === 32 || byte === 63 || byte === 34;
}

function isUuid(bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < 36; index++) {
    const byte = bytes[start + index] as number;
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (byte !== 45) return false;
    } else {
      const lower = byte | 32;
      if (!((byte >= 48 && byte <= 57) || (lower >= 97 && lower <= 102))) return false;
    }
  }
  return true;
}
