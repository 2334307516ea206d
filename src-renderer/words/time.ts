import { durationParts } from '../../src-shared/format';
import type { Language } from '../../src-shared/messages/translate';
import type { Words } from './use-words';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', ko: 'ko-KR' };
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locales[language], options);
  formats.set(key, made);
  return made;
}

/** 14:02:09, always on 24 hours. */
export function formatClock(language: Language, atMs: number): string {
  return format(language, 'clock', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(atMs);
}

/** 14:02 */
export function formatHourMinute(language: Language, atMs: number): string {
  return format(language, 'minute', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs);
}

/** 19 Nov, 07:52 / 11월 19일 07:52 */
export function formatDay(language: Language, atMs: number): string {
  return format(language, 'day', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs);
}

/** Seconds as its two largest units in words: "2 d 4 h". */
export function formatDuration(words: Words, seconds: number): string {
  return durationParts(seconds)
    .map(({ amount, unit }) => words.t(`unit.${unit}`, { amount }))
    .join(' ');
}

/** "12 s ago"; "now" below one second. A time that seems to lie ahead (clocks differ) counts as now. */
export function formatAgo(words: Words, atMs: number, nowMs: number): string {
  const seconds = (nowMs - atMs) / 1000;
  if (seconds < 1) return words.t('time.now');
  const first = durationParts(seconds)[0];
  return first ? words.t('time.ago', { duration: words.t(`unit.${first.unit}`, { amount: first.amount }) }) : words.t('time.now');
}

/** "in 57 min"; what is due or overdue counts as now. */
export function formatIn(words: Words, atMs: number, nowMs: number): string {
  const seconds = (atMs - nowMs) / 1000;
  if (seconds < 1) return words.t('time.now');
  const first = durationParts(seconds)[0];
  return first ? words.t('time.in', { duration: words.t(`unit.${first.unit}`, { amount: first.amount }) }) : words.t('time.now');
}
