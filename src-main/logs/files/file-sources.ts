import { dirname, join } from 'node:path';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { sourceDetail } from '../../../src-shared/logs/source-detail';
import { wrappedRunName } from '../../../src-shared/logs/wrapped-run';
import { sayAbsence } from '../../../src-shared/messages/say-absence';
import type { LogSource } from '../../../src-shared/snapshots/logs';
import type { Clock } from '../../platform/clock';
import { readWrappedRuns } from '../../platform/wrapped-runs';
import type { OriginBook } from '../pipeline/origin-counts';
import type { RawBatch } from '../pipeline/raw-batch';
import type { FileBatch } from './file-batch';
import type { FollowedFile } from './followed-file';
import { FileFollower, type FileFollowerDeps } from './follower';
import { PastReader } from './past-reader';
import { type FilePosition, identityKey } from './position';
import { copiesOfTheJournal, type FollowedPattern } from './well-known';

/** A reading carries no more than these; those with something to tell come first. */
const maxListedFiles = 200;
const readerPrefix = 'file/';
const maxRemembered = 20_000;

export interface FileSourcesDeps extends Pick<FileFollowerDeps, 'etc' | 'patterns'> {
  /** What commands under `logscope run` write; followed besides the patterns. */
  readonly runsDirectory: string;
  readonly clock: Clock;
  /** Of all readers, as they were kept. */
  readonly positions: ReadonlyMap<string, string>;
  readonly onBatch: (batch: RawBatch) => void;
  /** Whether the journal tells errors itself: then files that repeat it are only counted. */
  readonly isJournalTold: () => boolean;
  /** Nothing more is read while it says so. */
  readonly isBusy: () => boolean;
  /** See FileFollowerDeps. */
  readonly isWatched?: () => boolean;
  /** Lines that are being written wait to be stored: what is past waits for them. */
  readonly isLiveWaiting: () => boolean;
  /** What is older is not wanted. */
  readonly keepDays: () => number;
}

/** The followed log files as readers of the pipeline, from where they were kept, or from their ends on, and their past later. */
export class FileSources {
  private readonly follower: FileFollower;
  private readonly past: PastReader;
  /** The same object for the same file. */
  private readonly origins = new Map<string, LogOrigin>();

  constructor(private readonly deps: FileSourcesDeps) {
    const positions = [...deps.positions].flatMap(([reader, text]) =>
      reader.startsWith(readerPrefix) ? [JSON.parse(text) as FilePosition] : [],
    );
    const runs: FollowedPattern = { pattern: join(deps.runsDirectory, '*.log'), kind: 'event' };
    const patterns = () => [...deps.patterns(), runs];
    this.past = new PastReader({
      ...deps,
      originOf: (path, kind) => this.originOf(path, kind),
      isCopy: (path) => this.isCopy(path),
      isFollowed: (path, stat) => this.follower.isKnown(path, stat),
      mustWait: () => deps.isBusy() || deps.isLiveWaiting(),
    });
    this.follower = new FileFollower({
      ...deps,
      patterns,
      positions,
      existing: 'end',
      onBatch: (batch) => this.take(batch),
      onFirst: (meeting) => this.past.meet(meeting),
    });
  }

  /** See FileFollower.look. */
  look(): Promise<void> {
    return this.follower.look();
  }

  /** Throws what a bug in the following threw. */
  read(book: Pick<OriginBook, 'countsOf' | 'lastLineAtMs'>): {
    readonly sources: readonly LogSource[];
    readonly warnings: readonly string[];
  } {
    const nowMs = this.deps.clock.nowMs();
    const { files, openCount, openLimit, leftOutCount } = this.follower.read();
    const listed = newestOf(files, ({ path, kind }) => book.lastLineAtMs(this.originOf(path, kind).key) ?? 0);
    const sources = listed.map(({ path, kind, state, why, remedy, gapCount }): LogSource => {
      const gaps = gapCount === 0 ? null : sayAbsence('logSource.gaps', { count: gapCount });
      const told = [why, ...this.past.describe(path), gaps].filter((sentence) => sentence !== null);
      const origin = this.originOf(path, kind);
      const counts = book.countsOf(origin.key, nowMs);
      return {
        id: path,
        kind: origin.sourceKind,
        logKind: kind,
        name: origin.name,
        state,
        ...sourceDetail(told),
        ...(remedy === null ? {} : { remedy }),
        lineCount: counts?.lineCount ?? 0,
        matchedCount: counts?.matchedCount ?? 0,
        cutCount: counts?.cutCount ?? 0,
        reopenedCount: 0,
        lastLineAtMs: counts?.lastLineAtMs ?? null,
        errorsPerMinute: counts?.errorsPerMinute ?? [],
      };
    });
    const warnings: string[] = [];
    if (leftOutCount > 0) warnings.push(`${leftOutCount} more log files match than are followed.`);
    if (files.length > maxListedFiles) warnings.push(`${files.length} log files are followed; ${maxListedFiles} of them are listed.`);
    if (openCount >= openLimit) warnings.push(`${openLimit} log files are held open; the others are opened when they change.`);
    return { sources, warnings };
  }

  async close(): Promise<void> {
    await Promise.all([this.follower.close(), this.past.close()]);
  }

  private take({ path, kind, lines, position }: FileBatch): void {
    const origin = this.originOf(path, kind);
    const isCopy = this.isCopy(path);
    this.deps.onBatch({
      reader: readerPrefix + identityKey(position),
      position: JSON.stringify(position),
      lines: lines.map(({ bytes, cutBytes }) => ({ origin, bytes, cutBytes, atMs: null, stated: null, isCopy })),
    });
  }

  private isCopy(path: string): boolean {
    return copiesOfTheJournal.has(path) && this.deps.isJournalTold();
  }

  private originOf(path: string, kind: LogOrigin['kind']): LogOrigin {
    const known = this.origins.get(path);
    if (known?.kind === kind) return known;
    if (this.origins.size >= maxRemembered) this.origins.clear();
    const origin = this.runOf(path) ?? { key: `file/${path}`, sourceKind: 'file', name: path, kind };
    this.origins.set(path, origin);
    return origin;
  }

  /** Null: it is no output of a wrapped command. */
  private runOf(path: string): LogOrigin | null {
    if (dirname(path) !== this.deps.runsDirectory) return null;
    const found = readWrappedRuns(this.deps.runsDirectory).find(({ logPath }) => logPath === path);
    return found === undefined ? null : { key: `run/${found.run.id}`, sourceKind: 'run', name: wrappedRunName(found.run), kind: 'event' };
  }
}

/**
 * Chosen before they are described: describing all of ten thousand is 3 MB at once, which is old before it is garbage (100 MB until V8
 * looked for it).
 */
function newestOf(files: readonly FollowedFile[], lastLineAtMs: (file: FollowedFile) => number): readonly FollowedFile[] {
  const atMs = Float64Array.from(files, lastLineAtMs);
  const order = Uint32Array.from(files.keys()).sort((a, b) => (atMs[b] as number) - (atMs[a] as number) || a - b);
  return [...order.subarray(0, maxListedFiles)].map((at) => files[at] as FollowedFile);
}
