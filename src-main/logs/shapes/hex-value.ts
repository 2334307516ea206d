import { byteKinds, digitByte, hexByte, letterByte } from './shape-bytes';

const dash = 45;
/** A shorter run of hexadecimal digits is taken as it is. */
export const shortestHex = 4;
/** What stands for a value in the hash begins here: behind all bytes. */
const hexCode = 0x1000;
const pointerCode = 0x2000;
const dashedCode = 0x4000;

/** A value of hexadecimal digits in small letters, `0x` before it or not, by its length and where it has digits; 0: it is none. */
export function hexValue(bytes: Uint8Array, start: number, end: number, kinds: number): number {
  let from = start;
  let base = hexCode;
  if ((kinds & letterByte) !== 0) {
    if (bytes[start] !== 48 || bytes[start + 1] !== 120) return 0;
    from = start + 2;
    base = pointerCode;
    for (let at = from; at < end; at += 1) if (byteKinds[bytes[at] as number] === letterByte) return 0;
  }
  let digits = 0;
  let isExponent = true;
  let inner = 0;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byteKinds[byte] === digitByte) {
      digits += 1;
      if (at > start && at < end - 1) inner = 4;
    } else if (byte !== 101) isExponent = false;
  }
  const last = byteKinds[bytes[end - 1] as number] === digitByte ? 2 : 0;
  if (base === pointerCode) return base + ((end - start) << 3) + inner + last;
  const letters = end - start - digits;
  // 12d is a time, 12e3 a number.
  if (letters === 1 && (isExponent || last === 0)) return 0;
  const first = byteKinds[bytes[start] as number] === digitByte ? 1 : 0;
  return base + ((end - start) << 3) + inner + last + first;
}

/** Where groups of hexadecimal digits with dashes between them end, as in a UUID; the end of the first one: they are none, or are read one by one. */
export function dashedHexEnd(bytes: Uint8Array, start: number, firstEnd: number, lineEnd: number): number {
  let end = firstEnd;
  let seen = kindsOf(bytes, start, firstEnd);
  let before = seen;
  let length = firstEnd - start;
  // 20261121-0334 may begin a line.
  if (length === 8 && before === digitByte) return firstEnd;
  while (end + shortestHex < lineEnd && bytes[end] === dash) {
    let at = end + 1;
    let kinds = 0;
    for (; at < lineEnd; at += 1) {
      const kind = byteKinds[bytes[at] as number] as number;
      if (kind < digitByte) break;
      kinds |= kind;
    }
    if (at - end - 1 < shortestHex || (kinds & letterByte) !== 0) break;
    // Four digits and four more may be those of a card.
    if (before === digitByte && length === 4 && kindsOf(bytes, end + 1, end + 5) === digitByte) return firstEnd;
    seen |= kinds;
    before = kinds;
    length = at - end - 1;
    end = at;
  }
  return seen === (digitByte | hexByte) ? end : firstEnd;
}

/** By the places of the dashes, and whether digits stand at the ends and between them. */
export function dashedHexValue(bytes: Uint8Array, start: number, end: number): number {
  let dashes = 0;
  let inner = 0;
  for (let at = start + 1; at < end - 1; at += 1) {
    const byte = bytes[at] as number;
    if (byte === dash) dashes = Math.imul(dashes + at - start, 31);
    else if (byteKinds[byte] === digitByte) inner = 4;
  }
  const first = byteKinds[bytes[start] as number] === digitByte ? 1 : 0;
  const last = byteKinds[bytes[end - 1] as number] === digitByte ? 2 : 0;
  return Math.imul(dashes, 0x9e3779b1) ^ (dashedCode + ((end - start) << 3) + first + last + inner);
}

function kindsOf(bytes: Uint8Array, start: number, end: number): number {
  let kinds = 0;
  for (let at = start; at < end; at += 1) kinds |= byteKinds[bytes[at] as number] as number;
  return kinds;
}
