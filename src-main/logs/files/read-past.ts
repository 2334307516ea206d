import { DamagedGzip, isGzip, unpacked } from '../../platform/gunzip';
import { LineSplitter } from '../../platform/line-splitter';
import type { LogFile } from '../../platform/log-file';
import { maxLineBytes } from '../frame';
import { readAt } from './choose-past';
import type { FileLine } from './generation';
import { judgeContent, judgedBytes } from './judge-content';

export type PastEnd =
  /** All of it, up to `endBytes`. */
  | 'read'
  /** Its compressed text ends early or is broken, it was cut short or overwritten meanwhile; what came before was given out. */
  | 'damaged'
  /** Compressed, and it held more than was wanted. */
  | 'cut'
  | 'no-text'
  | 'stopped';

export interface PastReadOptions {
  /** Of the text, unpacked; the start of a line. */
  readonly fromBytes: number;
  readonly endBytes: number;
  /** How much there should be of a file that is not compressed. */
  readonly leastBytes: number;
  /** Lines and the place behind them. */
  readonly onLines: (lines: readonly FileLine[], takenBytes: number) => void;
  /** Waited for after each piece; false: it is enough. */
  readonly rest: () => Promise<boolean>;
}

/** Between two looks at others who wait: a few milliseconds of work. */
const pieceBytes = 8 * 1024;
const restSkippedBytes = 1024 * 1024;
const chunkBytes = 64 * 1024;
const prefixBytes = 1024;

/** Gives the lines of a file that are of the past, unpacked when its content is gzip, in bounded memory. What is unfinished at its end is a line. */
export async function readPast(file: LogFile, { fromBytes, endBytes, leastBytes, onLines, rest }: PastReadOptions): Promise<PastEnd> {
  const prefix = readAt(file, 0, prefixBytes);
  const isPacked = isGzip(prefix);
  const firstBytes = isPacked ? 0 : fromBytes;
  let lines: FileLine[] = [];
  const splitter = new LineSplitter(maxLineBytes, (bytes, cutBytes) => lines.push({ bytes: asLine(bytes, takenBytes === 0), cutBytes }));
  let at = firstBytes;
  let takenBytes = fromBytes;
  let isReplaced = false;
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let offset = firstBytes; ; ) {
      const chunk = readAt(file, offset, isPacked ? chunkBytes : Math.min(chunkBytes, endBytes - offset));
      if (chunk.length === 0) return;
      // A copy was made and the file cut to nothing: what is in it now is not of the past.
      if (!readAt(file, 0, prefix.length).equals(prefix)) {
        isReplaced = true;
        return;
      }
      offset += chunk.length;
      yield chunk;
    }
  }
  try {
    let isJudged = false;
    for await (const chunk of isPacked ? unpacked(chunks()) : chunks()) {
      if (!isJudged && judgeContent(chunk.subarray(0, judgedBytes)) !== 'text') return 'no-text';
      isJudged = true;
      for (let start = 0; start < chunk.length; start += pieceBytes) {
        const whole = chunk.subarray(start, start + pieceBytes);
        const skipped = Math.min(whole.length, Math.max(0, fromBytes - at));
        const wanted = Math.max(skipped, Math.min(whole.length, endBytes - at));
        const piece = whole.subarray(skipped, wanted);
        at += whole.length;
        splitter.write(piece);
        const newline = piece.lastIndexOf(10);
        if (newline !== -1) {
          takenBytes = at - whole.length + skipped + newline + 1;
          onLines(lines, takenBytes);
          lines = [];
        }
        if (wanted < whole.length) {
          giveRest(endBytes);
          return 'cut';
        }
        // Unpacking again what was taken before is quick.
        const isDue = piece.length > 0 || Math.floor(at / restSkippedBytes) !== Math.floor((at - whole.length) / restSkippedBytes);
        if (isDue && !(await rest())) return 'stopped';
      }
    }
  } catch (error) {
    if (!(error instanceof DamagedGzip)) throw error;
    giveRest(at);
    return 'damaged';
  }
  if (!isReplaced) giveRest(at);
  return isReplaced || (!isPacked && at < firstBytes + leastBytes) ? 'damaged' : 'read';

  function giveRest(end: number): void {
    splitter.flush();
    if (lines.length > 0) onLines(lines, end);
    lines = [];
  }
}

/** Without the mark that a file may begin with, and without the hole of zeros that a stale writer leaves behind a truncation. */
function asLine(bytes: Buffer, isFirst: boolean): Buffer {
  let start = 0;
  while (bytes[start] === 0) start += 1;
  const hasMark = isFirst && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.subarray(hasMark ? 3 : start);
}
