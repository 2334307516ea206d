/**
 * Levels that are no words. Each may say yes where the parser says no, never the other way: compare parse/head.ts, klog.ts, prefixed.ts,
 * syslog.ts and json.ts.
 */

/** `… 12 E tag`, `E0102 …`, `E/tag`, `E, [stamp` */
export function statesLetteredError(at: usize, start: usize, end: usize): bool {
  const letter = load<u8>(at);
  if (letter !== 69 && letter !== 70 && letter !== 67 && letter !== 65) return false;
  const isStart = at === start;
  const before = load<u8>(at - 1);
  // \t
  const isBehindTab = !isStart && before === 116 && load<u8>(at - 2) === 92;
  const isLast = at + 1 >= end;
  const next = load<u8>(at, 1);
  if (isStart || before === 32) {
    const isKlog = !isLast && next >= 48 && next <= 57;
    if (isKlog || (!isLast && (next === 47 || next === 44))) return true;
  }
  if (letter === 65 || !(isLast || next === 32 || next === 9 || next === 124 || next === 92 || next === 13)) return false;
  return !isStart && (isBehindTab || endsPart(before));
}

/** Blank, bracket, bar, comma, colon: see head-token.ts. */
function endsPart(byte: u8): bool {
  return (
    byte === 32 || byte === 9 || byte === 93 || byte === 124 || byte === 44 || byte === 59 || byte === 41 || byte === 125 || byte === 58
  );
}

/** `<11>`: severities 0 to 3 of syslog. */
export function statesAngledError(at: usize, end: usize): bool {
  const behind = behindDigits(at + 1, end);
  return behind < end && load<u8>(behind) === 62 && isSevere(at + 1, behind);
}

/** The same behind `\u003c`. */
export function statesEscapedAngledError(digits: usize, end: usize): bool {
  const behind = behindDigits(digits, end);
  return behind < end && load<u8>(behind) === 92 && isSevere(digits, behind);
}

// @inline
function behindDigits(start: usize, end: usize): usize {
  let at = start;
  while (at < end && at < start + 3 && load<u8>(at) >= 48 && load<u8>(at) <= 57) at += 1;
  return at;
}

function isSevere(start: usize, end: usize): bool {
  if (end === start) return false;
  let value: i32 = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + load<u8>(at) - 48;
  return (value & 7) <= 3;
}

/** Behind the key: its quote, a colon, and a number that may be 50 to 99, or the letter E or F. */
export function statesKeyedError(start: usize, end: usize): bool {
  let at = skipQuotes(start, end);
  if (at === start) return false;
  at = skipBlanks(at, end);
  if (at >= end || load<u8>(at) !== 58) return false;
  at = skipBlanks(at + 1, end);
  if (at >= end) return false;
  const byte = load<u8>(at);
  if (byte >= 48 && byte <= 57) return byte === 48 || byte >= 53;
  const inside = skipQuotes(at, end);
  return inside > at && inside < end && (load<u8>(inside) === 69 || load<u8>(inside) === 70);
}

/** Quotes, and the backslashes before them where JSON stands in JSON. */
// @inline
function skipQuotes(start: usize, end: usize): usize {
  let at = start;
  while (at < end && (load<u8>(at) === 34 || load<u8>(at) === 92)) at += 1;
  return at;
}

/** What JSON lets stand between its parts; a tab may itself be escaped. */
function skipBlanks(start: usize, end: usize): usize {
  let at = start;
  while (at < end) {
    const byte = load<u8>(at);
    if (byte === 32 || byte === 9 || byte === 13) at += 1;
    else if (byte === 92 && at + 1 < end && (load<u8>(at, 1) === 116 || load<u8>(at, 1) === 114)) at += 2;
    else break;
  }
  return at;
}

/** Behind `\u00`: an escape of what might as well have been written, but for those of `&`, `<` and `>`, which Go's encoder always makes. */
export function isEscapedLetter(at: usize, end: usize): bool {
  if (at + 2 > end) return true;
  const high = load<u8>(at);
  const low = load<u8>(at, 1) | 32;
  if (high < 50 || high > 55) return false;
  return !((high === 51 && (low === 99 || low === 101)) || (high === 50 && low === 54));
}
