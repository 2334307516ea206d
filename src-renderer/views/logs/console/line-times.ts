import type { ConsolePrefs } from './console-prefs';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, zone: ConsolePrefs['zone'], options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${zone}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, ...(zone === 'utc' ? { timeZone: 'UTC' } : {}) });
  formats.set(key, made);
  return made;
}

/** 14:02:09.123 */
export function lineClock(atMs: number, zone: ConsolePrefs['zone']): string {
  const clock = format('clock', zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(atMs);
  return `${clock}.${String(((Math.floor(atMs) % 1000) + 1000) % 1000).padStart(3, '0')}`;
}

/** 2026-11-21, in the order that sorts. */
export function lineDay(atMs: number, zone: ConsolePrefs['zone']): string {
  const parts = format('day', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** 2026-11-21 14:02:09.123, with the zone where it is not the local one. */
export function lineStamp(atMs: number, zone: ConsolePrefs['zone']): string {
  return `${lineDay(atMs, zone)} ${lineClock(atMs, zone)}${zone === 'utc' ? ' UTC' : ''}`;
}
