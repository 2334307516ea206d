import type { EngineLogFile } from '../../platform/container-engine';
import { type LogFile, type LogFileStat, openLogFile, statLogFile } from '../../platform/log-file';
import { compareStamps, type Stamp } from '../stamp';
import { stampOfRecord } from './json-file-lines';

/** Where reading begins: files one after the other, the last is being written. */
export interface OpenedChain {
  readonly files: LogFile[];
  /** In the first of them. */
  readonly offset: number;
}

const probeBytes = 256 * 1024;
/** A rotation may come in between. */
const maxAttempts = 5;

export function isSameFile(one: LogFileStat, other: LogFileStat): boolean {
  return one.dev === other.dev && one.inode === other.inode;
}

/** Opens what holds lines from `stamp` on. Null: it cannot be read here. */
export function openChain(place: EngineLogFile, stamp: Stamp): OpenedChain | null {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const files: LogFile[] = [];
    const isStill = openBack(place, stamp, files);
    if (isStill === true) return { files, offset: findOffset(files[0], stamp) };
    for (const file of files) file.close();
    if (isStill === null) return null;
  }
  return null;
}

/** From the newest to the first that begins before `stamp`. False: files were renamed meanwhile; null: one cannot be read. */
function openBack(place: EngineLogFile, stamp: Stamp, files: LogFile[]): boolean | null {
  for (let age = 0; age < place.fileCount; age += 1) {
    const opened = openLogFile(pathOf(place, age));
    if (opened.kind === 'absent' && age > 0) break;
    if (opened.kind !== 'opened') return opened.kind === 'absent' ? false : null;
    files.unshift(opened.file);
    const first = stampBehind(opened.file, 0, true);
    if (first !== null && compareStamps(first, stamp) < 0) break;
  }
  const [newest] = files.slice(-1);
  const now = statLogFile(place.path);
  // The one that is held open keeps its number: as long as it stands at the path, nothing was renamed.
  return newest !== undefined && now.kind === 'file' && isSameFile(now.stat, newest.stat());
}

/** The file that was begun after `file`, which is not written any more. 'later': it is just being made; null: `file` is not kept any more. */
export function openSuccessor(place: EngineLogFile, file: LogFile): LogFile | 'later' | null {
  const own = file.stat();
  const isAt = (age: number) => {
    const found = statLogFile(pathOf(place, age));
    return found.kind === 'file' && isSameFile(found.stat, own);
  };
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    let age = 1;
    while (age < place.fileCount && !isAt(age)) age += 1;
    if (age === place.fileCount) return null;
    const next = openLogFile(pathOf(place, age - 1));
    // The oldest is renamed first: as long as ours stands where it stood, the one before it is the next.
    if (isAt(age)) return next.kind === 'opened' ? next.file : next.kind === 'absent' ? 'later' : null;
    if (next.kind === 'opened') next.file.close();
  }
  return 'later';
}

function pathOf({ path }: EngineLogFile, age: number): string {
  return age === 0 ? path : `${path}.${age}`;
}

/** A place at the beginning of a record, not behind the first one that bears `stamp` or a later one. */
function findOffset(file: LogFile | undefined, stamp: Stamp): number {
  if (file === undefined) return 0;
  let low = 0;
  let high = file.stat().sizeBytes;
  while (high - low > probeBytes) {
    const middle = Math.floor((low + high) / 2);
    const found = stampBehind(file, middle, false);
    if (found !== null && compareStamps(found, stamp) < 0) low = middle;
    else high = middle;
  }
  return low === 0 ? 0 : low + recordBehind(readAt(file, low), false).start;
}

/** Of the first whole record at or behind `offset`; null: there is none within reach. */
function stampBehind(file: LogFile, offset: number, isRecordStart: boolean): Stamp | null {
  const bytes = readAt(file, offset);
  const { start, end } = recordBehind(bytes, isRecordStart);
  return end === -1 ? null : stampOfRecord(bytes.toString('utf8', start, end));
}

function recordBehind(bytes: Buffer, isRecordStart: boolean): { readonly start: number; readonly end: number } {
  const start = isRecordStart ? 0 : bytes.indexOf(10) + 1;
  return { start, end: bytes.indexOf(10, start) };
}

function readAt(file: LogFile, offset: number): Buffer {
  const buffer = Buffer.allocUnsafe(probeBytes);
  return buffer.subarray(0, file.read(buffer, 0, probeBytes, offset));
}
