import { isErrorLevel, type LogLevel, type ParsedLine } from '../../../src-shared/logs/parsed-line';
import {
  announcesTraceback,
  holdsBlankLines,
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
}

/**
 * Tells which lines of one source belong to the entry before them: frames and causes of stack traces (Java and Kotlin, Python, Node,
 * Go, Rust, .NET, Ruby, PHP, sanitizers), indented lines below a line with a head, blocks in brackets. A line with a head of its own
 * never does. Errs on the side of no: a line that is joined by mistake is hidden. Holds back nothing; the caller bounds time and length.
 */
export class ContinuationDetector {
  #first: FirstLine | null = null;
  #entry: OpenEntry | null = null;

  /** `line` is what `parseLine` made of `text`. Lines are given in order, each once. */
  continues(line: ParsedLine, text: string): boolean {
    if (line.format !== 'plain' && (line.atMs !== null || line.level !== null)) return this.#begin(line, line.message);
    const shown = beginningOf(text);
    if (this.#first === null) return this.#begin(line, shown);
    this.#entry ??= opened(this.#first);
    const trace = joined(this.#entry, shown);
    if (trace === null) return this.#begin(line, shown);
    this.#entry.trace = trace;
    if (endsOpen(text)) this.#entry.blockLines ??= 0;
    return true;
  }

  #begin(line: ParsedLine, message: string): false {
    this.#first = { line, message };
    this.#entry = null;
    return false;
  }

  /** The next line is a first one: the entry was ended (time-out, cap, end of the source). */
  reset(): void {
    this.#first = null;
    this.#entry = null;
  }
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
  };
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
