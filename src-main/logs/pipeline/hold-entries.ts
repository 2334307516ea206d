import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import { maxLineBytes } from '../frame';
import type { LogEntry } from './entry';

/** Says whether a line belongs to the one before it: see fold/continuation.ts. */
export interface Continuation {
  continues(line: ParsedLine, text: string): boolean;
  /** After a line that does not: it may yet turn out to belong to the entry before, with those that come next. */
  readonly mayReclaim: boolean;
  /** After a line that does: how many of the newest entries belong to the entry before them. */
  readonly reclaimedCount: number;
  /** Nothing but frames, causes and indented lines can belong to the entry before. */
  readonly opensNothing: boolean;
  /** The entry before is closed: nothing that comes belongs to it. */
  reset(): void;
}

const maxLines = 1_000;
const none: readonly LogEntry[] = [];

/** The newest entry of one source, for as long as lines may come that belong to it. */
export class EntryHolder {
  private held: LogEntry | null = null;
  private heldCharacters = 0;
  /** Before the held one: an entry, and those that may turn out to belong to it. */
  private undecided: LogEntry[] = [];
  private decided: LogEntry[] = [];

  constructor(private readonly continuation: Continuation) {}

  /** Takes the next line as an entry of its own; gives what was held when it does not belong to that. */
  add(line: LogEntry): LogEntry | null {
    const [text = ''] = line.texts;
    const continues = this.continuation.continues(line.parsed, text);
    if (continues && this.continuation.reclaimedCount > 0) this.reclaim();
    const { held } = this;
    if (held !== null && continues && held.texts.length < maxLines) {
      this.append(held, text, line.cutBytes);
      return null;
    }
    this.held = line;
    this.heldCharacters = text.length;
    if (held !== null && this.continuation.mayReclaim) {
      this.undecided.push(held);
      return null;
    }
    if (this.undecided.length > 0) this.decide();
    return held === null ? null : withoutBlankEnd(held);
  }

  /** Entries that are whole and come before what `add` and `release` give; they are given once. */
  takeDecided(): readonly LogEntry[] {
    if (this.decided.length === 0) return none;
    const { decided } = this;
    this.decided = [];
    return decided;
  }

  private append(held: LogEntry, text: string, cutBytes: number): void {
    const room = maxLineBytes - this.heldCharacters;
    const kept = text.slice(0, Math.max(0, room));
    if (kept !== '' || text === '') held.texts.push(kept);
    held.cutBytes += cutBytes + (text.length - kept.length);
    this.heldCharacters += kept.length + 1;
  }

  /** What is undecided, and what is held, is one entry. */
  private reclaim(): void {
    const [first, ...rest] = this.undecided;
    if (first === undefined || this.held === null) return;
    this.undecided = [];
    const more = [...rest, this.held];
    this.held = first;
    this.heldCharacters = first.texts.reduce((sum, text) => sum + text.length + 1, -1);
    for (const entry of more) {
      for (const [index, text] of entry.texts.entries()) this.append(first, text, index === 0 ? entry.cutBytes : 0);
    }
  }

  private decide(): void {
    this.decided.push(...this.undecided.map(withoutBlankEnd));
    this.undecided = [];
  }

  /** Whether more of it is likely to come: it has begun to go on, or ends as what goes on does. */
  get expectsMore(): boolean {
    if (this.held === null) return false;
    if (this.undecided.length > 0) return true;
    return this.held.texts.length > 1 || mayGoOn(this.held.texts.at(-1) ?? '');
  }

  /** A line that stands alone begins an entry: see fold/continuation.ts. */
  get opensNothing(): boolean {
    return this.held === null || (this.undecided.length === 0 && this.continuation.opensNothing);
  }

  get isEmpty(): boolean {
    return this.held === null;
  }

  release(): LogEntry | null {
    const { held } = this;
    this.held = null;
    if (this.undecided.length > 0) this.decide();
    this.continuation.reset();
    return held === null ? null : withoutBlankEnd(held);
  }
}

/** A line that ends as what goes on does. */
export function mayGoOn(text: string): boolean {
  return /[:{([]\s*$|(?:error|exception|panic)/i.test(text.slice(-2_000));
}

/** Blank lines stand between the parts of a trace, and after it. */
function withoutBlankEnd(entry: LogEntry): LogEntry {
  while (entry.texts.length > 1 && entry.texts.at(-1)?.trim() === '') entry.texts.pop();
  return entry;
}
