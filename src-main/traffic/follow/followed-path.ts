import type { Clock } from '../../platform/clock';
import { type LogFileStat, openLogFile, statLogFile } from '../../platform/log-file';
import { findSiblings } from '../../platform/log-files-found';
import { isCompressedName, isRotationOf } from '../../platform/rotated-name';
import { FileGeneration } from './file-generation';
import type { LogReader } from './log-reader';

/** A file that was rotated away is let go after so long without a new byte: writers need a while to open the new one. */
const quietBeforeClosingMs = 5_000;
/** A deleted one in any case, for its space is held as long as it is open. */
const deletedOpenMs = 8_000;
const mostDraining = 8;

export interface FollowDeps {
  readonly clock: Clock;
  /** A reader for the next file of the path. */
  readonly newReader: (before: LogReader | null) => LogReader;
  readonly onBytes: (byteCount: number) => void;
  /** Lines may be missing. */
  readonly onGap: () => void;
  /** Waited for after each piece; false: it is enough. */
  readonly rest: () => Promise<boolean>;
  /** Read already, under whatever path. */
  readonly isKnown: (stat: LogFileStat) => boolean;
  readonly onOpened: (stat: LogFileStat) => void;
  /** Read to its end and about to be closed. */
  readonly onDone: (generation: FileGeneration) => void;
}

interface Draining {
  readonly generation: FileGeneration;
  readonly detachedAtMs: number;
  lastByteAtMs: number;
}

/** Follows the file at one path through rotations of every kind. Has no loop: `cycle` reads what is new. */
export class FollowedPath {
  private draining: Draining[] = [];

  constructor(
    readonly path: string,
    private current: FileGeneration | null,
    private readonly deps: FollowDeps,
  ) {}

  /** What was read to its present end and may grow. */
  get open(): readonly FileGeneration[] {
    const rest = this.draining.map(({ generation }) => generation);
    return this.current === null ? rest : [...rest, this.current];
  }

  /** All that is new. A look only where nothing is. False: it was stopped. */
  async cycle(): Promise<boolean> {
    const outcome = statLogFile(this.path);
    const stat = outcome.kind === 'file' ? outcome.stat : null;
    if (this.current !== null && stat !== null && isSame(this.current.stat, stat)) {
      if (this.draining.length > 0 && !(await this.drain())) return false;
      return !this.current.hasNews(stat) || this.readOn();
    }
    if (this.current !== null) {
      // Renamed, and its successor is not there yet: its writer may still write.
      const isHeld = outcome.kind === 'absent' ? this.current.look().linkCount > 0 : outcome.kind !== 'file' && outcome.kind !== 'refused';
      if (isHeld) return this.readOn();
      const nowMs = this.deps.clock.monotonicMs();
      this.draining.push({ generation: this.current, detachedAtMs: nowMs, lastByteAtMs: nowMs });
      this.current = null;
    }
    if (!(await this.drain())) return false;
    if (stat === null) return true;
    return this.openNext();
  }

  close(): void {
    for (const generation of this.open) generation.close();
    this.draining = [];
    this.current = null;
  }

  private async openNext(): Promise<boolean> {
    const before = this.draining.at(-1)?.generation ?? null;
    const opened = openLogFile(this.path);
    if (opened.kind !== 'opened') return true;
    const stat = opened.file.stat();
    const again = this.draining.find(({ generation }) => isSame(generation.stat, stat));
    if (again !== undefined || this.deps.isKnown(stat)) {
      opened.file.close();
      if (again === undefined) return true;
      // Renamed, and back.
      this.draining = this.draining.filter((other) => other !== again);
      this.current = again.generation;
      return this.readOn();
    }
    const generation = new FileGeneration(this.path, opened.file, stat, this.deps.newReader(before?.reader ?? null));
    this.deps.onOpened(stat);
    if (before !== null && !(await this.readUnseen(before, stat))) {
      generation.close();
      return false;
    }
    this.current = generation;
    return this.readOn();
  }

