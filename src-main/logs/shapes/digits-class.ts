import { byteKinds, digitByte } from './shape-bytes';

const space = 32;
const dash = 45;
const dot = 46;
const slash = 47;
const colon = 58;
const underscore = 95;
const bigT = 84;

/**
 * Of a run of digits, what may be read from its value beside its length: whether it can be a month, a day, an hour, a minute; whether it is
 * zero, or begins with one in what may be JSON. 0 to 15, in the same class only what every parser of heads takes the same way; -1: too much
 * hangs on it, the line is to be read. `lineStart` to `lineEnd`: the line; `hasBrace`: a brace stands before.
 */
export function digitsClass(bytes: Uint8Array, lineStart: number, start: number, end: number, lineEnd: number, hasBrace: boolean): number {
  const length = end - start;
  const before = start > lineStart ? (bytes[start - 1] as number) : 0;
  const next = end < lineEnd ? (bytes[end] as number) : 0;
  const first = (bytes[start] as number) - 48;
  // <34> opens a line of syslog; 8q~ and 1//0 open keys; 1e3 is a number, and may be a level.
  if (before === 60 && next === 62) return -1;
  if (next === slash && bytes[end + 1] === slash && end + 1 < lineEnd) return -1;
  if (before === slash && start - 2 >= lineStart && bytes[start - 2] === slash && first === 0) return -1;
  if ((next | 32) === 113 && bytes[end + 1] === 126) return -1;
  if (hasBrace && (next | 32) === 101 && isBareNumber(bytes, start, end + 1, lineEnd, before)) return -1;
  if (length === 1) return (next | 32) === 120 && first === 0 ? 2 : first === 0 ? 1 : 0;
  const leading = hasBrace && first === 0 && before !== dot ? 8 : 0;
  if (length === 2) return leading + twoDigitsClass(first * 10 + (bytes[start + 1] as number) - 48, before, next);
  if (length === 4) {
    // E0102 of klog.
    const isKlog = next === space && (before === 73 || before === 87 || before === 69 || before === 70);
    return leading + (isKlog && !isDate(bytes, start) ? 1 : 0);
  }
  if (length === 8 && isGap(next) && isDigitAt(bytes, end + 1, lineEnd)) {
    return isSixDigits(bytes, end + 1, lineEnd) ? leading + (isDate(bytes, start + 4) ? 0 : 1) : -1;
  }
  if (length === 6 && (isGap(before) || isGap(next))) {
    return leading + (isDate(bytes, start + 2) ? 0 : 1) + (isTime(bytes, start) ? 0 : 2);
  }
  // 12:34:567, of which only two digits are looked at.
  if (before === colon || before === dot) return leading + minuteClass(first * 10 + (bytes[start + 1] as number) - 48);
  return leading;
}

function twoDigitsClass(value: number, before: number, next: number): number {
  if (before === colon) return next === colon ? (value <= 24 ? 0 : value <= 59 ? 1 : 2) : minuteClass(value);
  if (isDatePart(before) || isDatePart(next)) {
    if (value === 0) return 7;
    return value <= 12 ? 1 : value <= 24 ? 2 : value <= 31 ? 3 : value <= 59 ? 4 : value === 60 ? 5 : 6;
  }
  return value === 0 ? 1 : value <= 31 ? 0 : 2;
}

function minuteClass(value: number): number {
  return value <= 59 ? 0 : value === 60 ? 1 : 2;
}

function isDatePart(byte: number): boolean {
  return byte === dash || byte === dot || byte === slash || byte === colon || byte === bigT || byte === underscore;
}

function isGap(byte: number): boolean {
  return byte === space || byte === dash || byte === bigT || byte === underscore;
}

/** Month and day. */
function isDate(bytes: Uint8Array, start: number): boolean {
  const month = twoDigits(bytes, start);
  const day = twoDigits(bytes, start + 2);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function isTime(bytes: Uint8Array, start: number): boolean {
  return twoDigits(bytes, start) <= 24 && twoDigits(bytes, start + 2) <= 59 && twoDigits(bytes, start + 4) <= 60;
}

function twoDigits(bytes: Uint8Array, start: number): number {
  return ((bytes[start] as number) - 48) * 10 + (bytes[start + 1] as number) - 48;
}

function isDigitAt(bytes: Uint8Array, at: number, lineEnd: number): boolean {
  return at < lineEnd && byteKinds[bytes[at] as number] === digitByte;
}

function isSixDigits(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  for (let at = start; at < start + 6; at += 1) if (!isDigitAt(bytes, at, lineEnd)) return false;
  return start + 6 >= lineEnd || (byteKinds[bytes[start + 6] as number] as number) < digitByte;
}

/** Digits with an exponent behind them, where JSON has its values. */
function isBareNumber(bytes: Uint8Array, start: number, exponent: number, lineEnd: number, before: number): boolean {
  const next = exponent < lineEnd ? (bytes[exponent] as number) : 0;
  const isExponent = next === 43 || next === dash || byteKinds[next] === digitByte;
  if (!isExponent) return false;
  if (before === dash) return start >= 2 && !isWordByte(bytes[start - 2] as number);
  return before === colon || before === space || before === 44 || before === 91 || before === dot;
}

function isWordByte(byte: number): boolean {
  return byte === 34 || (byteKinds[byte] as number) >= digitByte;
}
