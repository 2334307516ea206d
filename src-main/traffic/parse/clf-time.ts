import type { LineFields } from './line-fields';

const months: Readonly<Record<string, number>> = {
  Jan: 0,
  Feb: 1,
  Mar: 2,
  Apr: 3,
  May: 4,
  Jun: 5,
  Jul: 6,
  Aug: 7,
  Sep: 8,
  Oct: 9,
  Nov: 10,
  Dec: 11,
};
const shape = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/;

/** `10/Oct/2000:13:55:36 -0700` as epoch seconds and the hour as written; null when it is none. */
export function parseClfTime(text: string): { readonly atSecond: number; readonly hour: number } | null {
  const found = shape.exec(text);
  if (found === null) return null;
  const [, day, monthName, year, hourText, minute, second, sign, zoneHours, zoneMinutes] = found;
  const month = months[monthName ?? ''];
  const hour = Number(hourText);
  if (month === undefined || hour > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const local = Date.UTC(Number(year), month, Number(day), hour, Number(minute), Number(second)) / 1000;
  if (new Date(Date.UTC(Number(year), month, Number(day))).getUTCDate() !== Number(day)) return null;
  const zoneSeconds = Number(zoneHours) * 3600 + Number(zoneMinutes) * 60;
  return { atSecond: sign === '-' ? local + zoneSeconds : local - zoneSeconds, hour };
}

/** Length of such a stamp. */
export const clfTimeBytes = 26;

/** Reads stamps from bytes; lines of one minute differ in the seconds only, so the rest is worked out once for each. */
export class ClfClock {
  private readonly known = new Int32Array(7);
  private minuteSecond = 0;
  private hour = -1;

  /** Sets `atSecond` and `hour`; false when no stamp stands at `at`. 26 bytes must be there. */
  read(fields: LineFields, at: number): boolean {
    const { bytes, view } = fields;
    const known = this.known;
    const tens = (bytes[at + 18] as number) - 48;
    const ones = (bytes[at + 19] as number) - 48;
    if (tens < 0 || tens > 6 || ones < 0 || ones > 9) return false;
    const isKnown =
      this.hour >= 0 &&
      view.getInt32(at + 13, true) === known[3] &&
      view.getInt32(at + 9, true) === known[2] &&
      view.getInt32(at, true) === known[0] &&
      view.getInt32(at + 5, true) === known[1] &&
      view.getInt32(at + 20, true) === known[4] &&
      view.getInt16(at + 24, true) === known[5] &&
      bytes[at + 4] === known[6] &&
      bytes[at + 17] === 58;
    if (!isKnown && !this.learn(fields, at)) return false;
    fields.atSecond = this.minuteSecond + tens * 10 + ones;
    fields.hour = this.hour;
    return true;
  }

  private learn({ bytes, view }: LineFields, at: number): boolean {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, clfTimeBytes).toString('latin1');
    const time = parseClfTime(`${text.slice(0, 18)}00${text.slice(20)}`);
    if (time === null) return false;
    this.known[0] = view.getInt32(at, true);
    this.known[1] = view.getInt32(at + 5, true);
    this.known[2] = view.getInt32(at + 9, true);
    this.known[3] = view.getInt32(at + 13, true);
    this.known[4] = view.getInt32(at + 20, true);
    this.known[5] = view.getInt16(at + 24, true);
    this.known[6] = bytes[at + 4] as number;
    this.minuteSecond = time.atSecond;
    this.hour = time.hour;
    return true;
  }
}
