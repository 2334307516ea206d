import type { LineFields } from './line-fields';

/** Drawn anew for each process: nobody can prepare paths or addresses that collide. */
export const seedOne = (Math.random() * 0x7fffffff) | 0;
export const seedTwo = (Math.random() * 0x7fffffff) | 0;
const primeOne = 0x01000193;
export const primeTwo = 0x85ebca6b | 0;
const numberMark = 0x3a6e;
const uuidMark = 0x3a75;

/** 64 bits in two halves at `place` of the fields' hashes: equal for equal bytes, and as good as never otherwise. */
export function hashBytes(fields: LineFields, place: number, start: number, end: number): void {
  const { bytes, view, hashes } = fields;
  let one = seedOne ^ (end - start);
  let two = seedTwo;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = view.getInt32(at, true);
    one = Math.imul(one ^ word, primeTwo);
    one ^= one >>> 15;
    two = Math.imul((two + word) | 0, 0x9e3779b1);
    two = (two << 13) | (two >>> 19);
  }
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    one = Math.imul(one ^ byte, primeOne);
    two = Math.imul((two + byte) | 0, primeTwo);
    two ^= two >>> 13;
  }
  hashes[place] = one ^ (one >>> 16);
  hashes[place + 1] = two ^ (two >>> 15);
}

/**
 * Reads a request target from `start`: sets `pathStart`, `pathEnd` and the hash of method and route, in which segments of digits and
 * UUIDs are one. Returns where the target ends (blank, quote or `end`). `method…` of the fields must be set.
 */
export function hashTarget(fields: LineFields, start: number, end: number): number {
  const { bytes, hashes, methodStart, methodEnd } = fields;
  let one = seedOne;
  let two = seedTwo;
  for (let at = methodStart; at < methodEnd; at++) {
    const byte = bytes[at] as number;
    one = Math.imul(one ^ byte, primeOne);
    two = Math.imul((two + byte) | 0, primeTwo);
  }
  let at = start;
  let byte = 0;
  while (at < end) {
    byte = bytes[at] as number;
    if (byte === 32 || byte === 34 || byte === 63) break;
    one = Math.imul(one ^ byte, primeOne);
    two = Math.imul((two + byte) | 0, primeTwo);
    two ^= two >>> 13;
    at += 1;
    if (byte !== 47) {
      // An escaped quote ends nothing.
      if (byte === 92 && at < end) at += 1;
      continue;
    }
    const behindNumber = skipDigits(bytes, at, end);
    if (behindNumber > at) {
      if (isSegmentEnd(bytes, behindNumber, end)) {
        one = Math.imul(one ^ numberMark, primeOne);
        two = Math.imul((two + numberMark) | 0, primeTwo);
        at = behindNumber;
        continue;
      }
    }
    if (at + 36 <= end && bytes[at + 8] === 45 && isUuid(bytes, at) && isSegmentEnd(bytes, at + 36, end)) {
      one = Math.imul(one ^ uuidMark, primeOne);
      two = Math.imul((two + uuidMark) | 0, primeTwo);
      at += 36;
    }
  }
  fields.pathStart = start;
  fields.pathEnd = at;
  hashes[0] = one ^ (one >>> 15);
  hashes[1] = two ^ (two >>> 15);
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
