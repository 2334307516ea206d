import type { LogKind, LogOrigin } from '../../../src-shared/logs/log-record';
import { sayAbsence } from '../../../src-shared/messages/say-absence';
import type { Sentence } from '../../../src-shared/sentence';
import type { Clock } from '../../platform/clock';
import { type LogFile, type LogFileStat, openLogFile } from '../../platform/log-file';
import { listFileNames } from '../../platform/log-files-found';
import type { RawBatch } from '../pipeline/raw-batch';
import { Waker } from '../tails/back-off';
import { choosePast, createSiblingFinder } from './choose-past';
import type { FirstMeeting } from './file-batch';
import { holdsPosition } from './generation';
import { type PastPosition, pastReaderPrefix } from './past-position';
import { identityKey, isSameBirth, isSameFile } from './position';
import { readPast } from './read-past';

export interface PastReaderDeps {
  readonly clock: Clock;
  /** Of all readers, as they were kept. */
  readonly positions: ReadonlyMap<string, string>;
  readonly onBatch: (batch: RawBatch) => void;
  readonly originOf: (path: string, kind: LogKind) => LogOrigin;
  /** Only counted; see RawLine. */
  readonly isCopy: (path: string) => boolean;
  /** Followed already, under whatever path. */
  readonly isFollowed: (path: string, stat: LogFileStat) => boolean;
  readonly keepDays: () => number;
  /** Lines that are being written wait to be stored, or nothing can be stored. */
  readonly mustWait: () => boolean;
  readonly limits?: Partial<PastLimits>;
}

export interface PastLimits {
  readonly pathBytes: number;
  readonly allBytes: number;
}

const usualLimits: PastLimits = { pathBytes: 64 * 1024 * 1024, allBytes: 256 * 1024 * 1024 };
const dayMs = 24 * 3_600_000;
/** It rests twice as long as it worked. */
const restRatio = 2;
const leastRestMs = 5;
const waitMs = 20;

/** What there is to tell of the past of one path. */
interface Told {
  wantedBytes: number;
  takenBytes: number;
  pendingCount: number;
  leftOutCount: number;
  unsupportedCount: number;
  damagedCount: number;
}

/** Takes what was written to followed paths before they were, one file at a time, as long as nothing else wants the thread. */
export class PastReader {
  private readonly queue: PastPosition[] = [];
  /** Births of the files that were chosen ever, by identity. */
  private readonly births = new Map<string, number | null>();
  private readonly told = new Map<string, Told>();
  private readonly findSiblings: (path: string) => readonly string[];
  private readonly limits: PastLimits;
  private readonly waker = new Waker();
  private plannedBytes = 0;
  private closed = false;
  private unexpected: unknown = null;
  private running: Promise<void> | null = null;

  constructor(private readonly deps: PastReaderDeps) {
    this.limits = { ...usualLimits, ...deps.limits };
    this.findSiblings = createSiblingFinder(listFileNames, () => deps.clock.monotonicMs());
    const known = [...deps.positions].flatMap(([reader, text]) =>
      reader.startsWith(pastReaderPrefix) ? [JSON.parse(text) as PastPosition] : [],
    );
    for (const position of known) this.births.set(identityKey(position), position.birthAtMs);
    const pending = known.filter(({ isDone }) => !isDone);
    pending.sort((a, b) => (a.path === b.path ? a.writtenByMs - b.writtenByMs : a.path < b.path ? -1 : 1));
    for (const position of pending) this.enqueue(position);
  }

  /** Its batches without lines belong to the same tick as the first one of the path: they are stored together. */
  meet(meeting: FirstMeeting): void {
    const { path } = meeting;
    const limits = {
      notBeforeMs: this.notBeforeMs(),
      maxBytes: Math.min(this.limits.pathBytes, this.limits.allBytes - this.plannedBytes),
    };
    const isKnown = (stat: LogFileStat) => {
      const birth = this.births.get(identityKey(stat));
      return (birth !== undefined && isSameBirth(birth, stat.birthAtMs)) || this.deps.isFollowed(path, stat);
    };
    const { files, leftOutCount, unsupportedCount } = choosePast(meeting, this.findSiblings(path), limits, isKnown);
    if (leftOutCount > 0 || unsupportedCount > 0) {
      const told = this.toldOf(path);
      told.leftOutCount += leftOutCount;
      told.unsupportedCount += unsupportedCount;
    }
    for (const position of files) {
      this.births.set(identityKey(position), position.birthAtMs);
      this.enqueue(position);
      this.give(position, []);
    }
  }

  /** In words for a person; none: there is nothing to tell. Throws what a bug in the reading threw. */
  describe(path: string): readonly Sentence[] {
    if (this.unexpected !== null) throw this.unexpected;
    const told = this.told.get(path);
    if (told === undefined) return [];
    const { pendingCount, wantedBytes, takenBytes } = told;
    const percent = Math.min(99, Math.floor((takenBytes / Math.max(1, wantedBytes)) * 100));
    const reading = pendingCount > 0 ? sayAbsence('logSource.past.reading', { percent }) : null;
    return [reading, missingOf(told)].filter((sentence) => sentence !== null);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.waker.wake();
    await this.running;
  }

