import { join } from 'node:path';

/** `open`: text and marks files, as appended; `sealed`: one compressed file; `archived`: the same in `archive/`. */
export type SegmentForm = 'open' | 'sealed' | 'archived';

/** A stretch of entries in files of its own, as the catalog knows it. */
export interface Segment {
  readonly number: number;
  readonly form: SegmentForm;
  /** Name in `archive/`; null: not there. */
  readonly archiveName: string | null;
  /** Bytes of the text file that belong to it; of text, too, once sealed. */
  readonly textBytes: number;
  /** Bytes of the marks file that belong to it; 0 once sealed. */
  readonly marksBytes: number;
  readonly recordCount: number;
  /** Of the records; infinite while there are none. */
  readonly minAtMs: number;
  readonly maxAtMs: number;
  /** By this machine's clock, of the first and the last append. */
  readonly firstStoredAtMs: number;
  readonly lastStoredAtMs: number;
  readonly diskBytes: number;
  /** Keys of the sources in it; known once sealed. */
  readonly originKeys: readonly string[];
}

/** Records in one segment never reach this. */
const ordinals = 2 ** 24;

/** Ids rise with the segment, then with the place in it. */
export function recordId(segment: number, ordinal: number): number {
  return segment * ordinals + ordinal;
}

export function segmentOfId(id: number): number {
  return Math.floor(id / ordinals);
}

export const archiveFolder = 'archive';
const sealingSuffix = '.sealing';

export interface SegmentFiles {
  readonly text: string;
  readonly marks: string;
  readonly sealed: string;
  /** Being written; not valid. */
  readonly sealing: string;
}

export function segmentFiles(directory: string, number: number): SegmentFiles {
  const base = join(directory, String(number).padStart(8, '0'));
  return { text: `${base}.text`, marks: `${base}.marks`, sealed: `${base}.lss`, sealing: `${base}${sealingSuffix}` };
}

export function archivedFile(directory: string, archiveName: string): string {
  return join(directory, archiveFolder, archiveName);
}

/** `2026-11-21-00000012.lsa`: the day its newest entry was stored, UTC. */
export function archiveNameOf(segment: Pick<Segment, 'number' | 'lastStoredAtMs'>): string {
  return `${new Date(segment.lastStoredAtMs).toISOString().slice(0, 10)}-${String(segment.number).padStart(8, '0')}.lsa`;
}

/** What a file in the directory or in `archive/` is by its name; null: not of this store. */
export function parseFileName(name: string): { readonly number: number; readonly ending: string } | null {
  const found = /^(?:\d{4}-\d\d-\d\d-)?(\d{8,9})\.(text|marks|lss|sealing|lsa)$/.exec(name);
  return found === null ? null : { number: Number(found[1]), ending: found[2] ?? '' };
}

export function newSegment(number: number, nowMs: number): Segment {
  return {
    number,
    form: 'open',
    archiveName: null,
    textBytes: 0,
    marksBytes: 0,
    recordCount: 0,
    minAtMs: Number.POSITIVE_INFINITY,
    maxAtMs: Number.NEGATIVE_INFINITY,
    firstStoredAtMs: nowMs,
    lastStoredAtMs: nowMs,
    diskBytes: 0,
    originKeys: [],
  };
}
