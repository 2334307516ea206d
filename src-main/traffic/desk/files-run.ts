import { type Sentence, say } from '../../../src-shared/sentence';
import type { Clock, Timers } from '../../platform/clock';
import { isGlob } from '../../platform/glob-segment';
import { isGzip } from '../../platform/gunzip';
import { type LogFile, openLogFile } from '../../platform/log-file';
import { errorCodeOf } from '../../platform/proc-errors';
import { createThreadSlices } from '../../platform/thread-slices';
import { FileGeneration, markOf, type ReadMark, readHead, readPart } from '../follow/file-generation';
import { absenceSentence, type FoundLog, findLogs } from '../follow/find-logs';
import { FollowedPath } from '../follow/followed-path';
import { LogReader } from '../follow/log-reader';
import { mostUnpackedRatio, readPackedLog } from '../follow/packed-log';
import type { LineSink } from '../parse/line-feeder';
import { ReadMarks } from './read-marks';

/** How long reading may go on before others in its thread have their turn. */
const sliceMs = 20;
const cycleMs = 1_000;
/** Files that came to match are looked for with every so many cycles. */
const searchEveryCycles = 30;
/** Less is read again as quickly. */
const worthKeepingBytes = 2 * 1024 * 1024;

export interface FilesRunDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly etc: string;
  /** Absolute. */
  readonly patterns: readonly string[];
  readonly format: string;
  readonly sink: LineSink;
  /** What an earlier session had read, if it is still so; see TrafficCache. */
  readonly restore: (logs: readonly FoundLog[]) => Promise<readonly ReadMark[] | null>;
  readonly save: (marks: readonly ReadMark[]) => Promise<void>;
  /** Something was read, or is known. */
  readonly onChange: () => void;
}

export type RunState = 'reading' | 'following' | 'cancelled' | 'ended' | 'failed';

