import { DamagedSegment } from './damaged-segment';

/** Numbers up to 2^53 in as few bytes as they need, 7 bits in each. */
export interface ByteWriter {
  number(value: number): void;
  /** Near zero in either direction. */
  signed(value: number): void;
  text(value: string): void;
  /** A view of what was written; valid until the next write. */
  bytes(): Buffer;
}

export function createByteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafe(4096);
  let length = 0;

  function reserve(count: number): void {
    if (length + count <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + count));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  }

  function number(value: number): void {
    reserve(8);
    let rest = value;
    while (rest >= 0x80000000) {
      buffer[length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 0x80) {
      buffer[length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    buffer[length++] = rest;
  }

  return {
    number,
    signed: (value) => number(value >= 0 ? value * 2 : -value * 2 - 1),
    text(value) {
      const bytes = Buffer.from(value);
      number(bytes.length);
      reserve(bytes.length);
      bytes.copy(buffer, length);
      length += bytes.length;
    },
    bytes: () => buffer.subarray(0, length),
  };
}

/** Reads what a ByteWriter wrote. Throws DamagedSegment where there is not enough of it. */
export interface ByteReader {
  number(): number;
  signed(): number;
  text(): string;
  readonly atEnd: boolean;
}

export function createByteReader(bytes: Buffer): ByteReader {
  let at = 0;

  function number(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined) throw new DamagedSegment('a number ends behind the data');
      at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
      if (factor > Number.MAX_SAFE_INTEGER) throw new DamagedSegment('a number is too long');
    }
  }

  return {
    number,
    signed() {
      const value = number();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    text() {
      const length = number();
      if (at + length > bytes.length) throw new DamagedSegment('a text ends behind the data');
      at += length;
      return bytes.toString('utf8', at - length, at);
    },
    get atEnd() {
      return at === bytes.length;
    },
  };
}
