import { chooseFormat, detectFormat, detectionLines } from '../formats/detect-format';
import type { KnownFormat } from '../formats/known-format';
import { LineFeeder, type LineSink } from '../parse/line-feeder';
import type { LineParser } from '../parse/line-fields';

/** So much of a log is looked at to tell its format. */
export const detectionBytes = 256 * 1024;
/** A log whose format another one of the same name had keeps it while that reads so much of its first lines. */
const keptFit = 0.5;

/**
 * Bytes of one log on their way into the figures: its first lines tell the format, then all are handed on. A last line without its newline
 * waits for it.
 */
export class LogReader {
  private head: Buffer[] = [];
  private headBytes = 0;
  private feeder: LineFeeder | null = null;
  private decided: KnownFormat | null = null;
  private ownParser: LineParser | null = null;
  private hasDropped = false;

  /**
   * `wanted`: as for chooseFormat. `before`: the format of the log that had this one's name. `countsUnknown`: lines before those that a format
   * reads are malformed ones; else they are of another kind of file and count for nothing.
   */
  constructor(
    private readonly sink: LineSink,
    private readonly wanted: string,
    private readonly before: KnownFormat | null,
    private readonly countsUnknown: boolean,
  ) {}

  /** Null: not enough was seen, or no format reads it. */
  get format(): KnownFormat | null {
    return this.decided;
  }

  get parser(): LineParser | null {
    return this.ownParser;
  }

  /** No format reads what was seen so far. */
  get isUnknown(): boolean {
    return this.decided === null && (this.headBytes > 0 || this.hasDropped);
  }

  /** So much of it was in vain that the rest will be too, unless it is a stream that begins with other lines. */
  get isHopeless(): boolean {
    return this.decided === null && this.hasDropped;
  }

  /** The bytes may be overwritten afterwards. */
  write(chunk: Buffer): void {
    if (this.feeder !== null) {
      this.feeder.write(chunk);
      return;
    }
    this.head.push(Buffer.from(chunk));
    this.headBytes += chunk.length;
    if (this.headBytes >= detectionBytes && !this.decide()) this.dropHead();
  }

  /** Nothing more is there for now: what there is decides. */
  settle(): void {
    if (this.feeder === null && this.head.some((chunk) => chunk.includes(10))) this.decide();
  }

  /** Nothing more comes: the last line may have no newline. */
  end(): void {
    if (this.feeder === null && this.headBytes > 0 && !this.decide()) this.dropHead();
    this.feeder?.end();
  }

  /** Goes on in the middle of a log whose first lines are `head`. */
  resume(head: Buffer): boolean {
    const known = this.choose(head);
    if (known === null) return false;
    this.take(known);
    return true;
  }

  private decide(): boolean {
    const head = Buffer.concat(this.head);
    const known = this.choose(head);
    if (known === null) return false;
    const feeder = this.take(known);
    this.head = [];
    this.headBytes = 0;
    feeder.write(head);
    return true;
  }

  private take(known: KnownFormat): LineFeeder {
    this.decided = known;
    this.ownParser = known.createParser();
    this.feeder = new LineFeeder(this.ownParser, this.sink);
    return this.feeder;
  }

  private choose(head: Buffer): KnownFormat | null {
    const lines = firstLines(head);
    if (lines.length === 0) return null;
    if (this.before !== null && fits(this.before, lines)) return this.before;
    return chooseFormat(this.wanted, lines);
  }

  /** Nothing reads these lines: they are counted, and the next ones are tried. */
  private dropHead(): void {
    const head = Buffer.concat(this.head);
    this.head = [];
    this.headBytes = 0;
    this.hasDropped ||= head.length > 0;
    if (!this.countsUnknown) return;
    const never: LineParser = { parse: () => false };
    const feeder = new LineFeeder(never, this.sink);
    feeder.write(head);
    feeder.end();
  }
}

/** Whole ones only. */
export function firstLines(head: Buffer): readonly string[] {
  const text = head.toString('utf8', 0, detectionBytes);
  const end = text.lastIndexOf('\n');
  // A log of one line that has no newline yet says as much as it ever will.
  const whole = end < 0 ? text : text.slice(0, end);
  return whole
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(0, detectionLines);
}

/** The unit of times is told by many lines; the few of a fresh log may tell another, so it is not compared. */
function fits(known: KnownFormat, lines: readonly string[]): boolean {
  const found = detectFormat(lines);
  if (found === null || found.detected.fitRatio < keptFit || found.detected.id !== known.detected.id) return false;
  const layout = ({ detected }: KnownFormat) => detected.words.replace(/ in (?:seconds|milliseconds|microseconds|nanoseconds)$/, '');
  return layout(found) === layout(known);
}
