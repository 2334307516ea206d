import type { LogKind } from '../../../src-shared/logs/log-record';
import type { Clock } from '../../platform/clock';
import { type LogFileStat, openLogFile, statLogFile } from '../../platform/log-file';
import { findLogFiles } from '../../platform/log-files-found';
import { isRotatedName } from '../../platform/rotated-name';
import { createThreadSlices } from '../../platform/thread-slices';
import { Waker } from '../tails/back-off';
import { describeAbsence } from './describe-absence';
import type { FileBatch, FirstMeeting } from './file-batch';
import { FileTail } from './file-tail';
import type { FollowedFiles } from './followed-file';
import { type FilePosition, identityKey } from './position';
import { Positions } from './positions';
import type { FollowedPattern } from './well-known';

export interface FileFollowerDeps {
  readonly clock: Clock;
  /** Where `group` is. */
  readonly etc: string;
  /** Read at each search, so that a change of the settings counts within seconds. */
  readonly patterns: () => readonly FollowedPattern[];
  /** What a store knows from before; empty: nothing. */
  readonly positions: readonly FilePosition[];
  /** Where to begin with files that are there when their pattern is first followed and were never read. Later ones are read from their beginning. */
  readonly existing: 'beginning' | 'end';
  /** Called between reads, never twice at a time: what it throws ends the following. */
  readonly onBatch: (batch: FileBatch) => void;
  /** See FileTailParts. */
  readonly onFirst?: (meeting: FirstMeeting) => void;
  /** Somebody looks at lines as they come; left out: always. While nobody does, files are looked at less often. */
  readonly isWatched?: () => boolean;
  /** Nothing is read while it says so. */
  readonly isBusy?: () => boolean;
  readonly limits?: Partial<FileLimits>;
}

export interface FileLimits {
  /** Descriptors held at once; files beyond are opened when they change and closed again. */
  readonly openFiles: number;
  readonly files: number;
}

const usualLimits: FileLimits = { openFiles: 256, files: 10_000 };
const activeEveryMs = 100;
/** So long after its last byte a file counts as active. */
const activeForMs = 5_000;
const unwatchedEveryMs = 750;
/** The same of one that gets more within that time than one turn reads: what is read late is stored late. */
const floodedEveryMs = 250;
/** Quiet files that nobody watches are looked at when somebody asks what came of them: errors are told with that answer. Else so often. */
const unaskedEveryMs = 2_500;
const searchEveryMs = 1_000;
/** Searching takes at most this share of the time. */
const searchRatio = 0.002;
/** A round of reading ends after this, to look for rotations; the next one goes on where it ended. */
const longestRoundMs = 250;
const longestSliceMs = 8;

/**
 * All followed files in one loop: quiet ones are looked at every 0.15 to 2 s (the more files, the rarer), busy ones every 0.1 s, each
 * reading at most 256 KiB before it is the next one's turn. File events of the kernel are not used: they miss network file systems,
 * and cost a busy file more than they save.
 */
export class FileFollower {
  private readonly tails = new Map<string, FileTail>();
  private readonly dueAtMs = new Map<FileTail, number>();
  /** Paths by the identity of the files they read. */
  private readonly owners = new Map<string, string>();
  /** The one opened or read longest ago comes first. */
  private readonly opened = new Set<FileTail>();
  private readonly positions: Positions;
  private readonly limits: FileLimits;
  private readonly waker = new Waker();
  private readonly slices = createThreadSlices(longestSliceMs);
  private waiting: FileTail[] = [];
  /** Of the latest round. */
  private isFlooded = false;
  private searchAtMs = Number.NEGATIVE_INFINITY;
  private readonly searchedPatterns = new Set<string>();
  private openCount = 0;
  private leftOut = 0;
  private closed = false;
  private unexpected: unknown = null;
  private readonly ended: Promise<void>;
  private waitingForLook: (() => void)[] = [];

  constructor(private readonly deps: FileFollowerDeps) {
    this.limits = { ...usualLimits, ...deps.limits };
    this.positions = new Positions(deps.positions);
    this.ended = this.run()
      .catch((error: unknown) => {
        this.unexpected = error;
      })
      .finally(() => this.tellLook());
  }

