import { parseStamp, type Stamp } from './stamp';

/** `2026-11-21T03:34:51` */
const secondLength = 19;
const powersOfTen = Array.from({ length: 10 }, (_, exponent) => 10 ** exponent);

/** Reads stamps where they stand in a buffer; those of one second cost a comparison. The last one read is in the fields. */
export class StampReader {
  seconds = 0;
  nanoseconds = 0;
  private readonly known = Buffer.alloc(secondLength);

  /** False: from `start` to `end` stands no stamp in UTC as engines write it; the fields are what they were then, or nonsense. */
  read(bytes: Buffer, start: number, end: number): boolean {
    if (end - start <= secondLength || bytes[end - 1] !== 90) return false;
    if (!this.isKnown(bytes, start)) {
      const stamp = parseStamp(bytes.toString('latin1', start, end));
      if (stamp === null) return false;
      bytes.copy(this.known, 0, start, start + secondLength);
      this.seconds = stamp.seconds;
    }
    let at = start + secondLength;
    let value = 0;
    let digits = 0;
    if (bytes[at] === 46) {
      for (at += 1; at < end - 1; at += 1) {
        const digit = (bytes[at] ?? 0) - 48;
        if (digit < 0 || digit > 9) return false;
        value = value * 10 + digit;
        digits += 1;
      }
      if (digits === 0 || digits > 9) return false;
    } else if (at !== end - 1) return false;
    // Trailing zeros need not be written.
    this.nanoseconds = value * (powersOfTen[9 - digits] ?? 1);
    return true;
  }

  /** One that was read elsewhere. */
  set({ seconds, nanoseconds }: Stamp): void {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
    this.known[0] = 0;
  }

  private isKnown(bytes: Buffer, start: number): boolean {
    const { known } = this;
    for (let at = secondLength - 1; at >= 0; at -= 1) if (bytes[start + at] !== known[at]) return false;
    return true;
  }
}
