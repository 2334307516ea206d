import { startWebAssembly } from '../../platform/web-assembly';
import code from './assembly/sieve.ts?assembly';
import { type Gram, gramFamilies, type SieveEntry, sieveEntries } from './entries';
import {
  countsAddress,
  entriesAddress,
  entryBytes,
  entryLimit,
  gramBitsAddress,
  gramFactor,
  headsAddress,
  linesAddress,
  memoryPages,
  pairBitsAddress,
  roomAddress,
  roomBytes,
  scratchAddress,
  wordsAddress,
  wordsBytes,
} from './layout';

type Sift = (from: number, to: number, isRecords: number) => number;

const newline = 10;

/**
 * Finds the lines among many that may be an error: what it passes over, `findLogError` finds none in. At a gigabyte a second, in
 * WebAssembly; what is told is looked at again by whoever asks.
 */
export class ErrorSieve {
  /** Where whole lines are put, from its begin. */
  readonly room: Buffer;
  private readonly counts: Int32Array;
  private readonly lines: Int32Array;

  constructor(
    memory: ArrayBuffer,
    private readonly run: Sift,
  ) {
    this.room = Buffer.from(memory, roomAddress, roomBytes);
    this.counts = new Int32Array(memory, countsAddress, 2);
    this.lines = new Int32Array(memory, linesAddress);
    const bytes = Buffer.from(memory);
    bytes[roomAddress - 1] = newline;
    bytes[scratchAddress - 1] = newline;
    writeEntries(bytes, sieveEntries());
  }

  /**
   * Looks at the room up to `to`, where a newline is the last byte, and tells each line that may be an error: its index, where it begins
   * and where its newline stands. `isRecords`: of the json-file driver; one that is not as usual is told as well. Gives how many lines there are.
   */
  sift(to: number, isRecords: boolean, tell: (index: number, start: number, end: number) => void): number {
    let lineCount = 0;
    for (let from = 0; from < to; ) {
      from = this.run(roomAddress + from, roomAddress + to, isRecords ? 1 : 0) - roomAddress;
      const [toldCount = 0, lookedAtCount = 0] = this.counts;
      for (let at = 0; at < toldCount * 3; at += 3) {
        const [index = 0, start = 0, end = 0] = this.lines.subarray(at, at + 3);
        tell(lineCount + index, start - roomAddress, end - roomAddress);
      }
      lineCount += lookedAtCount;
    }
    return lineCount;
  }
}

/** Null: there is no WebAssembly with SIMD here, and every line has to be looked at. */
export function createErrorSieve(): ErrorSieve | null {
  const started = startWebAssembly(code, memoryPages);
  return started && new ErrorSieve(started.memory, started.exports.sift as Sift);
}

function writeEntries(bytes: Buffer, entries: readonly SieveEntry[]): void {
  if (entries.length > entryLimit) throw new Error(`${entries.length} words are more than the sieve has room for`);
  let wordEnd = wordsAddress;
  for (const [index, { word, gramAt, kind, keyBytes }] of entries.entries()) {
    const gram = word.readUIntLE(gramAt, 3);
    const head = headsAddress + (hashOf(gram) >>> 20) * 2;
    const entry = entriesAddress + index * entryBytes;
    if (wordEnd + word.length > wordsAddress + wordsBytes) throw new Error('the words are longer than the sieve has room for');
    bytes.writeUInt32LE(gram, entry);
    bytes.writeUInt16LE(bytes.readUInt16LE(head), entry + 4);
    bytes.set([kind, gramAt, word.length, keyBytes], entry + 6);
    bytes.writeUInt32LE(wordEnd, entry + 12);
    bytes.writeUInt16LE(index + 1, head);
    wordEnd += word.copy(bytes, wordEnd);
    addGram(bytes, [...word.subarray(gramAt, gramAt + 3)].map(eitherCase));
  }
  for (const gram of gramFamilies()) addGram(bytes, gram);
}

/** The bytes that become this one when all are taken for those of small letters. */
function eitherCase(byte: number): readonly number[] {
  return [byte, byte & ~32];
}

/** Of three places in a row, the bytes that may stand at each. */
function addGram(bytes: Buffer, [first = [], middle = [], last = []]: Gram): void {
  for (const [one, two] of [...pairsOf(first, middle), ...pairsOf(middle, last)]) setBit(bytes, pairBitsAddress, one | (two << 8));
  for (const [one, two] of pairsOf(first, middle)) {
    for (const three of last) setBit(bytes, gramBitsAddress, hashOf((one | (two << 8) | (three << 16) | 0x202020) >>> 0) >>> 16);
  }
}

function pairsOf(left: readonly number[], right: readonly number[]): readonly (readonly [number, number])[] {
  return left.flatMap((one) => right.map((two) => [one, two] as const));
}

function setBit(bytes: Buffer, base: number, index: number): void {
  const address = base + (index >>> 3);
  bytes[address] = (bytes[address] ?? 0) | (1 << (index & 7));
}

function hashOf(gram: number): number {
  return Math.imul(gram, gramFactor) >>> 0;
}
