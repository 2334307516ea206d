import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import { maxLineBytes } from '../frame';
import type { LogEntry } from './entry';

/** Says whether a line belongs to the one before it: see fold/continuation.ts. */
export interface Continuation {
  continues(line: ParsedLine, text: string): boolean;
  /** The entry before is closed: nothing that comes belongs to it. */
  reset(): void;
}

const maxLines = 1_000;

/** The newest entry of one source, for as long as lines may come that belong to it. */
export class EntryHolder {
  private held: LogEntry | null = null;
  private heldCharacters = 0;

  constructor(private readonly continuation: Continuation) {}

  /** Takes the next line as an entry of its own; gives what was held when it does not belong to that. */
  add(line: LogEntry): LogEntry | null {
    const [text = ''] = line.texts;
    const continues = this.continuation.continues(line.parsed, text);
    const { held } = this;
    if (held !== null && continues && held.texts.length < maxLines) {
      const room = maxLineBytes - this.heldCharacters;
      const kept = text.slice(0, Math.max(0, room));
      if (kept !== '' || text === '') held.texts.push(kept);
      held.cutBytes += line.cutBytes + (text.length - kept.length);
      this.heldCharacters += kept.length + 1;
      return null;
    }
    this.held = line;
    this.heldCharacters = text.length;
    return held === null ? null : withoutBlankEnd(held);
  }

  /** Whether more of it is likely to come: it has begun to go on, or ends as what goes on does. */
  get expectsMore(): boolean {
    if (this.held === null) return false;
    const last = this.held.texts.at(-1) ?? '';
    return this.held.texts.length > 1 || /[:{([]\s*$|(?:error|exception|panic)/i.test(last.slice(-2_000));
  }

  get isEmpty(): boolean {
    return this.held === null;
  }

  release(): LogEntry | null {
    const { held } = this;
    this.held = null;
    this.continuation.reset();
    return held === null ? null : withoutBlankEnd(held);
  }
}

/** Blank lines stand between the parts of a trace, and after it. */
function withoutBlankEnd(entry: LogEntry): LogEntry {
  while (entry.texts.length > 1 && entry.texts.at(-1)?.trim() === '') entry.texts.pop();
  return entry;
}
