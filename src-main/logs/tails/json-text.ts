const backslash = 92;

/**
 * Writes the text of a JSON string without its escapes, as UTF-8, into `target` from `from` on, which has room for as many bytes as there
 * are here; gives how many came of it. Null: an escape that JSON does not know. A half of a surrogate pair becomes a replacement mark.
 */
export function unescapeJson(source: Buffer, start: number, end: number, target: Buffer, from: number): number | null {
  let to = from;
  let at = start;
  while (at < end) {
    const byte = source[at] ?? 0;
    if (byte !== backslash) {
      target[to] = byte;
      to += 1;
      at += 1;
      continue;
    }
    const escaped = source[at + 1];
    if (at + 1 >= end || escaped === undefined) return null;
    if (escaped !== 117) {
      const plain = plainOf(escaped);
      if (plain === null) return null;
      target[to] = plain;
      to += 1;
      at += 2;
      continue;
    }
    let code = readHex(source, at + 2, end);
    if (code === null) return null;
    at += 6;
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = code < 0xdc00 && source[at] === backslash && source[at + 1] === 117 ? readHex(source, at + 2, end) : null;
      if (low !== null && low >= 0xdc00 && low <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at += 6;
      } else code = 0xfffd;
    }
    to = putCode(target, to, code);
  }
  return to - from;
}

function plainOf(escaped: number): number | null {
  switch (escaped) {
    case 110:
      return 10;
    case 116:
      return 9;
    case 114:
      return 13;
    case 98:
      return 8;
    case 102:
      return 12;
    case 34:
    case 47:
    case backslash:
      return escaped;
    default:
      return null;
  }
}

function readHex(source: Buffer, start: number, end: number): number | null {
  if (start + 4 > end) return null;
  let value = 0;
  for (let at = start; at < start + 4; at += 1) {
    const byte = source[at] ?? 0;
    const lower = byte | 32;
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
    if (digit < 0) return null;
    value = value * 16 + digit;
  }
  return value;
}

function putCode(target: Buffer, at: number, code: number): number {
  if (code < 0x80) {
    target[at] = code;
    return at + 1;
  }
  if (code < 0x800) {
    target[at] = 0xc0 | (code >> 6);
    target[at + 1] = 0x80 | (code & 0x3f);
    return at + 2;
  }
  if (code < 0x10000) {
    target[at] = 0xe0 | (code >> 12);
    target[at + 1] = 0x80 | ((code >> 6) & 0x3f);
    target[at + 2] = 0x80 | (code & 0x3f);
    return at + 3;
  }
  target[at] = 0xf0 | (code >> 18);
  target[at + 1] = 0x80 | ((code >> 12) & 0x3f);
  target[at + 2] = 0x80 | ((code >> 6) & 0x3f);
  target[at + 3] = 0x80 | (code & 0x3f);
  return at + 4;
}
