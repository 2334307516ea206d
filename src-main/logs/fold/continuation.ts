import { isErrorLevel, type LogLevel, type ParsedLine } from '../../../src-shared/logs/parsed-line';
import {
  announcesTraceback,
  holdsBlankLines,
  namesException,
  namesRequest,
  saysError,
  type Trace,
  traceAfter,
  traceBelowHead,
  traceBelowMessage,
  traceOfFrame,
  traceOpenedBy,
} from './trace-shapes';

/** Of a longer line only the beginning tells what it is. */
const reachChars = 1_024;
/** Lines that an opening bracket or `name:` may draw in. */
const maxBlockLines = 200;
/** Further lines of an exception's message, which look like lines of their own until its frames come. */
const maxMessageLines = 4;
const colours = /\u001b\[[\d;:]{0,32}m/g;
const closing = /^[)\]}][)\]};,]{0,8}$/;

/** The first line of an entry. What it opens is looked at only when a line follows that may belong to it: most entries are one line. */
interface FirstLine {
  readonly line: ParsedLine;
  readonly message: string;
}

/** The entry that lines may still be added to. */
interface OpenEntry {
  trace: Trace;
  /** Time or level of its first line was stated. */
  readonly isHeaded: boolean;
  readonly level: LogLevel | null;
  readonly first: string;
  /** Lines drawn in since a bracket or `name:` was opened; null: none is open. */
  blockLines: number | null;
  /** Its newest line names an exception, and frames have not come yet. */
  awaitsFrames: boolean;
}

/** An exception whose message may have more lines than one. */
interface LongMessage {
  readonly entry: OpenEntry;
  /** Lines since that begin entries of their own, unless frames follow. */
  lines: number;
}

/**
 * Tells which lines of one source belong to the entry before them: frames and causes of stack traces (Java and Kotlin, Python, Node,
 * Go, Rust, .NET, Ruby, PHP, sanitizers), indented lines below a line with a head, blocks in brackets. A line with a head of its own
 * never does. Errs on the side of no: a line that is joined by mistake is hidden. Holds back nothing; the caller bounds time and length.
 */
export class ContinuationDetector {
  #first: FirstLine | null = null;
  #entry: OpenEntry | null = null;
  #message: LongMessage | null = null;
  #reclaimed = 0;

  /** The newest line began an entry, but may turn out to belong to the one before: neither is whole yet. */
  get mayReclaim(): boolean {
    return this.#message !== null;
  }

  /** How many of the newest entries belong, with the newest line, to the entry before them. */
  get reclaimedCount(): number {
    return this.#reclaimed;
  }

