import type { LogSource } from '../../../src-shared/snapshots/logs';
import type { Clock } from '../../platform/clock';
import type { FileBatch } from '../files/file-tail';
import { FileFollower, type FileFollowerDeps } from '../files/follower';
import { TailCounters, type TailLineListener } from './tail';

/** A reading carries no more than these; those with something to tell come first. */
const maxListedFiles = 200;

export type FollowedLogFiles = Pick<FileFollowerDeps, 'etc' | 'patterns'>;

/** The followed log files as sources of the pipeline, from their ends on. */
export class FileSources {
  private readonly counters = new Map<string, TailCounters>();
  private readonly follower: FileFollower;

  constructor(
    files: FollowedLogFiles,
    private readonly clock: Clock,
    private readonly onLine: TailLineListener,
  ) {
    this.follower = new FileFollower({ ...files, clock, positions: [], existing: 'end', onBatch: (batch) => this.take(batch) });
  }

  /** Throws what a bug in the following threw. */
  read(): { readonly sources: readonly LogSource[]; readonly warnings: readonly string[] } {
    const { files, openCount, openLimit, leftOutCount } = this.follower.read();
    const sources = files.map(({ path, state, detail, gapCount }): LogSource => {
      const gaps = gapCount === 0 ? null : `Cut short or exchanged ${gapCount} times; lines may be missing there.`;
      const told = [detail, gaps].filter((text) => text !== null).join(' ');
      const counted = (this.counters.get(path) ?? new TailCounters()).read();
      return { id: path, kind: 'file', name: path, state, detail: told === '' ? null : told, ...counted };
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

  private take({ path, lines }: FileBatch): void {
    if (lines.length === 0) return;
    const counters = this.counters.get(path) ?? new TailCounters();
    this.counters.set(path, counters);
    const atMs = this.clock.nowMs();
    for (const { bytes, cutBytes } of lines) {
      const line = { sourceKind: 'file', sourceId: path, source: path, atMs, bytes, cutBytes, keptAs: null } as const;
      counters.count(line, this.onLine(line));
    }
  }
}
