import type { LogPatterns } from '../../../src-shared/contract/logs';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { isErrorLevel } from '../../../src-shared/logs/parsed-line';
import { findSecrets } from '../../../src-shared/redact/find-secrets';
import { decodeLine } from '../decode';
import { parseLine } from '../parse/parse-line';
import type { LogEntry } from './entry';
import type { EntryHolder } from './hold-entries';
import { judgeEntry } from './judge-entry';
import type { LogDigest } from './log-digest';
import { NewestErrors } from './newest-errors';
import { OriginBook } from './origin-counts';
import { isPacked, type PackedBatch, unpackLines } from './packed-batch';
import { PatternBook } from './pattern-book';
import type { PatternStat } from './pattern-stat';
import type { LogPipelineDeps } from './pipeline-deps';
import type { RawBatch, RawLine } from './raw-batch';
import type { BatchContext, Reader } from './reader-state';
import { ReadyEntries } from './ready-entries';
import { ShapeCounts } from './shape-counts';
import { ShapeLane } from './shape-lane';
import { SourceStates } from './source-states';

/** Lines that belong together are written within moments. */
const holdMs = 80;
/** More waiting entries of one reader are stored whether the last of them is whole or not. */
const maxReady = 2_000;
/** What comes up while the sources are being got to know is no news. */
const acquaintanceMs = 120_000;
/** A line that says it was written long before it was read tells of the past. */
const liveMs = 60_000;
/** Clocks of other machines go wrong. */
const believedAheadMs = 24 * 3_600_000;
const keepPatternsEveryMs = 300_000;
/** A smaller block is no part of a flood. */
const leastFlood = 16;

/** Raw lines in; entries, judged and masked, into the sink; and what there is to tell about them. Every line once, in the order of its reader. */
export class LogPipeline {
  private readonly readers = new Map<string, Reader>();
  private readonly dirty = new Set<string>();
  private readonly sources: SourceStates;
  readonly origins: OriginBook;
  private readonly patterns: PatternBook;
  private readonly newest: NewestErrors;
  /** By the monotonic clock. */
  private readonly startedAtMs: number;
  /** The first minutes are over. Looked at once a batch: it is asked for with every entry. */
  private isAcquainted = false;
  private masked = 0;
  private lost = 0;
  private waiting = 0;
  private ready = 0;
  private stalled: string | null = null;
  private version = 0;
  private keptPatternsAtMs: number;
  private lane: ShapeLane | null = null;

  constructor(private readonly deps: LogPipelineDeps) {
    const { sink, clock } = deps;
    this.startedAtMs = clock.monotonicMs();
    this.keptPatternsAtMs = this.startedAtMs;
    this.sources = new SourceStates(deps);
    this.origins = new OriginBook((origin) => sink.describe(origin));
    this.patterns = new PatternBook(sink, clock);
    this.newest = new NewestErrors({
      nowMs: clock.nowMs,
      current: (stat) => this.patterns.current(stat),
      newsOf: (stat) => this.patterns.newsOf(stat),
    });
  }

  /** Not whole, or not stored, and to be flushed in a moment. */
  get hasWork(): boolean {
    return this.dirty.size > 0;
  }

  /** Entries that are whole and wait for the next flush: they are held in memory. */
  get readyCount(): number {
    return this.ready;
  }

  /** Null: nothing is in the way. Else nothing more should be handed in until it is. */
  get stalledBy(): string | null {
    return this.stalled;
  }

  /** How many patterns of errors have begun before our eyes since the start. */
  get begunCount(): number {
    return this.patterns.begunCount;
  }

