import { rmSync } from 'node:fs';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { SqliteFailure } from '../sqlite';
import type { Catalog } from './catalog';
import type { LogAppend } from './log-store';
import { createWordsBuilder } from './raw-batch';
import { isDiskFull, isFileProblem } from './read-bytes';
import type { Reconciled } from './reconcile';
import { countRecords } from './record-run';
import { type Sealer, SealFailure } from './sealer';
import { newSegment, recordId, type Segment, segmentFiles } from './segment';
import { createSegmentFiles, createSegmentWriter, type SegmentWriter } from './segment-writer';

/** Where a store may be killed in a test. */
export type SealStep = 'started' | 'sealed' | 'committed' | 'removed';

export interface SegmentKeeperOptions {
  readonly directory: string;
  readonly catalog: Catalog;
  readonly found: Reconciled;
  readonly originOf: (key: string) => LogOrigin;
  readonly nowMs: () => number;
  readonly sealer: Sealer;
  /** Text in an open segment above which it is sealed. */
  readonly segmentBytes: number;
  readonly onSealStep?: ((step: SealStep) => void) | undefined;
}

/** The writing side of the files: appends, begins new segments, seals full ones. */
export interface SegmentKeeper {
  /** By number; the last one may be open. */
  segments(): readonly Segment[];
  /** Of the newest record kept, or just before the first to come. */
  readonly lastId: number;
  /** Gives the id of the first record; throws what the system or the database says, and nothing is kept then. */
  append(batch: LogAppend): number;
  /** Ends the open segment, so that it can be sealed. */
  endOpen(): void;
  /** Keys of sources that records still need. */
  neededOrigins(): ReadonlySet<string>;
  /** Replaces or takes away segments that are not open. */
  replace(segments: readonly Segment[], removed: readonly number[]): void;
  /** Seals what waits for it; resolves when there is nothing left or it cannot be done now. */
  seal(): Promise<void>;
  /** What keeps segments from being sealed; null: nothing. */
  readonly sealProblem: string | null;
  /** Records found damaged when they were sealed. */
  readonly damagedCount: number;
  close(): Promise<void>;
}

/** More records would make the marks of an open segment slow to read. */
const maxRecords = 131_072;

export function createSegmentKeeper(options: SegmentKeeperOptions): SegmentKeeper {
  const { directory, catalog, found, nowMs } = options;
  let ended = new Map(found.segments.map((segment) => [segment.number, segment]));
  let writer: SegmentWriter | null = null;
  let nextNumber = found.nextNumber;
  let sealing: Promise<void> | null = null;
  let sealWanted = false;
  let sealProblem: string | null = null;
  let damagedCount = 0;
  let closed = false;
  let listed: readonly Segment[] | null = null;

  if (found.last !== null) {
    ended.delete(found.last.segment.number);
    writer = createSegmentWriter(directory, found.last.segment, createWordsBuilder(options.originOf, found.last.words));
  }

  function begin(): SegmentWriter {
    createSegmentFiles(directory, nextNumber);
    const begun = createSegmentWriter(directory, newSegment(nextNumber, nowMs()), createWordsBuilder(options.originOf));
    nextNumber += 1;
    return begun;
  }

  function append(batch: LogAppend): number {
    const isEmpty = countRecords(batch.records, batch.runs) === 0;
    const current = writer ?? (isEmpty ? null : begin());
    if (current === null || isEmpty) {
      catalog.change({ positions: batch.positions });
      return lastId() + 1;
    }
    writer = current;
    const before = current.segment;
    const after = current.write(batch, nowMs());
    try {
      catalog.change({ segments: [after], positions: batch.positions });
    } catch (error) {
      current.forget();
      throw error;
    }
    current.keep(after);
    listed = null;
    if (after.textBytes >= options.segmentBytes || after.recordCount >= maxRecords) endOpen();
    return recordId(before.number, before.recordCount);
  }

  function endOpen(): void {
    if (writer === null || writer.segment.recordCount === 0) return;
    const originKeys = writer.builder.words.origins.map((origin) => origin.key);
    ended.set(writer.segment.number, { ...writer.segment, originKeys });
    writer.close();
    writer = null;
    listed = null;
    void seal();
  }

  function lastId(): number {
    const last = segments().at(-1);
    return last === undefined ? recordId(nextNumber, 0) - 1 : recordId(last.number, Math.max(0, last.recordCount - 1));
  }

  function segments(): readonly Segment[] {
    listed ??= [...ended.values(), ...(writer === null ? [] : [writer.segment])];
    return listed;
  }

  function replace(replaced: readonly Segment[], removed: readonly number[]): void {
    catalog.change({ segments: replaced, removedSegments: removed });
    const next = new Map(ended);
    for (const segment of replaced) if (next.has(segment.number)) next.set(segment.number, segment);
    for (const number of removed) next.delete(number);
    ended = next;
    listed = null;
  }

  async function sealAll(): Promise<void> {
    while (sealWanted) {
      const segment = [...ended.values()].find((one) => one.form === 'open');
      if (segment === undefined || closed) {
        sealWanted = false;
        return;
      }
      options.onSealStep?.('started');
      const sealed = await options.sealer.seal(segment);
      options.onSealStep?.('sealed');
      if (closed || !ended.has(segment.number)) return;
      replace([sealed.segment], []);
      damagedCount += sealed.damagedCount;
      options.onSealStep?.('committed');
      const files = segmentFiles(directory, segment.number);
      for (const file of [files.text, files.marks]) rmSync(file, { force: true });
      options.onSealStep?.('removed');
      sealProblem = null;
    }
  }

  function seal(): Promise<void> {
    sealWanted = true;
    sealing ??= sealAll()
      .catch((error: unknown) => {
        sealWanted = false;
        if (!isFileProblem(error) && !(error instanceof SqliteFailure) && !(error instanceof SealFailure)) throw error;
        if (closed) return;
        sealProblem = error.message;
      })
      .finally(() => {
        sealing = null;
        // Asked for between the last look and now.
        if (sealWanted && !closed) void seal();
      });
    return sealing;
  }

  return {
    segments,
    get lastId() {
      return lastId();
    },
    append,
    endOpen,
    neededOrigins: () =>
      new Set([
        ...segments().flatMap((segment) => segment.originKeys),
        ...(writer?.builder.words.origins.map((origin) => origin.key) ?? []),
      ]),
    replace,
    seal,
    get sealProblem() {
      return sealProblem;
    },
    get damagedCount() {
      return damagedCount;
    },
    async close() {
      closed = true;
      // What is half done is done again at the next start.
      await options.sealer.close();
      await sealing;
      writer?.close();
    },
  };
}

/** There is no space, neither for the files nor for the database. */
export function isFull(error: unknown): boolean {
  return isDiskFull(error) || (error instanceof SqliteFailure && error.code.startsWith('SQLITE_FULL'));
}
