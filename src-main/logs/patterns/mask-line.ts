import { blank, classOf, digit, hardDelimiter, slash } from './character-classes';
import { maskChunk, maskOfUnit } from './mask-chunk';

/** More of a line than this does not tell patterns apart. */
const scannedCharacters = 2_048;

/**
 * The shape of a message: its text with every part that holds a digit, and every path, replaced by a typed mask and runs of
 * blanks by one. Most lines of a log share few shapes. One pass, linear, never throws.
 */
export function maskLine(text: string): string {
  const end = Math.min(text.length, scannedCharacters);
  let shape = '';
  let literalStart = 0;
  let at = 0;
  while (at < end) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (classOf[code] ?? 0) : 0;
    if (kind === blank) {
      const start = at;
      at += 1;
      while (at < end && isBlank(text.charCodeAt(at))) at += 1;
      if (at - start > 1 || code !== 32) {
        shape += `${text.slice(literalStart, start)} `;
        literalStart = at;
      }
      continue;
    }
    if (kind === hardDelimiter) {
      at += 1;
      continue;
    }
    const start = at;
    let seen = 0;
    for (; at < end; at += 1) {
      const next = text.charCodeAt(at);
      if (next >= 128) continue;
      const nextKind = classOf[next] ?? 0;
      if ((nextKind & (blank | hardDelimiter)) !== 0) {
        // 1,033 is one number.
        if (next === 44 && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))) continue;
        break;
      }
      seen |= nextKind;
      if (next === 63 && (seen & slash) !== 0) {
        at = queryEnd(text, at, end);
        break;
      }
    }
    if ((seen & (digit | slash)) === 0) continue;
    // A name that is called, `jk2_init()`, is no value.
    if (text.charCodeAt(at) === 40 && (seen & slash) === 0 && isLetter(text.charCodeAt(start)) && isIdentifier(text, start, at)) continue;
    const masked = maskChunk(text.slice(start, at));
    let from = start;
    // `<1 sec` compares, `<1>` brackets.
    if (start > literalStart && text.charCodeAt(start - 1) === 60 && masked === '<num>' && text.charCodeAt(at) !== 62) from = start - 1;
    shape += text.slice(literalStart, from);
    if (masked === '<num>' && text.charCodeAt(at) === 32) {
      const unitEnd = wordEnd(text, at + 1, end);
      const unit = unitEnd > at + 1 ? maskOfUnit(text.slice(at + 1, unitEnd)) : null;
      if (unit) at = unitEnd;
      shape += unit ?? masked;
    } else shape += masked;
    literalStart = at;
  }
  return literalStart === 0 && end === text.length ? text : shape + text.slice(literalStart, end);
}

function isBlank(code: number): boolean {
  return code < 33 || code === 127;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}

function isIdentifier(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (!isLetter(code) && !isDigit(code) && code !== 95 && code !== 46 && code !== 58) return false;
  }
  return true;
}

/** The query of an address goes on over `=`, `;` and commas. */
function queryEnd(text: string, start: number, end: number): number {
  let at = start;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (
      isBlank(code) ||
      code === 34 ||
      code === 39 ||
      code === 60 ||
      code === 62 ||
      code === 41 ||
      code === 93 ||
      code === 125 ||
      code === 96
    )
      break;
  }
  return at;
}

/** End of the letters that start at `start`, at most a dozen. */
function wordEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && at - start < 13 && (isLetter(text.charCodeAt(at)) || text.charCodeAt(at) === 181)) at += 1;
  return at < end && at - start < 13 && isDigit(text.charCodeAt(at)) ? start : at;
}
