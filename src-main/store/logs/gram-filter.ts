import { crc32 } from 'node:zlib';
import { foldText, isAscii } from '../../../src-shared/logs/fold-text';
import type { Needle } from './record-filter';

/** A segment has at most this many blocks: one bit for each in a slot. */
export const maxBlocks = 32;
const pageBytes = 4096;
const pageSlots = pageBytes / 4 - 1;
/** Slots that may hold a block's bit before the filter is not halved any more. */
const fullRatio = 0.25;
const shortGram = 3;
const longGram = 5;
const maxGrams = 24;

/** Which blocks of a segment hold a run of 3 or 5 bytes of folded text; may say yes for one that does not, never no for one that does. */
export interface GramFilter {
  /** 2^bits slots. */
  readonly bits: number;
  /** A bit for each block. */
  readonly slots: Uint32Array;
}

export function createGramFilter(blockUnits: number): GramFilter {
  const bits = Math.min(24, Math.max(10, Math.ceil(Math.log2(Math.max(2, blockUnits)))));
  return { bits, slots: new Uint32Array(2 ** bits) };
}

function shortHash(gram: number): number {
  return Math.imul(gram ^ (gram >>> 15), 0x9e3779b1);
}

function longHash(low: number, high: number): number {
  return Math.imul(Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ high, 0x9e3779b1);
}

/** Takes in the text of one block. */
export function addToFilter(filter: GramFilter, block: number, text: string): void {
  const bit = (1 << block) >>> 0;
  const lowered = text.toLowerCase();
  const ascii = isAscii(text);
  addBytes(filter, bit, Buffer.from(lowered, ascii ? 'latin1' : 'utf8'));
  if (ascii) return;
  const folded = foldText(text);
  if (folded !== lowered) addBytes(filter, bit, Buffer.from(folded));
}

function addBytes({ bits, slots }: GramFilter, bit: number, bytes: Buffer): void {
  const shift = 32 - bits;
  let three = 0;
  let four = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const before = four;
    three = ((three << 8) | byte) & 0xffffff;
    four = (four << 8) | byte;
    if (at >= shortGram - 1) slots[shortHash(three) >>> shift] = (slots[shortHash(three) >>> shift] ?? 0) | bit;
    if (at >= longGram - 1) {
      const slot = longHash(before, byte) >>> shift;
      slots[slot] = (slots[slot] ?? 0) | bit;
    }
  }
}

/** As small as it can be without letting too much through. */
export function shrinkFilter(filter: GramFilter, blockCount: number): GramFilter {
  let smaller = filter;
  while (smaller.bits > 10) {
    const half = new Uint32Array(smaller.slots.length / 2);
    let used = 0;
    for (let slot = 0; slot < half.length; slot += 1) {
      const both = (smaller.slots[slot * 2] ?? 0) | (smaller.slots[slot * 2 + 1] ?? 0);
      half[slot] = both;
      used += bitCount(both);
    }
    if (used / (half.length * blockCount) > fullRatio) return smaller;
    smaller = { bits: smaller.bits - 1, slots: half };
  }
  return smaller;
}

function bitCount(value: number): number {
  let rest = value - ((value >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Pages of 4 KiB, each with its checksum last: a search reads a few of them. */
export function encodeFilter({ slots }: GramFilter): Buffer {
  const pages = Math.ceil(slots.length / pageSlots);
  const bytes = Buffer.alloc(pages * pageBytes);
  for (let page = 0; page < pages; page += 1) {
    const from = page * pageBytes;
    for (let at = 0; at < pageSlots; at += 1) bytes.writeUInt32LE(slots[page * pageSlots + at] ?? 0, from + at * 4);
    bytes.writeUInt32LE(crc32(bytes.subarray(from, from + pageBytes - 4)), from + pageBytes - 4);
  }
  return bytes;
}

/** Places of a needle's grams in a filter of any size: take the upper bits. Empty: too short to tell. */
export function needleHashes(needle: Needle): readonly number[] {
  const bytes = Buffer.from(needle.folded);
  // A half of a surrogate pair becomes another character in UTF-8.
  if (bytes.toString() !== needle.folded) return [];
  const length = bytes.length >= longGram ? longGram : shortGram;
  const hashes = new Set<number>();
  for (let at = 0; at + length <= bytes.length && hashes.size < maxGrams; at += 1)
    hashes.add((length === longGram ? longHash(bytes.readInt32BE(at), bytes[at + 4] ?? 0) : shortHash(bytes.readUIntBE(at, 3))) >>> 0);
  return [...hashes];
}

/** A bit for each block that may hold all of `hashes`; `readPage` gives 4 KiB at an offset. A damaged page rules nothing out. */
export function blocksThatMayHold(hashes: readonly number[], bits: number, readPage: (offset: number, bytes: number) => Buffer): number {
  let mask = 0xffffffff;
  for (const hash of hashes) {
    const slot = hash >>> (32 - bits);
    const page = readPage(Math.floor(slot / pageSlots) * pageBytes, pageBytes);
    if (page.length !== pageBytes || page.readUInt32LE(pageBytes - 4) !== crc32(page.subarray(0, pageBytes - 4))) continue;
    mask &= page.readUInt32LE((slot % pageSlots) * 4);
    if (mask === 0) break;
  }
  return mask >>> 0;
}
