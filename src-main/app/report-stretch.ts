/** A stretch of local time that is over, and its name in files. */
export interface ReportStretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** "2026-11-21T18", "2026-11-20", "2026-11-16--2026-11-22". */
  readonly name: string;
}

export type ReportEvery = 'hour' | 'day' | 'week';

/**
 * The hour, day or week (Monday to Sunday) that ended last, by the clock on the wall: days on which the clock changes have 23 or 25 hours,
 * and the hour that comes twice is one stretch of two.
 */
export function lastStretch(every: ReportEvery, nowMs: number): ReportStretch {
  const now = new Date(nowMs);
  if (every === 'hour') {
    const to = new Date(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours());
    // What it began with the hour before, also where that one is missing or comes twice.
    const from = new Date(to.getTime() - 1);
    from.setMinutes(0, 0, 0);
    return { fromMs: from.getTime(), toMs: to.getTime(), name: `${dayOf(from)}T${two(from.getHours())}` };
  }
  const days = every === 'day' ? 1 : 7;
  const back = every === 'day' ? 0 : (now.getDay() + 6) % 7;
  const to = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
  const from = new Date(to.getFullYear(), to.getMonth(), to.getDate() - days);
  const last = new Date(to.getFullYear(), to.getMonth(), to.getDate() - 1);
  return { fromMs: from.getTime(), toMs: to.getTime(), name: every === 'day' ? dayOf(from) : `${dayOf(from)}--${dayOf(last)}` };
}

function dayOf(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