  /** Looks at the files, those excepted that were looked at a moment ago; resolves when what was found was handed on, or a round of reading is over. */
  look(): Promise<void> {
    if (this.closed || this.unexpected !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.waitingForLook.push(resolve);
      this.waker.wake();
    });
  }

  /** Throws what a bug, or a listener, threw. */
  read(): FollowedFiles {
    if (this.unexpected !== null) throw this.unexpected;
    return {
      files: [...this.tails.values()],
      openCount: this.openCount,
      openLimit: this.limits.openFiles,
      leftOutCount: this.leftOut,
    };
  }

  /** Whether this file was followed, under whatever path. */
  isKnown(path: string, stat: LogFileStat): boolean {
    return this.positions.find(path, stat) !== null;
  }

  /** Gives up all descriptors; no batch comes afterwards. */
  async close(): Promise<void> {
    this.closed = true;
    this.waker.wake();
    await this.ended;
    for (const tail of this.tails.values()) tail.close();
    this.tails.clear();
  }

  private async run(): Promise<void> {
    while (!this.closed) {
      const startedMs = this.deps.clock.monotonicMs();
      if (startedMs >= this.searchAtMs) this.search(startedMs);
      await this.pollDue(startedMs);
      this.isFlooded = false;
      await this.readWaiting(startedMs);
      if (this.closed) return;
      this.tellLook();
      const isBusy = this.deps.isBusy?.() === true;
      await this.waker.wait(this.waiting.length > 0 && !isBusy ? 0 : this.pauseMs());
    }
  }

  private tellLook(): void {
    const waiting = this.waitingForLook;
    this.waitingForLook = [];
    for (const resolve of waiting) resolve();
  }

  private search(nowMs: number): void {
    const wanted = new Map<string, { readonly kind: LogKind; readonly existing: 'beginning' | 'end' }>();
    this.leftOut = 0;
    const patterns = this.deps.patterns();
    for (const { pattern, kind } of patterns) {
      const existing = this.searchedPatterns.has(pattern) ? 'beginning' : this.deps.existing;
      for (const path of findLogFiles(pattern, this.limits.files * 2)) {
        if (wanted.has(path)) continue;
        // Those that are followed are looked at often enough: of a hundred quiet files this is half the cost.
        const isFollowed = this.tails.get(path)?.isGone === false;
        if (!isFollowed && ((path !== pattern && isRotatedName(path)) || statLogFile(path).kind === 'absent')) continue;
        if (wanted.size < this.limits.files) wanted.set(path, { kind, existing });
        else this.leftOut += 1;
      }
    }
    for (const [path, { kind, existing }] of wanted) if (!this.tails.has(path)) this.follow(path, kind, existing);
    for (const tail of this.tails.values()) {
      // A file that is not there at the moment may be in the middle of a rotation; one that is there is not wanted any more.
      if (!wanted.has(tail.path) && (tail.isGone || statLogFile(tail.path).kind !== 'absent')) this.forget(tail);
    }
    for (const { pattern } of patterns) this.searchedPatterns.add(pattern);
    const endedMs = this.deps.clock.monotonicMs();
    this.searchAtMs = endedMs + Math.max(searchEveryMs, (endedMs - nowMs) / searchRatio);
  }

  private follow(path: string, kind: LogKind, existing: 'beginning' | 'end'): void {
    const tail: FileTail = new FileTail(path, kind, existing, {
      clock: this.deps.clock,
      positions: this.positions,
      onBatch: this.deps.onBatch,
      onFirst: (meeting) => this.deps.onFirst?.(meeting),
      open: (wanted) => this.open(wanted, tail),
      describeAbsence: (absence) => describeAbsence(absence, this.deps.etc),
      claim: (stat) => {
        const key = identityKey(stat);
        const owner = this.owners.get(key);
        if (owner !== undefined && owner !== path) return owner;
        this.owners.set(key, path);
        return null;
      },
      release: (stat) => {
        if (this.owners.get(identityKey(stat)) === path) this.owners.delete(identityKey(stat));
      },
    });
    this.tails.set(path, tail);
  }

  private forget(tail: FileTail): void {
    tail.close();
    this.tails.delete(tail.path);
    this.dueAtMs.delete(tail);
    this.opened.delete(tail);
  }

  private async pollDue(nowMs: number): Promise<void> {
    const idleEveryMs = this.idleEveryMs();
    const waiting = new Set(this.waiting);
    for (const tail of this.tails.values()) {
      const isActive = tail.hasWork || nowMs - tail.lastActiveAtMs < activeForMs;
      if (!isActive && nowMs < (this.dueAtMs.get(tail) ?? 0)) continue;
      tail.poll();
      this.dueAtMs.set(tail, nowMs + idleEveryMs);
      if (tail.hasWork) waiting.add(tail);
      await this.slices.rest();
      if (this.closed) return;
    }
    this.waiting = [...waiting];
  }

  /** One turn for each, again and again. */
  private async readWaiting(startedMs: number): Promise<void> {
    while (this.waiting.length > 0 && this.deps.isBusy?.() !== true) {
      const round = this.waiting;
      const again: FileTail[] = [];
      for (const [at, tail] of round.entries()) {
        if (this.tails.get(tail.path) === tail) {
          if (tail.turn()) again.push(tail);
          if (again.length > 0) this.isFlooded = true;
          this.touch(tail);
        }
        await this.slices.rest();
        if (this.closed) return;
        if (this.deps.clock.monotonicMs() - startedMs < longestRoundMs) continue;
        this.waiting = [...round.slice(at + 1), ...again];
        return;
      }
      this.waiting = again;
    }
  }

  private pauseMs(): number {
    const nowMs = this.deps.clock.monotonicMs();
    for (const tail of this.tails.values()) {
      if (tail.hasWork || nowMs - tail.lastActiveAtMs < activeForMs)
        return this.isWatched() ? activeEveryMs : this.isFlooded ? floodedEveryMs : unwatchedEveryMs;
    }
    return this.isWatched() ? Math.min(this.idleEveryMs(), searchEveryMs) : unaskedEveryMs;
  }

  private isWatched(): boolean {
    return this.deps.isWatched?.() ?? true;
  }

  private idleEveryMs(): number {
    return Math.min(2_000, Math.max(this.isWatched() ? 150 : unwatchedEveryMs, this.tails.size * 2.5));
  }

  private open(path: string, opener: FileTail) {
    if (this.openCount >= this.limits.openFiles && !this.putOneAside(opener)) return { kind: 'busy' } as const;
    const outcome = openLogFile(path);
    if (outcome.kind !== 'opened') return outcome;
    this.openCount += 1;
    const { file } = outcome;
    return {
      ...outcome,
      file: {
        ...file,
        close: () => {
          this.openCount -= 1;
          file.close();
        },
      },
    };
  }

  private touch(tail: FileTail): void {
    this.opened.delete(tail);
    if (tail.openCount > 0) this.opened.add(tail);
  }

  /** The one read longest ago. */
  private putOneAside(opener: FileTail): boolean {
    for (const tail of this.opened) {
      if (tail === opener || !tail.putAside()) continue;
      this.opened.delete(tail);
      return true;
    }
    return false;
  }
}