  /** Files that came and went between two looks, told by their births. */
  private async readUnseen(before: FileGeneration, current: LogFileStat): Promise<boolean> {
    const { birthAtMs } = before.stat;
    if (birthAtMs === null || current.birthAtMs === null) return true;
    const between = siblingsOf(this.path).flatMap((path) => {
      const outcome = statLogFile(path);
      if (outcome.kind !== 'file' || this.deps.isKnown(outcome.stat) || isSame(outcome.stat, current)) return [];
      const birth = outcome.stat.birthAtMs;
      return birth !== null && birth >= birthAtMs && birth <= (current.birthAtMs ?? 0) ? [{ path, birth }] : [];
    });
    for (const { path } of between.sort((a, b) => a.birth - b.birth)) {
      const opened = openLogFile(path);
      if (opened.kind !== 'opened') continue;
      const unseen = new FileGeneration(path, opened.file, opened.file.stat(), this.deps.newReader(before.reader));
      this.deps.onOpened(unseen.stat);
      const nowMs = this.deps.clock.monotonicMs();
      const draining = { generation: unseen, detachedAtMs: nowMs, lastByteAtMs: nowMs };
      this.draining.push(draining);
      if (!(await this.readAll(unseen))) return false;
    }
    return true;
  }

  private async readOn(): Promise<boolean> {
    const { current } = this;
    if (current === null) return true;
    const outcome = await this.readAll(current);
    if (outcome !== 'replaced') return outcome;
    await this.readCopy(current);
    current.reader.end();
    this.current = current.restarted(this.deps.newReader(current.reader));
    return this.readOn();
  }

  /** The file was copied and cut to nothing: what it still held is in the copy. */
  private async readCopy(current: FileGeneration): Promise<void> {
    for (const path of siblingsOf(this.path)) {
      const opened = openLogFile(path);
      if (opened.kind !== 'opened') continue;
      const { file } = opened;
      const stat = file.stat();
      if (!this.deps.isKnown(stat) && current.isCopiedIn(file, stat.sizeBytes)) {
        const copy = new FileGeneration(path, file, stat, current.reader, current.offset);
        this.deps.onOpened(stat);
        await this.readAll(copy);
        this.deps.onDone(copy);
        copy.close();
        return;
      }
      file.close();
    }
    this.deps.onGap();
  }

  private async drain(): Promise<boolean> {
    for (const draining of [...this.draining]) {
      const { generation } = draining;
      const before = generation.offset;
      const outcome = await this.readAll(generation);
      if (outcome === false) return false;
      const nowMs = this.deps.clock.monotonicMs();
      if (generation.offset > before) draining.lastByteAtMs = nowMs;
      const isQuiet = nowMs - draining.lastByteAtMs >= quietBeforeClosingMs;
      const isOverdue = nowMs - draining.detachedAtMs >= deletedOpenMs && generation.look().linkCount === 0;
      if (outcome !== 'replaced' && !isQuiet && !isOverdue && this.draining.length <= mostDraining) continue;
      generation.reader.end();
      this.deps.onDone(generation);
      generation.close();
      this.draining = this.draining.filter((other) => other !== draining);
    }
    return true;
  }

  /** To its present end. */
  private async readAll(generation: FileGeneration): Promise<boolean | 'replaced'> {
    for (;;) {
      const before = generation.offset;
      const outcome = generation.read();
      if (generation.offset > before) this.deps.onBytes(generation.offset - before);
      if (outcome === 'replaced') return 'replaced';
      if (outcome === 'end') {
        generation.reader.settle();
        return true;
      }
      if (generation.reader.isHopeless) return true;
      if (!(await this.deps.rest())) return false;
    }
  }
}

/** What rotations left beside it, uncompressed. */
function siblingsOf(path: string): readonly string[] {
  return findSiblings(path).filter((file) => isRotationOf(path, file) && !isCompressedName(file));
}

function isSame(one: LogFileStat, other: LogFileStat): boolean {
  const hasBirths = one.birthAtMs !== null && other.birthAtMs !== null;
  return one.dev === other.dev && one.inode === other.inode && (!hasBirths || one.birthAtMs === other.birthAtMs);
}