/** Reads the files of a session, oldest first, and follows those that are written to, until it is stopped. */
export class FilesRun {
  state: RunState = 'reading';
  readBytes = 0;
  totalBytes: number | null = null;
  private readonly problems: Sentence[] = [];
  /** Files that were not there, or cannot be looked at, when they were looked for last. */
  private missing: readonly Sentence[] = [];
  /** Files that no format reads, so far. */
  private readonly unknownPaths = new Set<string>();
  private readonly paths = new Map<string, FollowedPath>();
  private readonly marks = new ReadMarks();
  private readonly slices = createThreadSlices(sliceMs);
  private reading: LogReader | null = null;
  private lastRead: LogReader | null = null;
  private gapCount = 0;
  private cycleCount = 0;
  private keptBytes = 0;
  private restored: ReadMarks | null = null;
  private cancelCycle: (() => void) | null = null;
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly deps: FilesRunDeps) {}

  /** The first problem: those of files come before lines that may be missing. */
  get problem(): Sentence | null {
    const [unknown] = this.unknownPaths;
    const first = this.problems[0] ?? this.missing[0];
    if (first !== undefined) return first;
    if (unknown !== undefined) return say('traffic.problem.no-format', { file: unknown });
    return this.gapCount > 0 ? say('traffic.problem.gap', { count: this.gapCount }) : null;
  }

  /** That decides how requests are told; null: no format was found yet. */
  get reader(): LogReader | null {
    return this.reading?.format == null ? this.lastRead : this.reading;
  }

  start(): void {
    this.running = this.readAll().catch((error: unknown) => this.fail(error));
  }

  cancel(): void {
    this.isStopped = true;
    this.cancelCycle?.();
    if (this.state === 'reading' || this.state === 'following') this.state = 'cancelled';
    this.running = this.running.then(() => this.closePaths());
    this.deps.onChange();
  }

  async close(): Promise<void> {
    const wasFollowing = this.state === 'following';
    this.isStopped = true;
    this.cancelCycle?.();
    await this.running;
    if (wasFollowing) await this.keep();
    this.closePaths();
  }

  private async readAll(): Promise<void> {
    // Whoever opens gets the answer first.
    await new Promise((resolve) => setImmediate(resolve));
    const { logs, problems } = findLogs(this.deps.patterns, this.deps.etc);
    this.missing = problems;
    this.totalBytes = logs.reduce((sum, { stat }) => sum + stat.sizeBytes, 0);
    const kept = await this.deps.restore(logs);
    this.restored = kept === null ? null : new ReadMarks(kept);
    if (kept !== null) this.keptBytes = kept.reduce((sum, { offset }) => sum + offset, 0);
    for (const log of logs) {
      if (this.isStopped) break;
      await this.readFile(log);
    }
    if (this.isStopped) {
      this.closePaths();
      return;
    }
    const hasFormat = this.reader !== null;
    const isInVain = !hasFormat && this.problem !== null;
    this.state = isInVain ? 'failed' : this.paths.size > 0 ? 'following' : 'ended';
    this.deps.onChange();
    if (isInVain) this.closePaths();
    else {
      if (hasFormat) await this.keep();
      this.planCycle();
    }
  }

  private async readFile(log: FoundLog): Promise<void> {
    const { path, stat } = log;
    try {
      const opened = openLogFile(path);
      if (opened.kind !== 'opened') {
        this.problems.push(absenceSentence(path, opened, this.deps.etc));
        return;
      }
      const isPacked = isGzip(readPart(opened.file, 0, 3));
      if (isPacked) await this.readPacked(path, opened.file);
      else await this.readPlain(log, opened.file);
    } catch (error) {
      // One disk that fails leaves the others.
      if (errorCodeOf(error) === null) throw error;
      this.problems.push(say('traffic.problem.unexpected', { file: path, reason: error instanceof Error ? error.message : '' }));
      this.marks.isSpoiled = true;
    }
    if (this.readBytes === 0 && stat.sizeBytes > 0) this.deps.onChange();
  }

  private async readPlain({ path, isFollowed }: FoundLog, file: LogFile): Promise<void> {
    const stat = file.stat();
    const mark = this.restored?.of(stat) ?? null;
    if (mark !== null) this.addBytes(mark.offset);
    const reader = this.newReader(this.reader);
    const generation = new FileGeneration(path, file, stat, reader, mark?.offset ?? 0);
    if (mark !== null && mark.offset > 0 && reader.resume(readHead(file))) this.takeReader(reader);
    this.marks.meet(stat);
    const followed = new FollowedPath(path, generation, {
      clock: this.deps.clock,
      newReader: (before) => this.newReader(before ?? this.reader),
      onBytes: (byteCount) => this.addBytes(byteCount),
      onGap: () => {
        this.gapCount += 1;
        this.marks.isSpoiled = true;
      },
      rest: () => this.rest(),
      isKnown: (other) => this.marks.isKnown(other),
      onOpened: (other) => this.marks.meet(other),
      onDone: (done) => this.marks.put(done.mark(true)),
    });
    this.paths.set(path, followed);
    await followed.cycle();
    this.noteReader(reader, path);
    if (isFollowed || this.isStopped) return;
    reader.end();
    for (const done of followed.open) this.marks.put(done.mark(true));
    followed.close();
    this.paths.delete(path);
  }

  private async readPacked(path: string, file: LogFile): Promise<void> {
    const stat = file.stat();
    try {
      const mark = this.restored?.of(stat) ?? null;
      if (mark !== null) {
        this.addBytes(stat.sizeBytes);
        this.marks.put(mark);
        return;
      }
      const reader = this.newReader(this.reader);
      const end = await readPackedLog(
        file,
        reader,
        (byteCount) => this.addBytes(byteCount),
        () => this.rest(),
      );
      this.noteReader(reader, path);
      this.marks.put(markOf(file, stat.sizeBytes, true));
      if (end === 'damaged') this.problems.push(say('traffic.problem.damaged', { file: path }));
      if (end === 'bomb') this.problems.push(say('traffic.problem.bomb', { file: path, ratio: mostUnpackedRatio }));
    } finally {
      file.close();
    }
  }

  private planCycle(): void {
    if (this.isStopped || this.state !== 'following') return;
    this.cancelCycle = this.deps.timers.after(cycleMs, () => {
      this.cancelCycle = null;
      this.running = this.cycle()
        .then(() => this.planCycle())
        .catch((error: unknown) => this.fail(error));
    });
  }

  /** What is new in all followed files. */
  private async cycle(): Promise<void> {
    const before = this.readBytes;
    for (const path of this.paths.values()) {
      if (!(await path.cycle())) return;
      for (const { reader } of path.open) {
        if (reader.format === null) continue;
        this.takeReader(reader);
        this.unknownPaths.delete(path.path);
      }
    }
    this.cycleCount += 1;
    const mayFind = this.deps.patterns.some(isGlob) || this.missing.length > 0;
    if (mayFind && this.cycleCount % searchEveryCycles === 0) await this.search();
    if (this.readBytes !== before) this.deps.onChange();
  }

  private async search(): Promise<void> {
    const { logs, problems } = findLogs(this.deps.patterns, this.deps.etc);
    if (problems[0]?.text !== this.missing[0]?.text) this.deps.onChange();
    this.missing = problems;
    for (const log of logs) {
      if (!log.isFollowed || this.paths.has(log.path) || this.marks.isKnown(log.stat)) continue;
      await this.readFile(log);
    }
  }

  private noteReader(reader: LogReader, path: string): void {
    if (reader.format !== null) this.takeReader(reader);
    else if (reader.isUnknown) this.unknownPaths.add(path);
  }

  private takeReader(reader: LogReader): void {
    this.lastRead = reader;
    // Lines in its middle say how the next ones are to be read.
    if (reader.format?.detected.id === 'w3c') this.marks.isSpoiled = true;
  }

  private newReader(before: LogReader | null): LogReader {
    this.reading = new LogReader(this.deps.sink, this.deps.format, before?.format ?? null, false);
    return this.reading;
  }

  private addBytes(byteCount: number): void {
    this.readBytes += byteCount;
    if (this.totalBytes !== null && this.readBytes > this.totalBytes) this.totalBytes = this.readBytes;
    if (this.state === 'reading') this.deps.onChange();
  }

  private async rest(): Promise<boolean> {
    await this.slices.rest();
    return !this.isStopped;
  }

  private async keep(): Promise<void> {
    for (const { open } of this.paths.values()) for (const generation of open) this.marks.put(generation.mark(false));
    if (this.marks.isSpoiled || this.readBytes === this.keptBytes || this.readBytes < worthKeepingBytes) return;
    this.keptBytes = this.readBytes;
    await this.deps.save(this.marks.all);
  }

  private closePaths(): void {
    for (const path of this.paths.values()) path.close();
    this.paths.clear();
  }

  private fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.problems.unshift(say('traffic.problem.unexpected', { file: this.deps.patterns[0] ?? '', reason }));
    this.state = 'failed';
    this.closePaths();
    this.deps.onChange();
  }
}
