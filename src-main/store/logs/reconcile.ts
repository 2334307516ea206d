import { closeSync, existsSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { DamagedSegment } from './damaged-segment';
import type { SegmentWords } from './raw-batch';
import { isFileProblem, openForReading } from './read-bytes';
import { checkRawSegment } from './read-raw-segment';
import { type ColumnSummary, summarizeColumns } from './record-columns';
import type { SealedIndex } from './sealed-format';
import { archivedFile, archiveFolder, parseFileName, type Segment, segmentFiles } from './segment';
import { readIndex } from './segment-view';

/** The catalog and the files brought to agree. */
export interface Reconciled {
  readonly segments: readonly Segment[];
  /** The catalog still has to learn of these. */
  readonly changed: readonly Segment[];
  readonly removed: readonly number[];
  /** The open segment that can be gone on with, and its names; null: a new one is begun. */
  readonly last: { readonly segment: Segment; readonly words: SegmentWords } | null;
  /** Records that were kept and cannot be read any more. */
  readonly lostCount: number;
  readonly nextNumber: number;
  /** Sources that files without a catalog name. */
  readonly origins: readonly LogOrigin[];
}

interface Salvaged {
  readonly segment: Segment;
  readonly origins: readonly LogOrigin[];
}

/**
 * Every file is either in the catalog, or a leftover of a change that was not finished and goes. `fresh`: the catalog was lost, so that
 * what the files themselves tell is taken instead. Not `writable`: nothing is touched.
 */
export function reconcile(
  directory: string,
  known: readonly Segment[],
  options: { readonly fresh: boolean; readonly writable: boolean; readonly nowMs: number },
): Reconciled {
  const { fresh, writable, nowMs } = options;
  const names = [...namesIn(directory), ...namesIn(join(directory, archiveFolder))];
  const found = names.flatMap((name) => {
    const parsed = parseFileName(name);
    return parsed === null ? [] : [{ name, ...parsed }];
  });
  const segments: Segment[] = [];
  const changed: Segment[] = [];
  const removed: number[] = [];
  const origins: LogOrigin[] = [];
  let lostCount = 0;
  let last: Reconciled['last'] = null;

  function take(segment: Segment, isChanged: boolean): void {
    segments.push(segment);
    if (isChanged) changed.push(segment);
  }

  function takeOpen(segment: Segment, isLast: boolean): void {
    const files = segmentFiles(directory, segment.number);
    if (writable) {
      rmSync(files.sealed, { force: true });
      for (const [file, bytes] of [
        [files.text, segment.textBytes],
        [files.marks, segment.marksBytes],
      ] as const)
        cutBack(file, bytes);
    }
    const { batches, words } = checkRawSegment(directory, segment);
    const readable = batches.reduce((sum, batch) => sum + (batch.whole ? batch.columns.count : 0), 0);
    lostCount += Math.max(0, segment.recordCount - readable);
    take(segment, false);
    if (isLast && readable === segment.recordCount) last = { segment, words };
  }

  const numbers = new Set(known.map((segment) => segment.number));
  const lastNumber = Math.max(0, ...numbers);
  for (const segment of known) {
    const files = segmentFiles(directory, segment.number);
    const archived = found.find((file) => file.number === segment.number && file.ending === 'lsa');
    if (segment.form === 'open' && existsSync(files.text) && existsSync(files.marks)) takeOpen(segment, segment.number === lastNumber);
    else if (existsSync(files.sealed)) {
      take({ ...segment, form: 'sealed', archiveName: null }, segment.form !== 'sealed');
      if (writable) for (const file of [files.text, files.marks]) rmSync(file, { force: true });
    } else if (archived !== undefined)
      take(
        { ...segment, form: 'archived', archiveName: archived.name },
        segment.form !== 'archived' || segment.archiveName !== archived.name,
      );
    else {
      removed.push(segment.number);
      if (segment.form !== 'archived') lostCount += segment.recordCount;
    }
  }
  for (const { name, number, ending } of found) {
    if (numbers.has(number)) {
      if (ending === 'sealing' && writable) rmSync(join(directory, name), { force: true });
      continue;
    }
    const salvaged = ending === 'lsa' || fresh ? salvage(directory, name, number, ending, nowMs) : null;
    if (salvaged !== null) {
      numbers.add(number);
      take(salvaged.segment, true);
      origins.push(...salvaged.origins);
    } else if (writable && ending !== 'lsa' && (!fresh || ending === 'sealing')) rmSync(join(directory, name), { force: true });
  }
  segments.sort((one, other) => one.number - other.number);
  const highest = Math.max(0, ...numbers, ...found.map((file) => file.number));
  return { segments, changed, removed, last, lostCount, nextNumber: highest + 1, origins };
}

/** What a file without a catalog tells of itself; null: nothing, or another of the same number tells more. */
function salvage(directory: string, name: string, number: number, ending: string, nowMs: number): Salvaged | null {
  if (ending === 'lss') return salvageSealed(segmentFiles(directory, number).sealed, null, number);
  if (ending === 'lsa') return salvageSealed(archivedFile(directory, name), name, number);
  if (ending !== 'marks' || existsSync(segmentFiles(directory, number).sealed)) return null;
  const huge = Number.MAX_SAFE_INTEGER;
  const { batches, words } = checkRawSegment(directory, { number, textBytes: huge, marksBytes: huge });
  const last = batches.findLast((batch) => batch.whole);
  if (last === undefined) return null;
  const readable = batches.slice(0, batches.indexOf(last) + 1);
  const textBytes = last.textFrom + last.textBytes;
  const segment: Segment = {
    number,
    form: 'open',
    archiveName: null,
    textBytes,
    marksBytes: last.marksTo,
    recordCount: readable.reduce((sum, batch) => sum + batch.columns.count, 0),
    ...timesOf(readable.map((batch) => summarizeColumns(batch.columns, 0, batch.columns.count))),
    firstStoredAtMs: nowMs,
    lastStoredAtMs: nowMs,
    diskBytes: textBytes + last.marksTo,
    originKeys: words.origins.map((origin) => origin.key),
  };
  return { segment, origins: words.origins };
}

function salvageSealed(file: string, archiveName: string | null, number: number): Salvaged | null {
  const opened = openForReading(file);
  if (opened === null) return null;
  try {
    const index = readIndex(opened.descriptor, opened.bytes);
    return index.number === number ? { segment: segmentOfIndex(index, archiveName, opened.bytes), origins: index.words.origins } : null;
  } catch (error) {
    if (error instanceof DamagedSegment || isFileProblem(error)) return null;
    throw error;
  } finally {
    closeSync(opened.descriptor);
  }
}

function segmentOfIndex(index: SealedIndex, archiveName: string | null, diskBytes: number): Segment {
  return {
    number: index.number,
    form: archiveName === null ? 'sealed' : 'archived',
    archiveName,
    textBytes: index.textBytes,
    marksBytes: 0,
    recordCount: index.recordCount,
    ...timesOf(index.blocks),
    firstStoredAtMs: index.firstStoredAtMs,
    lastStoredAtMs: index.lastStoredAtMs,
    diskBytes,
    originKeys: index.words.origins.map((origin) => origin.key),
  };
}

function timesOf(parts: readonly ColumnSummary[]): Pick<Segment, 'minAtMs' | 'maxAtMs'> {
  return {
    minAtMs: parts.reduce((least, part) => Math.min(least, part.minAtMs), Number.POSITIVE_INFINITY),
    maxAtMs: parts.reduce((most, part) => Math.max(most, part.maxAtMs), Number.NEGATIVE_INFINITY),
  };
}

function cutBack(file: string, bytes: number): void {
  const opened = openForReading(file);
  if (opened === null) return;
  closeSync(opened.descriptor);
  if (opened.bytes > bytes) truncateSync(file, bytes);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isFileProblem(error)) return [];
    throw error;
  }
}
