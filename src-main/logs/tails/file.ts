import type { LogSource } from '../../../src-shared/snapshots/logs';
import type { Clock } from '../../platform/clock';
import { judgeError } from '../../rules/log-errors/judge-line';
import { decodeLine } from '../decode';
import type { FileBatch } from '../files/file-tail';
import { FileFollower, type FileFollowerDeps } from '../files/follower';
import { copiesOfTheJournal } from '../files/well-known';
import { parseLine } from '../parse/parse-line';
import { TailCounters, type TailLineListener } from './tail';

/** A reading carries no more than these; those with something to tell come first. */
const maxListedFiles = 200;

export type FollowedLogFiles = Pick<FileFollowerDeps, 'etc' | 'patterns'>;

/**
 * The followed log files as sources of the pipeline, from their ends on. A line is kept when it is an error by what it says
 * (rules/log-errors), not by a word in it: syslog names "error" in many calm lines. Access logs tell of requests, not of errors.
 */
export class FileSources {
  private readonly counters = new Map<string, TailCounters>();
  private readonly follower: FileFollower;

  constructor(
    files: FollowedLogFiles,
    private readonly clock: Clock,
    private readonly onLine: TailLineListener,
    /** Whether the journal tells errors itself: then files that repeat it are only counted. */
    private readonly isJournalTold: () => boolean,
  ) {
    this.follower = new FileFollower({ ...files, clock, positions: [], existing: 'end', onBatch: (batch) => this.take(batch) });
  }

  /** Throws what a bug in the following threw. */
  read(): { readonly sources: readonly LogSource[]; readonly warnings: readonly string[] } {
    const { files, openCount, openLimit, leftOutCount } = this.follower.read();
    const sources = files.map(({ path, kind, state, detail, gapCount }): LogSource => {
      const gaps = gapCount === 0 ? null : `Cut short or exchanged ${gapCount} times; lines may be missing there.`;
      const told = [detail, gaps].filter((text) => text !== null).join(' ');
      const counted = (this.counters.get(path) ?? new TailCounters()).read();
      return { id: path, kind: 'file', logKind: kind, name: path, state, detail: told === '' ? null : told, ...counted };
    });
    sources.sort((a, b) => (b.lastLineAtMs ?? 0) - (a.lastLineAtMs ?? 0));
    const warnings: string[] = [];
    if (leftOutCount > 0) warnings.push(`${leftOutCount} more log files match than are followed.`);
    if (sources.length > maxListedFiles) warnings.push(`${sources.length} log files are followed; ${maxListedFiles} of them are listed.`);
    if (openCount >= openLimit) warnings.push(`${openLimit} log files are held open; the others are opened when they change.`);
    const present = new Set(files.map(({ path }) => path));
    for (const path of this.counters.keys()) if (!present.has(path)) this.counters.delete(path);
    return { sources: sources.slice(0, maxListedFiles), warnings };
  }

  close(): Promise<void> {
    return this.follower.close();
  }

  private take({ path, kind, lines }: FileBatch): void {
    if (lines.length === 0) return;
    const counters = this.counters.get(path) ?? new TailCounters();
    this.counters.set(path, counters);
    const isSearched = kind !== 'access' && !(copiesOfTheJournal.has(path) && this.isJournalTold());
    const atMs = this.clock.nowMs();
    for (const { bytes, cutBytes } of lines) {
      const keptAs = isSearched ? errorWord(bytes) : null;
      const line = { sourceKind: 'file', sourceId: path, source: path, atMs, bytes, cutBytes, keptAs } as const;
      counters.count(line, keptAs !== null && this.onLine(line));
    }
  }
}

/** The word or level that makes a line an error; null: it is none. */
function errorWord(bytes: Buffer): string | null {
  const judged = judgeError(parseLine(decodeLine(bytes)));
  return judged === null ? null : String(judged.reason.values?.word ?? judged.level);
}