  take(batch: RawBatch | PackedBatch): void {
    const reader = this.readerOf(batch.reader);
    const { past = null } = batch;
    this.isAcquainted ||= this.deps.clock.monotonicMs() - this.startedAtMs >= acquaintanceMs;
    // A stamp without a year belongs to the year in which its file was written.
    const nowMs = past?.writtenByMs ?? this.deps.clock.nowMs();
    const context: BatchContext = {
      name: batch.reader,
      past,
      nowMs,
      parse: { nowMs, offsetMinutes: this.deps.offsetMinutes(), fields: false },
    };
    this.version += 1;
    if (isPacked(batch)) {
      const origin = this.floodOf(batch);
      if (origin !== null) this.takeFlood(reader, context, batch, origin);
      else for (const line of unpackLines(batch)) this.takeLine(reader, context, line, line.text);
      this.waiting += batch.ends.length;
    } else {
      for (const line of batch.lines) this.takeLine(reader, context, line, decodeLine(line.bytes));
      this.waiting += batch.lines.length;
    }
    let isHeld = false;
    for (const holder of reader.holders) {
      if (holder.expectsMore && reader.ready.length < maxReady) isHeld = true;
      else this.release(reader, holder);
    }
    // From the first one on: lines that follow each other closely must not put off for ever what came before them.
    reader.heldSinceMs = isHeld ? (reader.heldSinceMs ?? this.deps.clock.monotonicMs()) : null;
    reader.position = batch.position;
    this.dirty.add(batch.reader);
  }

  /** Stores what is whole; with `all`, what is held back too. */
  flush(all = false): void {
    const nowMs = this.deps.clock.monotonicMs();
    const whole: Reader[] = [];
    const names: string[] = [];
    for (const name of this.dirty) {
      const reader = this.readerOf(name);
      if (reader.heldSinceMs !== null && !all && nowMs - reader.heldSinceMs < holdMs) continue;
      for (const holder of reader.holders) this.release(reader, holder);
      reader.heldSinceMs = null;
      whole.push(reader);
      names.push(name);
    }
    if (whole.length > 0) this.store(whole, names);
    if (all || nowMs - this.keptPatternsAtMs >= keepPatternsEveryMs) {
      this.keptPatternsAtMs = nowMs;
      this.patterns.keep();
    }
  }

  digest(sinceVersion: number): LogDigest {
    this.patterns.noticeStep();
    const { newest, alarms } = this.newest.read();
    return {
      origins: this.origins.read(sinceVersion, this.deps.clock.nowMs()),
      newestErrors: newest,
      alarms,
      keptCount: this.newest.keptCount,
      droppedCount: this.newest.droppedCount + this.lost,
      maskedCount: this.masked,
      waitingLineCount: this.waiting,
      stalled: this.stalled,
      version: this.version,
    };
  }

  listPatterns(limit: number): LogPatterns {
    return this.patterns.list(limit);
  }

  /** False: there is no such pattern (any more). */
  markPattern(id: string, mark: PatternStat['mark']): boolean {
    this.version += 1;
    return this.patterns.mark(id, mark);
  }

  private store(readers: readonly Reader[], names: readonly string[]): void {
    const ready = new ReadyEntries();
    for (const reader of readers) ready.join(reader.ready);
    const outcome = this.deps.sink.append({
      ...ready.toAppend(),
      positions: readers.map((reader, index) => [names[index] ?? '', reader.position] as const),
    });
    if (outcome.kind === 'full') {
      this.stalled = outcome.detail;
      return;
    }
    this.stalled = null;
    if (outcome.kind === 'kept') ready.tellIds(outcome.firstId);
    else this.lost += ready.length;
    this.ready -= ready.length;
    for (const name of names) {
      this.dirty.delete(name);
      this.readers.delete(name);
    }
    if (this.dirty.size === 0) {
      this.waiting = 0;
      this.sources.stored();
    }
    this.version += 1;
  }

  /** The source of a block whose lines may be taken by their shapes; null: it is none. */
  private floodOf({ past, origins, stated, ends }: PackedBatch): LogOrigin | null {
    const [origin] = origins;
    if (origin === undefined || origins.length > 1 || past !== null || stated.length > 0 || ends.length < leastFlood) return null;
    return origin.kind !== 'access' && this.deps.mayTakeByShape(origin) ? origin : null;
  }