  /** Nothing but frames, causes and indented lines can belong to the entry before: see `standsAlone`. */
  get opensNothing(): boolean {
    if (this.#message !== null) return false;
    if (this.#first === null) return true;
    this.#entry ??= opened(this.#first);
    const { trace, blockLines, awaitsFrames } = this.#entry;
    return trace === 'none' && blockLines === null && !awaitsFrames;
  }

  /** `line` is what `parseLine` made of `text`. Lines are given in order, each once. */
  continues(line: ParsedLine, text: string): boolean {
    this.#reclaimed = 0;
    if (line.format !== 'plain' && (line.atMs !== null || line.level !== null)) return this.#begin(line, line.message);
    const shown = beginningOf(text);
    if (this.#first === null) return this.#begin(line, shown);
    if (this.#message !== null) return this.#afterMessage(this.#message, line, shown);
    this.#entry ??= opened(this.#first);
    const trace = joined(this.#entry, shown);
    if (trace === null) {
      const { awaitsFrames } = this.#entry;
      const entry = this.#entry;
      this.#begin(line, shown);
      if (awaitsFrames && mayBeMessage(line, shown)) this.#message = { entry, lines: 1 };
      return false;
    }
    this.#entry.trace = trace;
    this.#entry.awaitsFrames = namesException(shown) || (this.#entry.awaitsFrames && shown.trim() === '');
    if (endsOpen(text)) this.#entry.blockLines ??= 0;
    return true;
  }

  #afterMessage(message: LongMessage, line: ParsedLine, shown: string): boolean {
    if (traceOfFrame(shown) === 'frames') {
      this.#reclaimed = message.lines;
      this.#entry = message.entry;
      if (this.#entry.trace === 'error' || this.#entry.trace === 'none') this.#entry.trace = 'frames';
      this.#entry.awaitsFrames = false;
      this.#message = null;
      return true;
    }
    if (message.lines >= maxMessageLines || !mayBeMessage(line, shown)) {
      this.#message = null;
      return this.continues(line, shown);
    }
    this.#begin(line, shown);
    this.#message = { entry: message.entry, lines: message.lines + 1 };
    return false;
  }

  #begin(line: ParsedLine, message: string): false {
    this.#first = { line, message };
    this.#entry = null;
    this.#message = null;
    return false;
  }

  /** The next line is a first one: the entry was ended (time-out, cap, end of the source). */
  reset(): void {
    this.#first = null;
    this.#entry = null;
    this.#message = null;
    this.#reclaimed = 0;
  }
}

/** A line that belongs to no entry that opens nothing. */
export function standsAlone(text: string): boolean {
  const shown = beginningOf(text);
  const code = shown.charCodeAt(0);
  if (Number.isNaN(code) || code === 32 || code === 9) return false;
  return traceBelowMessage(shown) === null && traceBelowHead(shown, true) === null;
}

/** The first line of an entry to which no line that stands alone belongs. `message`: without its head, where it has one. */
export function opensNothing(message: string): boolean {
  return traceOpenedBy(beginningOf(message)) === 'none' && !endsOpen(message);
}

function beginningOf(text: string): string {
  const beginning = text.length > reachChars ? text.slice(0, reachChars) : text;
  return beginning.charCodeAt(0) === 27 ? beginning.replace(colours, '') : beginning;
}

function opened({ line, message }: FirstLine): OpenEntry {
  const first = message.slice(0, reachChars);
  const trace = traceOpenedBy(first);
  return {
    trace: trace === 'block' ? 'none' : trace,
    isHeaded: line.atMs !== null || line.level !== null,
    level: line.level,
    first,
    blockLines: trace === 'block' || endsOpen(message) ? 0 : null,
    awaitsFrames: trace === 'error',
  };
}

/** Neither indented nor the beginning of a trace of its own; an empty line may stand between a message and its frames. */
function mayBeMessage({ atMs, level }: ParsedLine, text: string): boolean {
  const code = text.charCodeAt(0);
  if (atMs !== null || level !== null) return false;
  if (text.trim() === '') return true;
  const opens = traceOpenedBy(text);
  return code !== 32 && code !== 9 && !namesRequest(text) && (opens === 'none' || opens === 'block') && traceBelowMessage(text) === null;
}

/** `{`, `[` at the end of a line; what is only the beginning of a word in brackets is not. */
function endsOpen(text: string): boolean {
  const code = text.charCodeAt(text.length - 1);
  return code === 123 || code === 91;
}

/** What is open in the entry once the line belongs to it; null: it does not. */
function joined(entry: OpenEntry, text: string): Trace | null {
  const code = text.charCodeAt(0);
  if (Number.isNaN(code)) return blank(entry);
  if (code === 32 || code === 9) return text.trim() === '' ? blank(entry) : joinedIndented(entry, text);
  if (entry.blockLines !== null && closing.test(text)) {
    entry.blockLines = null;
    return entry.trace;
  }
  if (entry.trace !== 'none' && entry.trace !== 'error') return traceAfter(entry.trace, text);
  const after = traceAfter(entry.trace, text);
  if (after !== null) return after;
  if (announcesTraceback(entry.first, text)) return 'python';
  if (!entry.isHeaded) {
    const below = traceBelowMessage(text);
    return below !== null && saysError(entry.first) ? below : null;
  }
  if (entry.level !== null && entry.level !== 'warning' && !isErrorLevel(entry.level)) return null;
  return traceBelowMessage(text) ?? (entry.trace === 'none' ? traceBelowHead(text, isErrorLevel(entry.level)) : null);
}

function blank(entry: OpenEntry): Trace | null {
  return holdsBlankLines(entry.trace) ? entry.trace : null;
}

function joinedIndented(entry: OpenEntry, text: string): Trace | null {
  if (entry.trace === 'node-source' || entry.trace === 'rust-message') return traceAfter(entry.trace, text);
  const frame = traceOfFrame(text);
  if (entry.trace === 'python' || (frame !== null && (entry.trace === 'none' || entry.trace === 'error'))) {
    const follows = entry.trace === 'python' || entry.isHeaded || entry.trace === 'error' || saysError(entry.first);
    return follows ? (frame ?? entry.trace) : null;
  }
  if (entry.blockLines !== null) {
    entry.blockLines += 1;
    if (entry.blockLines <= maxBlockLines) return entry.trace;
    entry.blockLines = null;
  }
  return entry.isHeaded || entry.trace !== 'none' ? entry.trace : null;
}
