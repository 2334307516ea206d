import { crc32 } from 'node:zlib';
import { foldText, isAscii } from '../../../src-shared/logs/fold-text';
import type { Needle } from './record-filter';

/** A segment has at most this many blocks. */
export const maxBlocks = 128;
const pageBytes = 4096;
const pageWords = pageBytes / 4 - 1;
/** Slots that may hold a block's bit before the filter is not halved any more. */
const fullRatio = 0.25;
const shortGram = 3;
const longGram = 5;
const maxGrams = 24;

/** Which blocks of a segment hold a run of 3 or 5 bytes of folded text; may say yes for one that does not, never no for one that does. */
export interface GramFilter {
  /** 2^bits slots. */
  readonly bits: number;
  /** Words of 32 bits in a slot, a bit for each block. */
  readonly words: number;
  readonly slots: Uint32Array;
}

export function createGramFilter(blockUnits: number, blockCount: number): GramFilter {
  const bits = Math.min(22, Math.max(10, Math.round(Math.log2(Math.max(2, blockUnits)))));
  const words = wordsFor(blockCount);
  return { bits, words, slots: new Uint32Array(2 ** bits * words) };
}

function wordsFor(blockCount: number): number {
  return Math.max(1, Math.ceil(blockCount / 32));
}

function shortHash(gram: number): number {
  return Math.imul(gram ^ (gram >>> 15), 0x9e3779b1);
}

function longHash(low: number, high: number): number {
  return Math.imul(Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ high, 0x9e3779b1);
}

/** Takes in the text of one block. */
export function addToFilter(filter: GramFilter, block: number, text: string): void {
  // All slots of one block fit into the nearest cache, those of all blocks do not: five times as fast.
  const seen = new Uint32Array(2 ** filter.bits / 32);
  const lowered = text.toLowerCase();
  const ascii = isAscii(text);
  addBytes(seen, filter.bits, Buffer.from(lowered, ascii ? 'latin1' : 'utf8'));
  const folded = ascii ? lowered : foldText(text);
  if (folded !== lowered) addBytes(seen, filter.bits, Buffer.from(folded));
  const { slots, words } = filter;
  const word = block >>> 5;
  const bit = (1 << (block & 31)) >>> 0;
  for (let at = 0; at < seen.length; at += 1) {
    for (let rest = seen[at] ?? 0; rest !== 0; rest &= rest - 1) {
      const slot = (at * 32 + 31 - Math.clz32(rest & -rest)) * words + word;
      slots[slot] = (slots[slot] ?? 0) | bit;
    }
  }
}

function addBytes(seen: Uint32Array, bits: number, bytes: Buffer): void {
  const shift = 32 - bits;
  let three = 0;
  let four = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    const before = four;
    three = ((three << 8) | byte) & 0xffffff;
    four = (four << 8) | byte;
    if (at >= shortGram - 1) {
      const slot = shortHash(three) >>> shift;
      seen[slot >>> 5] = (seen[slot >>> 5] as number) | (1 << (slot & 31));
    }
    if (at >= longGram - 1) {
      const slot = longHash(before, byte) >>> shift;
      seen[slot >>> 5] = (seen[slot >>> 5] as number) | (1 << (slot & 31));
    }
  }
}

/** As small as it can be without letting too much through. */
export function shrinkFilter(filter: GramFilter, blockCount: number): GramFilter {
  const { words } = filter;
  let smaller = filter;
  while (smaller.bits > 10) {
    const half = new Uint32Array(smaller.slots.length / 2);
    let used = 0;
    for (let at = 0; at < half.length; at += 1) {
      const first = Math.floor(at / words) * words * 2 + (at % words);
      const both = (smaller.slots[first] ?? 0) | (smaller.slots[first + words] ?? 0);
      half[at] = both;
      used += bitCount(both);
    }
    if (used / ((half.length / words) * blockCount) > fullRatio) return smaller;
    smaller = { bits: smaller.bits - 1, words, slots: half };
  }
  return smaller;
}

function bitCount(value: number): number {
  let rest = value - ((value >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Slots never lie across pages. */
function slotsInPage(words: number): number {
  return Math.floor(pageWords / words);
}

/** Pages of 4 KiB, each with its checksum last: a search reads a few of them. */
export function encodeFilter({ slots, words }: GramFilter): Buffer {
  const usedWords = slotsInPage(words) * words;
  const pages = Math.ceil(slots.length / usedWords);
  const bytes = Buffer.alloc(pages * pageBytes);
  for (let page = 0; page < pages; page += 1) {
    const from = page * pageBytes;
    for (let at = 0; at < usedWords; at += 1) bytes.writeUInt32LE(slots[page * usedWords + at] ?? 0, from + at * 4);
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

/** Bits of blocks, 32 in each number. */
export type BlockMask = Uint32Array;

export function everyBlock(): BlockMask {
  return new Uint32Array(maxBlocks / 32).fill(0xffffffff);
}

export function hasBlock(mask: BlockMask, block: number): boolean {
  return block >= maxBlocks || ((mask[block >>> 5] ?? 0) & (1 << (block & 31))) !== 0;
}

/** Takes blocks out of `mask` that do not hold all of `hashes`; `readPage` gives 4 KiB at an offset. A damaged page rules nothing out. */
export function narrowBlocks(
  mask: BlockMask,
  hashes: readonly number[],
  size: { readonly bits: number; readonly blockCount: number },
  readPage: (offset: number, bytes: number) => Buffer,
): void {
  const words = wordsFor(size.blockCount);
  const inPage = slotsInPage(words);
  for (const hash of hashes) {
    const slot = hash >>> (32 - size.bits);
    const page = readPage(Math.floor(slot / inPage) * pageBytes, pageBytes);
    if (page.length !== pageBytes || page.readUInt32LE(pageBytes - 4) !== crc32(page.subarray(0, pageBytes - 4))) continue;
    let left = 0;
    for (let word = 0; word < words; word += 1) {
      mask[word] = (mask[word] ?? 0) & page.readUInt32LE(((slot % inPage) * words + word) * 4);
      left |= mask[word] ?? 0;
    }
    if (left === 0) return;
  }
}
