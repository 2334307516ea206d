import type { LogKind } from '../../../src-shared/logs/log-record';
import { sayAbsence } from '../../../src-shared/messages/say-absence';
import type { Sentence } from '../../../src-shared/sentence';
import type { LogSource } from '../../../src-shared/snapshots/logs';
import type { Clock } from '../../platform/clock';
import { type LogFile, type LogFileAbsence, type LogFileStat, type OpenOutcome, statLogFile } from '../../platform/log-file';
import { resolveLinks } from '../../platform/log-files-found';
import type { DescribedAbsence } from './describe-absence';
import { Draining } from './draining';
import type { FileBatch, FirstMeeting } from './file-batch';
import type { FollowedFile } from './followed-file';
import { type FileLine, Generation, holdsPosition, lastLineOffset } from './generation';
import { openOlderGenerations } from './older-generations';
import { isSameFile } from './position';
import type { Positions } from './positions';

/** Then the oldest is let go. */
const maxDraining = 32;

export interface FileTailParts {
  readonly clock: Clock;
  readonly positions: Positions;
  readonly onBatch: (batch: FileBatch) => void;
  /** Called right before the first batch of a path, so that both can be stored together. */
  readonly onFirst?: (meeting: FirstMeeting) => void;
  /** `busy`: as many files are open as may be, and none can be put aside. */
  readonly open: (path: string) => OpenOutcome | { readonly kind: 'busy' };
  readonly describeAbsence: (absence: LogFileAbsence) => DescribedAbsence;
  /** A file is read by one tail, whatever paths lead to it. Gives the path of the one that has it already, else null and it is taken. */
  readonly claim: (stat: LogFileStat) => string | null;
  readonly release: (stat: LogFileStat) => void;
}

type Shown = Pick<FollowedFile, 'state' | 'why' | 'remedy'>;

/**
 * Follows the file at one path through rotations of every kind. Has no loop: `poll` looks whether there is anything to do,
 * `turn` reads a fair part of it.
 */
export class FileTail implements FollowedFile {
  private current: Generation | null = null;
  private draining: Draining[] = [];
  private wantsOpen = false;
  /** What was put aside, or is not worth opening before it changes. */
  private aside: LogFileStat | null = null;
  private metBefore = false;
  private sizeWhenMetBytes: number | null = null;
  private hasNews = false;
  private activeAtMs = Number.NEGATIVE_INFINITY;
  private gaps = 0;
  private shown: Shown = { state: 'retrying', why: null, remedy: null };

  constructor(
    readonly path: string,
    readonly kind: LogKind,
    private readonly existing: 'beginning' | 'end',
    private readonly parts: FileTailParts,
  ) {}

  get hasWork(): boolean {
    return this.hasNews || this.wantsOpen || this.draining.length > 0;
  }

  /** When it last had something to read, by the monotonic clock. */
  get lastActiveAtMs(): number {
    return this.activeAtMs;
  }

  get gapCount(): number {
    return this.gaps;
  }

  get openCount(): number {
    return this.draining.length + (this.current === null ? 0 : 1);
  }

  get isGone(): boolean {
    return this.shown.state === 'ended' && this.openCount === 0;
  }

  get state(): LogSource['state'] {
    return this.shown.state;
  }

  get why(): Sentence | null {
    return this.shown.why;
  }

  get remedy(): Sentence | null {
    return this.shown.remedy;
  }

  poll(): void {
    const outcome = statLogFile(this.path);
    if (outcome.kind === 'file') {
      this.sizeWhenMetBytes ??= outcome.stat.sizeBytes;
      this.see(outcome.stat);
    } else this.miss(outcome);
  }

  /** True: there is more to read at once. Lines of an older file come before those of its successor. */
  turn(): boolean {
    this.hasNews = false;
    let more = false;
    for (const draining of [...this.draining]) {
      if (!more) more = this.drain(draining);
    }
    if (more) return true;
    if (this.wantsOpen) this.openCurrent();
    // Opening may have brought older ones to light.
    if (this.draining.some(({ isUnread }) => isUnread)) return true;
    return this.current !== null && this.readFrom(this.current);
  }

