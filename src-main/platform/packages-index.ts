/**
 * Which packages may have a line: hashes of lines in one flat table, 6 bytes each, because a desktop's package database lists half a
 * million paths. Two lines may share a hash, so an answer is a candidate that has to be looked up.
 */
export interface LineIndex {
  /** Adds the lines of a piece of a listing between two positions; both are at line starts. */
  addLines(bytes: Buffer, start: number, end: number, packageNumber: number): void;
  /** Numbers of packages that may have the line, without its end. */
  candidates(line: string): readonly number[];
  readonly lineCount: number;
}

const lineBreak = 0x0a;
const firstSlots = 1 << 16;
/** What a package number must fit in, with 0 for a free slot. */
export const maxPackages = 65_535;

export function createLineIndex(isSkipped: (bytes: Buffer, start: number) => boolean = () => false): LineIndex {
  let hashes = new Uint32Array(firstSlots);
  let packages = new Uint16Array(firstSlots);
  let lineCount = 0;

  function insert(hash: number, number: number): void {
    const mask = hashes.length - 1;
    let slot = hash & mask;
    while (packages[slot] !== 0) {
      if (packages[slot] === number && hashes[slot] === hash) return;
      slot = (slot + 1) & mask;
    }
    hashes[slot] = hash;
    packages[slot] = number;
    lineCount += 1;
  }

  function grow(): void {
    const [oldHashes, oldPackages] = [hashes, packages];
    hashes = new Uint32Array(oldHashes.length * 2);
    packages = new Uint16Array(oldHashes.length * 2);
    lineCount = 0;
    for (let slot = 0; slot < oldPackages.length; slot++) {
      const number = oldPackages[slot] ?? 0;
      if (number !== 0) insert(oldHashes[slot] ?? 0, number);
    }
  }

  return {
    addLines(bytes, start, end, packageNumber) {
      for (let position = start; position < end; ) {
        const found = bytes.indexOf(lineBreak, position);
        const lineEnd = found < 0 || found > end ? end : found;
        if (lineEnd > position && !isSkipped(bytes, position)) {
          if (lineCount * 5 > hashes.length * 3) grow();
          insert(hashOf(bytes, position, lineEnd), packageNumber + 1);
        }
        position = lineEnd + 1;
      }
    },
    candidates(line) {
      const bytes = Buffer.from(line, 'utf8');
      const hash = hashOf(bytes, 0, bytes.length);
      const mask = hashes.length - 1;
      const numbers: number[] = [];
      for (let slot = hash & mask; packages[slot] !== 0; slot = (slot + 1) & mask) {
        if (hashes[slot] === hash) numbers.push((packages[slot] ?? 0) - 1);
      }
      return numbers;
    },
    get lineCount() {
      return lineCount;
    },
  };
}

/** FNV-1a of 32 bits, its bits mixed once more for a table of a power of two. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let position = start; position < end; position++) hash = Math.imul(hash ^ (bytes[position] ?? 0), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
}