  private enqueue(position: PastPosition): void {
    const leftBytes = Math.max(0, position.wantedBytes - (position.takenBytes - position.fromBytes));
    this.plannedBytes += leftBytes;
    const told = this.toldOf(position.path);
    told.wantedBytes += position.wantedBytes;
    told.takenBytes += position.wantedBytes - leftBytes;
    told.pendingCount += 1;
    this.queue.push(position);
    this.running ??= this.run().catch((error: unknown) => {
      this.unexpected = error;
    });
  }

  private async run(): Promise<void> {
    // What is handed in before the caller's own first batch would be stored before it.
    await this.rest(0);
    for (let next = this.queue.shift(); next !== undefined && !this.closed; next = this.queue.shift()) await this.read(next);
    this.running = null;
  }

  private async read(position: PastPosition): Promise<void> {
    const told = this.toldOf(position.path);
    const file = this.open(position);
    let current = position;
    if (file === null) told.damagedCount += 1;
    else {
      let startedMs = this.deps.clock.monotonicMs();
      try {
        const end = await readPast(file, {
          fromBytes: position.takenBytes,
          endBytes: position.endBytes,
          leastBytes: position.wantedBytes - (position.takenBytes - position.fromBytes),
          onLines: (lines, takenBytes) => {
            told.takenBytes += takenBytes - current.takenBytes;
            current = { ...current, takenBytes };
            this.give(current, lines);
          },
          rest: async () => {
            const goesOn = await this.rest((this.deps.clock.monotonicMs() - startedMs) * restRatio);
            startedMs = this.deps.clock.monotonicMs();
            return goesOn;
          },
        });
        if (end === 'stopped') return;
        if (end === 'damaged' || end === 'no-text') told.damagedCount += 1;
        if (end === 'cut') told.leftOutCount += 1;
      } finally {
        file.close();
      }
    }
    told.pendingCount -= 1;
    this.give({ ...current, isDone: true }, []);
    this.forgetQuiet(position.path, told);
  }

  /** Under any of the names it may have by now. Null: it is gone, or another text is in it. */
  private open(position: PastPosition): LogFile | null {
    const usual = new Set([position.file, position.path]);
    for (const path of usual) {
      const file = openIfHeld(path, position);
      if (file !== null) return file;
    }
    // Only now: listing a directory of ten thousand each second is what reading their past would cost most.
    for (const path of this.findSiblings(position.path)) {
      const file = usual.has(path) ? null : openIfHeld(path, position);
      if (file !== null) return file;
    }
    return null;
  }

  /** False: it is over. */
  private async rest(ms: number): Promise<boolean> {
    if (this.closed) return false;
    await this.waker.wait(Math.max(leastRestMs, ms));
    while (!this.closed && this.deps.mustWait()) await this.waker.wait(waitMs);
    return !this.closed;
  }

  private give(position: PastPosition, lines: readonly { readonly bytes: Buffer; readonly cutBytes: number }[]): void {
    const origin = this.deps.originOf(position.path, position.kind);
    const isCopy = this.deps.isCopy(position.path);
    this.deps.onBatch({
      reader: pastReaderPrefix + identityKey(position),
      position: JSON.stringify(position),
      past: { writtenByMs: position.writtenByMs, notBeforeMs: this.notBeforeMs() },
      lines: lines.map(({ bytes, cutBytes }) => ({ origin, bytes, cutBytes, atMs: null, stated: null, isCopy })),
    });
  }

  private notBeforeMs(): number {
    return this.deps.clock.nowMs() - this.deps.keepDays() * dayMs;
  }

  private toldOf(path: string): Told {
    let told = this.told.get(path);
    if (told === undefined) {
      told = { wantedBytes: 0, takenBytes: 0, pendingCount: 0, leftOutCount: 0, unsupportedCount: 0, damagedCount: 0 };
      this.told.set(path, told);
    }
    return told;
  }

  private forgetQuiet(path: string, { pendingCount, leftOutCount, unsupportedCount, damagedCount }: Told): void {
    if (pendingCount + leftOutCount + unsupportedCount + damagedCount === 0) this.told.delete(path);
  }
}

/** Null: nothing of it is missing. */
function missingOf({ leftOutCount: old, unsupportedCount: packed, damagedCount: damaged }: Told): Sentence | null {
  const what = `${old > 0 ? 'Old' : ''}${packed > 0 ? 'Packed' : ''}${damaged > 0 ? 'Damaged' : ''}` as const;
  return what === '' ? null : sayAbsence(`logSource.past.missing${what}`, { old, packed, damaged });
}

/** Null: it is not there, or another text is in it. */
function openIfHeld(path: string, position: PastPosition): LogFile | null {
  const opened = openLogFile(path);
  if (opened.kind !== 'opened') return null;
  if (isSameFile(position, opened.file.stat()) && holdsPosition(opened.file, { ...position, offset: 0 })) return opened.file;
  opened.file.close();
  return null;
}
