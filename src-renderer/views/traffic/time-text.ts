import { formatClock, formatDay, formatHourMinute } from '../../words/time';
import type { Words } from '../../words/use-words';

const dayMs = 86_400_000;

/** "14:02 – 14:30", with days where they differ from each other or are not today's. */
export function spanText(words: Words, fromMs: number | null, toMs: number | null, nowMs: number = Date.now()): string {
  const { language } = words;
  if (fromMs === null) return toMs === null ? '' : words.t('traffic.before', { time: formatDay(language, toMs) });
  if (toMs === null) return words.t('traffic.since', { time: formatDay(language, fromMs) });
  const clock = toMs - fromMs < 120_000 ? formatClock : formatHourMinute;
  const start = isSameDay(fromMs, nowMs) ? clock(language, fromMs) : formatDay(language, fromMs);
  const end = isSameDay(fromMs, toMs) ? clock(language, toMs) : formatDay(language, toMs);
  return `${start} – ${end}`;
}

/** A label under a chart: the clock, or the day where stretches are long. */
export function tickText(words: Words, atMs: number, spanMs: number): string {
  if (spanMs < 5 * 60_000) return formatClock(words.language, atMs);
  return spanMs > 2 * dayMs ? formatDay(words.language, atMs) : formatHourMinute(words.language, atMs);
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