  /** Gives its descriptor back; it is opened again when the file changes. False: it cannot without losing its place. */
  putAside(): boolean {
    if (this.current === null || this.draining.length > 0) return false;
    const outcome = statLogFile(this.path);
    if (outcome.kind !== 'file' || !isSameFile(this.current.stat, outcome.stat)) return false;
    this.wantsOpen = this.current.hasNews(outcome.stat);
    this.aside = outcome.stat;
    this.current.close();
    this.current = null;
    return true;
  }

  close(): void {
    for (const { generation } of this.draining) this.letGo(generation);
    if (this.current !== null) this.letGo(this.current);
    this.forgetAside();
    this.draining = [];
    this.current = null;
  }

  private letGo(generation: Generation): void {
    generation.close();
    this.parts.release(generation.stat);
  }

  private forgetAside(): void {
    if (this.aside !== null) this.parts.release(this.aside);
    this.aside = null;
  }

  private see(stat: LogFileStat): void {
    if (this.current !== null) {
      if (isSameFile(this.current.stat, stat)) {
        this.hasNews = this.current.hasNews(stat);
        return;
      }
      this.detach(this.current);
    } else if (this.aside !== null && isSameFile(this.aside, stat)) {
      if (this.aside.sizeBytes === stat.sizeBytes && this.aside.modifiedAtMs === stat.modifiedAtMs) return;
    } else this.forgetAside();
    this.wantsOpen = this.mayHave(stat);
  }

  private mayHave(stat: LogFileStat): boolean {
    const owner = this.parts.claim(stat);
    if (owner === null) return true;
    this.show('unavailable', sayAbsence('logSource.why.sameFile', { path: owner }));
    return false;
  }

  private miss(absence: LogFileAbsence): void {
    this.wantsOpen = false;
    this.forgetAside();
    if (this.current !== null) {
      // Renamed, and its successor is not there yet: its writer may still write.
      const isHeld = absence.kind === 'absent' ? !this.current.isDeleted : absence.kind !== 'refused';
      if (isHeld) {
        this.hasNews = true;
        return;
      }
      this.detach(this.current);
    }
    if (absence.kind === 'denied') this.sizeWhenMetBytes ??= absence.sizeBytes;
    this.shown = { state: absence.kind === 'absent' ? 'ended' : 'unavailable', ...this.parts.describeAbsence(absence) };
  }

  private detach(generation: Generation): void {
    this.current = null;
    this.draining.push(new Draining(generation, this.parts.clock.monotonicMs(), true));
  }

  private openCurrent(): void {
    const outcome = this.parts.open(this.path);
    if (outcome.kind === 'busy') return;
    if (outcome.kind !== 'opened') {
      this.miss(outcome);
      return;
    }
    this.wantsOpen = false;
    const { file } = outcome;
    const stat = file.stat();
    // Another one than was seen a moment ago may be in its place.
    if (!this.mayHave(stat)) {
      file.close();
      return;
    }
    const known = this.parts.positions.find(this.path, stat);
    const wasAside = this.aside !== null && isSameFile(this.aside, stat);
    this.aside = null;
    if (known !== null && holdsPosition(file, known)) {
      this.current = new Generation(this.path, file, stat, known.offset);
      if (known.path !== this.path || known.dev !== stat.dev || known.isDone) this.give(this.current, [], null);
      if (!wasAside) this.openOlder(stat, false);
    } else {
      const isFirst = !this.metBefore && this.parts.positions.ofPath(this.path).length === 0;
      const offset = isFirst && this.existing === 'end' ? this.endWhenMet(file, stat) : 0;
      this.current = new Generation(this.path, file, stat, offset);
      if (isFirst && known === null) this.parts.onFirst?.({ path: this.path, kind: this.kind, file, stat, offset });
      const isOlderGone = known === null && this.openOlder(stat, true);
      this.give(this.current, [], known !== null ? 'truncated' : isOlderGone ? 'predecessor-gone' : null);
    }
    this.metBefore = true;
    this.show('following', this.describeLink());
  }

