import type { LogFileStat } from '../../platform/log-file';
import type { ReadMark } from '../follow/file-generation';

/** The files of a session and how far they were read. */
export class ReadMarks {
  /** What was counted is not in the files any more: it cannot be gone on with in another session. */
  isSpoiled = false;
  private readonly marks = new Map<string, ReadMark>();
  private readonly births = new Map<string, number | null>();

  constructor(marks: readonly ReadMark[] = []) {
    for (const mark of marks) this.put(mark);
  }

  get all(): readonly ReadMark[] {
    return [...this.marks.values()];
  }

  /** A file is being read. */
  meet(stat: LogFileStat): void {
    this.births.set(keyOf(stat), stat.birthAtMs);
  }

  put(mark: ReadMark): void {
    this.marks.set(keyOf(mark), mark);
    this.births.set(keyOf(mark), mark.birthAtMs);
  }

  of(stat: LogFileStat): ReadMark | null {
    return this.marks.get(keyOf(stat)) ?? null;
  }

  /** Numbers of files are given out again; without births nobody can tell, and lines that are not read would be missed for sure. */
  isKnown(stat: LogFileStat): boolean {
    return stat.birthAtMs !== null && this.births.get(keyOf(stat)) === stat.birthAtMs;
  }
}

function keyOf({ dev, inode }: { readonly dev: number; readonly inode: number }): string {
  return `${dev}:${inode}`;
}