  private takeFlood(reader: Reader, context: BatchContext, batch: PackedBatch, origin: LogOrigin): void {
    const source = this.sources.of(origin.key);
    this.lane ??= new ShapeLane(new ShapeCounts(this.patterns, this.deps.clock.nowMs));
    this.lane.take(batch, {
      origin,
      parse: context.parse,
      believedToMs: context.nowMs + believedAheadMs,
      elseAtMs: context.nowMs,
      holder: source.holder,
      isSettled: () => source.isSettled,
      holdsSecret: (text) => findSecrets(text, { email: this.deps.maskEmail() }).length > 0,
      takeLine: (line) => this.takeLine(reader, context, line, line.text),
      release: () => this.release(reader, source.holder),
      onRun: (run, lastAtMs) => {
        this.origins.countLine(origin, lastAtMs, false, this.version, run.ends.length);
        reader.ready.pushRun(run);
        this.ready += run.ends.length;
      },
    });
  }

  private takeLine(reader: Reader, context: BatchContext, line: Omit<RawLine, 'bytes'>, text: string): void {
    const { origin, cutBytes, atMs, stated } = line;
    const { past, nowMs } = context;
    const sourceKey = past === null ? origin.key : context.name;
    const source = this.sources.of(sourceKey);
    const parsed = parseLine(text, context.parse);
    const saidAtMs = atMs ?? parsed.atMs;
    let toldAtMs = saidAtMs !== null && saidAtMs <= nowMs + believedAheadMs ? saidAtMs : null;
    if (past !== null) {
      source.toldAtMs = toldAtMs ?? source.toldAtMs;
      toldAtMs = source.toldAtMs;
    }
    const entryAtMs = toldAtMs ?? nowMs;
    this.origins.countLine(origin, entryAtMs, cutBytes > 0, this.version);
    if (line.isCopy) return;
    reader.holders.add(source.holder);
    const whole = source.holder.add({ origin, texts: [text], parsed, stated, cutBytes, sourceKey, past, atMs: entryAtMs });
    for (const one of source.holder.takeDecided()) this.process(reader, one);
    if (whole !== null) this.process(reader, whole);
  }

  private release(reader: Reader, holder: EntryHolder): void {
    const entry = holder.release();
    for (const one of holder.takeDecided()) this.process(reader, one);
    if (entry !== null) this.process(reader, entry);
  }

  private process(reader: Reader, entry: LogEntry): void {
    const { origin, atMs, cutBytes, past } = entry;
    // Before anything is left out: a private key that begins in such a line goes on in the next.
    const { text, maskedCount, message } = this.sources.mask(entry);
    if (
      (past !== null && atMs < past.notBeforeMs) ||
      !this.deps.isWanted(origin, entry.texts.length === 1 ? (entry.texts[0] ?? '') : entry.texts.join('\n'))
    ) {
      this.origins.countLeftOut(origin);
      return;
    }
    // Requests are traffic, not events: whether they fail is told by their figures.
    const isEvent = origin.kind !== 'access';
    const { level, keyword } = isEvent ? judgeEntry(entry, this.deps.ownWords) : { level: null, keyword: null };
    this.masked += maskedCount;
    const stat = isEvent
      ? this.patterns.see({ message, origin, atMs, level, isLive: past === null && this.isLive(atMs), isPast: past !== null })
      : null;
    const record = { atMs, origin: origin.key, level, text, pattern: stat?.group.id ?? null, maskedCount, cutBytes };
    let tellId: Parameters<ReadyEntries['push']>[1] = null;
    if (past === null && stat !== null && keyword !== null && isErrorLevel(level)) {
      this.origins.countError(origin, atMs, this.deps.clock.nowMs());
      const error = { atMs, source: origin.name, sourceKind: origin.sourceKind, sourceId: idOf(origin), text, keyword, cutBytes };
      tellId = this.newest.add(stat, { ...error, level: level === 'critical' ? 'critical' : 'error', maskedCount });
    }
    reader.ready.push(record, tellId);
    this.ready += 1;
  }

  /** What is said in the first minutes after LogScope's own start was there before; what turns up later begins before our eyes. */
  private isLive(atMs: number): boolean {
    return this.isAcquainted && this.deps.clock.nowMs() - atMs < liveMs;
  }

  private readerOf(name: string): Reader {
    let reader = this.readers.get(name);
    if (reader === undefined) {
      reader = { holders: new Set(), ready: new ReadyEntries(), position: null, heldSinceMs: null };
      this.readers.set(name, reader);
    }
    return reader;
  }
}

const idOf = ({ key, sourceKind }: LogOrigin): string => key.slice(sourceKind.length + 1);
