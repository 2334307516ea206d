import { parseClfTime } from '../parse/clf-time';

/** A moment, and the hour of day as the log wrote it. */
export interface LoggedTime {
  readonly atMs: number;
  readonly hour: number;
}

const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)?$/;

/** Epoch seconds, milliseconds, micro- or nanoseconds by their size; ISO 8601; the common format. Without a zone it is UTC. Null: none of them. */
export function parseLoggedTime(value: unknown): LoggedTime | null {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return null;
  if (/^\d{9,20}(?:\.\d+)?$/.test(value)) return fromEpoch(Number(value));
  const common = parseClfTime(value.startsWith('[') ? value.slice(1, -1) : value);
  if (common !== null) return { atMs: common.atSecond * 1000, hour: common.hour };
  return fromIso(value);
}

function fromEpoch(value: number): LoggedTime | null {
  if (!Number.isFinite(value) || value < 1e8) return null;
  const scale = value < 1e11 ? 1000 : value < 1e14 ? 1 : value < 1e17 ? 1e-3 : 1e-6;
  const atMs = Math.floor(value * scale);
  return { atMs, hour: new Date(atMs).getUTCHours() };
}

function fromIso(text: string): LoggedTime | null {
  const found = iso.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '0', zone = 'Z'] = found;
  if (Number(month) > 12 || Number(month) < 1 || Number(day) > 31 || Number(day) < 1 || Number(hour) > 23) return null;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
  return { atMs: local - offset + Math.floor(Number(`0.${fraction}`) * 1000), hour: Number(hour) };
}
