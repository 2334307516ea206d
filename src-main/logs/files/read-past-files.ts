import { isGzip } from '../../platform/gunzip';
import { type LogFileStat, openLogFile, statLogFile } from '../../platform/log-file';
import { findSiblings } from '../../platform/log-files-found';
import type { FileLine } from './generation';
import { type PastOutcome, readPast } from './read-past';
import { isCompressedName, isRotationOf } from './rotated-name';

export interface PastFilesOptions {
  readonly signal: AbortSignal;
  readonly nowMs: number;
  /** Files last written longer ago are left out. */
  readonly maxAgeMs: number;
  /** Of text, unpacked, over all of them; the newest files have the first claim. */
  readonly maxBytes: number;
  /** Read already, or being read by the follower. */
  readonly isKnown?: (stat: LogFileStat) => boolean;
  readonly whenReady?: () => Promise<void>;
}

export interface PastFile {
  readonly path: string;
  readonly outcome: PastOutcome | { readonly kind: 'unsupported'; readonly reason: string };
}

export interface PastFiles {
  /** Oldest first. */
  readonly files: readonly PastFile[];
  /** Too old, or beyond the bytes that were wanted. */
  readonly leftOutCount: number;
}

interface Wanted {
  readonly path: string;
  readonly maxBytes: number;
}

/** Text of a log packs to a tenth, at most to a fiftieth of itself; what holds more is no log. */
const mostUnpackedRatio = 50;

/**
 * Gives the lines of what rotations left beside a followed file (`app.log.1`, `app.log.2.gz`, `app.log-20261121`), the oldest file
 * first, so that they come in the order they were written. Rejects when `signal` aborts or the listener throws.
 */
export async function readPastFiles(
  path: string,
  onLine: (line: FileLine, file: string) => void,
  options: PastFilesOptions,
): Promise<PastFiles> {
  const { wanted, unsupported, leftOutCount } = choose(path, options);
  const { signal, whenReady } = options;
  const files: PastFile[] = [...unsupported];
  for (const { path: file, maxBytes } of wanted) {
    const limits = { signal, maxBytes, ...(whenReady === undefined ? {} : { whenReady }) };
    files.push({ path: file, outcome: await readPast(file, (line) => onLine(line, file), limits) });
  }
  return { files, leftOutCount };
}

function choose(path: string, { nowMs, maxAgeMs, maxBytes, isKnown }: PastFilesOptions) {
  const unsupported: PastFile[] = [];
  const wanted: Wanted[] = [];
  let leftOutCount = 0;
  let leftBytes = maxBytes;
  for (const { path: file, stat } of newestFirst(path)) {
    if (isKnown?.(stat) === true) continue;
    const head = stat.sizeBytes === 0 ? 'plain' : headOf(file);
    if (head === 'unreadable') {
      unsupported.push({ path: file, outcome: { kind: 'unsupported', reason: 'It is compressed in another way than gzip.' } });
      continue;
    }
    if (nowMs - stat.modifiedAtMs > maxAgeMs || leftBytes <= 0) {
      leftOutCount += 1;
      continue;
    }
    const mostBytes = Math.min(leftBytes, head === 'gzip' ? stat.sizeBytes * mostUnpackedRatio : stat.sizeBytes);
    leftBytes -= mostBytes;
    wanted.unshift({ path: file, maxBytes: mostBytes });
  }
  return { wanted, unsupported, leftOutCount };
}

/** By the last write, which gzip keeps; of equal ones (a copy made at once) the lower number is the newer. */
function newestFirst(path: string) {
  return findSiblings(path)
    .filter((file) => isRotationOf(path, file))
    .flatMap((file) => {
      const outcome = statLogFile(file);
      return outcome.kind === 'file' ? [{ path: file, stat: outcome.stat }] : [];
    })
    .sort((a, b) => b.stat.modifiedAtMs - a.stat.modifiedAtMs || naturally.compare(a.path, b.path));
}

const naturally = new Intl.Collator('en', { numeric: true });

/** By content: a rotation may leave the name to another program. */
function headOf(path: string): 'gzip' | 'plain' | 'unreadable' {
  const opened = openLogFile(path);
  if (opened.kind !== 'opened') return 'plain';
  try {
    const head = Buffer.alloc(3);
    opened.file.read(head, 0, head.length, 0);
    if (isGzip(head)) return 'gzip';
    return isCompressedName(path) ? 'unreadable' : 'plain';
  } finally {
    opened.file.close();
  }
}
