import type { LineBlock } from '../pipeline/packed-lines';
import type { ErrorSieve } from './error-sieve';
import type { PossibleErrorListener } from './possible-error';

/** Tells the lines of a block that may be errors; all of them where there is no sieve, or more than it has room for. */
export function tellPossibleErrors(sieve: ErrorSieve | null, block: LineBlock, onLine: PossibleErrorListener): void {
  if (sieve === null || block.bytes.length > sieve.room.length) {
    tellBlock(block, onLine);
    return;
  }
  const tell = createTeller(block, onLine);
  sieve.room.set(block.bytes);
  sieve.sift(block.bytes.length, false, tell);
}

/** Tells all lines of a block. */
export function tellBlock(block: LineBlock, onLine: PossibleErrorListener): void {
  const tell = createTeller(block, onLine);
  let start = 0;
  for (const [index, end] of block.ends.entries()) {
    tell(index, start, end);
    start = end + 1;
  }
}

function createTeller({ bytes, cutBytes, atMs }: LineBlock, onLine: PossibleErrorListener) {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (index: number, start: number, end: number): void =>
    onLine({ lineNumber: null, bytes: text.subarray(start, end), cutBytes: cutBytes[index] ?? 0, atMs: atMs[index] ?? null });
}
