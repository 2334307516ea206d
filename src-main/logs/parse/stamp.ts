import type { ParseContext } from './context';

/** A time at some place of a line. */
export interface FoundStamp {
  /** Index behind it. */
  readonly end: number;
  /** Null: no date, no year to be known, or a date that does not exist. */
  readonly atMs: number | null;
}

const zone = String.raw`(Z(?![A-Za-z])| ?[+-]\d\d:?\d\d(?!\d)| (?:UTC|GMT)(?![A-Za-z]))?`;
const fraction = String.raw`(?:[.,:](\d{1,9}))?`;
const clock = String.raw`(\d\d):(\d\d):(\d\d)`;
const month = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';

const yearFirst = new RegExp(String.raw`(\d{4})([-/.])(\d\d)\2(\d\d)(?:[T_-]| {1,2})(\d\d)[:.](\d\d)[:.](\d\d)${fraction}${zone}`, 'y');
const shortYearFirst = new RegExp(String.raw`(\d\d)/(\d\d)/(\d\d) ${clock}${fraction}`, 'y');
const monthFirst = new RegExp(String.raw`(\d\d)[-./](\d\d) ${clock}${fraction}`, 'y');
const compact = new RegExp(String.raw`(\d{4})(\d\d)(\d\d)[-T _](\d\d):?(\d\d):?(\d\d)${fraction}${zone}(?!\d)`, 'y');
const shortCompact = /(\d\d)(\d\d)(\d\d)[ ](\d\d)(\d\d)(\d\d)(?= )/y;
const dayFirst = new RegExp(String.raw`(\d{1,2})[ /-]${month}[ /-](\d{4})[ :]${clock}${fraction}${zone}`, 'y');
const monthName = new RegExp(
  String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?${month} {1,2}(\d{1,2})(?: (\d{4}))? ${clock}${fraction}(?: (\d{4})(?!\S))?`,
  'y',
);
const clockOnly = new RegExp(`${clock}(?:[.,](\\d{1,9}))?(?![:\\d])`, 'y');

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayMs = 86_400_000;

/** The stamp that begins exactly at `start`; null: none does. Bounded work, whatever the line. */
export function readStamp(text: string, start: number, context: ParseContext): FoundStamp | null {
  const code = text.charCodeAt(start);
  if (code >= 48 && code <= 57) return readNumericStamp(text, start, context);
  if (code < 65 || code > 87) return null;
  const found = at(monthName, text, start);
  if (found === null) return null;
  const year = found[3] ?? found[8];
  const date: DateParts = [year === undefined ? null : Number(year), months.indexOf(found[1] ?? '') + 1, Number(found[2])];
  // An Apache stamp ends in its bracket, "2005]": there the year is followed by no space.
  if (year === undefined && /^ \d{4}\]/.test(text.slice(monthName.lastIndex, monthName.lastIndex + 6))) {
    const end = monthName.lastIndex + 5;
    return { end, atMs: toMs([Number(text.slice(end - 4, end)), date[1], date[2]], found.slice(4, 8), undefined, context) };
  }
  return { end: monthName.lastIndex, atMs: toMs(date, found.slice(4, 8), undefined, context) };
}

function readNumericStamp(text: string, start: number, context: ParseContext): FoundStamp | null {
  const second = text.charCodeAt(start + 2);
  if (second === 58) {
    const found = at(clockOnly, text, start);
    return found && { end: clockOnly.lastIndex, atMs: null };
  }
  const iso = text.charCodeAt(start + 10) === 84 ? readIsoStamp(text, start) : null;
  if (iso !== null) return iso;
  let found = at(yearFirst, text, start);
  if (found) {
    const date: DateParts = [Number(found[1]), Number(found[3]), Number(found[4])];
    return { end: yearFirst.lastIndex, atMs: toMs(date, found.slice(5, 9), found[9], context) };
  }
  if (second >= 48 && second <= 57) {
    found = at(compact, text, start);
    if (found) {
      const date: DateParts = [Number(found[1]), Number(found[2]), Number(found[3])];
      return { end: compact.lastIndex, atMs: toMs(date, found.slice(4, 8), found[8], context) };
    }
    found = at(shortCompact, text, start);
    if (!found) return null;
    const date: DateParts = [2000 + Number(found[1]), Number(found[2]), Number(found[3])];
    const atMs = toMs(date, found.slice(4, 7), undefined, context);
    return atMs === null ? null : { end: shortCompact.lastIndex, atMs };
  }
  found = at(shortYearFirst, text, start);
  if (found) {
    const date: DateParts = [2000 + Number(found[1]), Number(found[2]), Number(found[3])];
    return { end: shortYearFirst.lastIndex, atMs: toMs(date, found.slice(4, 8), undefined, context) };
  }
  found = at(monthFirst, text, start);
  if (found) {
    const date: DateParts = [null, Number(found[1]), Number(found[2])];
    return { end: monthFirst.lastIndex, atMs: toMs(date, found.slice(3, 7), undefined, context) };
  }
  found = at(dayFirst, text, start);
  if (!found) return null;
  const date: DateParts = [Number(found[3]), months.indexOf(found[2] ?? '') + 1, Number(found[1])];
  return { end: dayFirst.lastIndex, atMs: toMs(date, found.slice(4, 8), found[8], context) };
}

/** `2026-11-21T03:34:51.123Z`, which most programs write, as the expression for the year first reads it; null: anything else. */
function readIsoStamp(text: string, start: number): FoundStamp | null {
  if (text.charCodeAt(start + 4) !== 45 || text.charCodeAt(start + 7) !== 45) return null;
  if (text.charCodeAt(start + 13) !== 58 || text.charCodeAt(start + 16) !== 58) return null;
  const year = twoDigits(text, start) * 100 + twoDigits(text, start + 2);
  const month = twoDigits(text, start + 5);
  const day = twoDigits(text, start + 8);
  const hour = twoDigits(text, start + 11);
  const minute = twoDigits(text, start + 14);
  const second = twoDigits(text, start + 17);
  let end = start + 19;
  let fractionMs = 0;
  if (text.charCodeAt(end) === 46) {
    const from = end + 1;
    for (end = from; end - from < 10; end += 1) {
      const digit = text.charCodeAt(end) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      if (end - from < 3) fractionMs = fractionMs * 10 + digit;
    }
    const digits = end - from;
    if (digits === 0 || digits > 9) return null;
    fractionMs = digits === 3 ? fractionMs : msOfFraction(text.slice(from, end));
  }
  const next = text.charCodeAt(end + 1) | 32;
  if (text.charCodeAt(end) !== 90 || (next >= 97 && next <= 122)) return null;
  // A date that is none is left to the other way.
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24 && minute <= 59 && second <= 60)) return null;
  return { end: end + 1, atMs: Date.UTC(year, month - 1, day, hour, minute, second) + fractionMs };
}

function msOfFraction(digits: string): number {
  return Math.floor(Number(`0.${digits}`) * 1000 + 1e-6);
}

/** Not a number where there are none. */
function twoDigits(text: string, start: number): number {
  const tens = text.charCodeAt(start) - 48;
  const ones = text.charCodeAt(start + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function at(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

type DateParts = readonly [year: number | null, month: number, day: number];

/** `time`: hour, minute, second, fraction. */
function toMs(date: DateParts, time: readonly (string | undefined)[], written: string | undefined, context: ParseContext): number | null {
  const [year, month, day] = date;
  const hour = Number(time[0]);
  const minute = Number(time[1]);
  const second = Number(time[2]);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
  const offsetMs = zoneMinutes(written, context) * 60_000;
  const fractionMs = time[3] === undefined ? 0 : msOfFraction(time[3]);
  const inYear = (of: number) => Date.UTC(of, month - 1, day, hour, minute, second) + fractionMs - offsetMs;
  if (year !== null) return inYear(year);
  if (context.nowMs === undefined) return null;
  const thisYear = new Date(context.nowMs).getUTCFullYear();
  const next = inYear(thisYear + 1);
  // A log is read after it was written: "Dec 31" on the first of January is last year's; clocks may differ by a day.
  if (next <= context.nowMs + dayMs) return next;
  const current = inYear(thisYear);
  return current <= context.nowMs + dayMs ? current : inYear(thisYear - 1);
}

function zoneMinutes(written: string | undefined, context: ParseContext): number {
  if (written === undefined) return context.offsetMinutes ?? 0;
  const digits = written.trim().replace(':', '');
  if (digits.length !== 5) return 0;
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -minutes : minutes;
}

/** RFC 3339, or a number of seconds, milliseconds, microseconds or nanoseconds since 1970, as fields hold a time. */
export function timeOfField(value: string, context: ParseContext): number | null {
  if (/^\d{9,19}(?:\.\d{1,9})?$/.test(value)) {
    const number = Number(value);
    const divisor = number >= 1e17 ? 1e6 : number >= 1e14 ? 1e3 : number >= 1e11 ? 1 : 1e-3;
    return Math.floor(number / divisor + 1e-6);
  }
  return readStamp(value, 0, context)?.atMs ?? null;
}