  /** Before the file just opened: those whose rest was not read. True: at least one of them is gone. */
  private openOlder(current: LogFileStat, isNew: boolean): boolean {
    const open = this.draining.map(({ generation }) => generation.stat);
    const before = this.parts.positions.ofPath(this.path).filter((position) => !isSameFile(position, current));
    const pending = before.filter((position) => !position.isDone && !open.some((stat) => isSameFile(position, stat)));
    const births = before.map(({ birthAtMs }) => birthAtMs ?? 0);
    const lastSeen = isNew && births.length > 0 ? Math.max(...births) : null;
    if (pending.length === 0 && lastSeen === null) return false;
    const openFile = (path: string) => {
      const outcome = this.parts.open(path);
      return outcome.kind === 'opened' ? outcome.file : null;
    };
    const { generations, missing } = openOlderGenerations(this.path, current, pending, lastSeen, this.parts.positions, openFile);
    for (const position of missing) this.parts.positions.set({ ...position, isDone: true });
    const nowMs = this.parts.clock.monotonicMs();
    for (const generation of generations) {
      if (this.parts.claim(generation.stat) !== null) {
        generation.close();
        continue;
      }
      // Told before its successor's place is: once that is stored, nobody would look for one that came and went unseen.
      this.give(generation, [], null);
      this.draining.push(new Draining(generation, nowMs, false));
    }
    return missing.length > 0;
  }

  private endWhenMet(file: LogFile, stat: LogFileStat): number {
    return lastLineOffset(file, Math.min(this.sizeWhenMetBytes ?? stat.sizeBytes, stat.sizeBytes));
  }

  private drain(draining: Draining): boolean {
    const { generation } = draining;
    const nowMs = this.parts.clock.monotonicMs();
    draining.startReading(nowMs);
    const hadMore = this.readFrom(generation, draining);
    if (draining.isOver(hadMore, nowMs) || this.draining.length > maxDraining) {
      const lines: FileLine[] = [];
      generation.finish(lines);
      this.give(generation, lines, hadMore ? 'let-go' : null, true);
      this.letGo(generation);
      this.draining = this.draining.filter((other) => other !== draining);
    }
    return hadMore;
  }

  private readFrom(generation: Generation, draining: Draining | null = null): boolean {
    const lines: FileLine[] = [];
    const outcome = generation.read(lines);
    const nowMs = this.parts.clock.monotonicMs();
    if (outcome === 'binary' || outcome === 'utf-16') {
      if (draining === null) this.refuse(generation, outcome);
      return false;
    }
    if (lines.length > 0 || outcome !== 'end') {
      this.activeAtMs = nowMs;
      draining?.noteBytes(nowMs);
    }
    if (outcome === 'replaced') generation.startAgain(lines);
    if (lines.length > 0 || outcome === 'replaced') this.give(generation, lines, outcome === 'replaced' ? 'truncated' : null);
    return outcome === 'more' || outcome === 'replaced';
  }

  /** Not read on before another file is in its place or this one changes. */
  private refuse(generation: Generation, content: 'binary' | 'utf-16'): void {
    const outcome = statLogFile(this.path);
    this.aside = outcome.kind === 'file' ? outcome.stat : generation.stat;
    this.current = null;
    generation.close();
    this.show('unavailable', sayAbsence(content === 'binary' ? 'logSource.why.binary' : 'logSource.why.utf16'));
  }

  private give(generation: Generation, lines: readonly FileLine[], gap: FileBatch['gap'], isDone = false): void {
    if (gap !== null) this.gaps += 1;
    const position = generation.position(isDone);
    this.parts.positions.set(position);
    this.parts.onBatch({ path: this.path, kind: this.kind, lines, position, gap });
  }

  private describeLink(): Sentence | null {
    const resolved = resolveLinks(this.path);
    return resolved === null || resolved === this.path ? null : sayAbsence('logSource.link', { path: resolved });
  }

  private show(state: LogSource['state'], why: Sentence | null): void {
    this.shown = { state, why, remedy: null };
  }
}
