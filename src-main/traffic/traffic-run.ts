import type { DetectedFormat } from '../../src-shared/traffic/log-format';
import type { TrafficReport } from '../../src-shared/traffic/report';
import { allTime, type TimeRange, TrafficAggregate } from './aggregate/traffic-aggregate';
import { chooseFormat, detectionLines } from './formats/detect-format';
import type { KnownFormat } from './formats/known-format';
import { LineFeeder } from './parse/line-feeder';
import type { LineParser } from './parse/line-fields';
import { makeTrafficReport } from './report/traffic-report';

export interface TrafficRunOptions {
  /** `auto`, a name of a format, or a format string of nginx or Apache. */
  readonly format: string;
  readonly range?: TimeRange;
  /** Keyed hash for what is masked, as of a redactor. */
  readonly hash: (secret: string) => string;
}

/** So much of a log is looked at to tell its format. */
const detectionBytes = 256 * 1024;

const unknownFormat: DetectedFormat = { id: 'common', words: 'none', fitRatio: 0, timeUnit: null, timeEvidence: null };

/** Reads logs one after the other, each with a format of its own, into one report. Bounded memory whatever they hold. */
export class TrafficRun {
  private readonly aggregate: TrafficAggregate;
  private head: Buffer[] = [];
  private headBytes = 0;
  private feeder: LineFeeder | null = null;
  private known: KnownFormat | null = null;
  private parser: LineParser | null = null;

  constructor(private readonly options: TrafficRunOptions) {
    this.aggregate = new TrafficAggregate(options.range ?? allTime);
  }

  /** Format of the log that is being read; null: not enough of it was seen. */
  get format(): DetectedFormat | null {
    return this.known?.detected ?? null;
  }

  /** Where the next piece may be read to, for `write` to take it without copying; good for this one read only. Null: anywhere. */
  get room(): Buffer | null {
    return this.feeder?.room ?? null;
  }

  /** The next piece of the current log; its bytes may be overwritten afterwards. False: no format reads it, and the rest is in vain. */
  write(chunk: Buffer): boolean {
    if (this.feeder !== null) {
      this.feeder.write(chunk);
      return true;
    }
    this.head.push(Buffer.from(chunk));
    this.headBytes += chunk.length;
    return this.headBytes < detectionBytes || this.decide();
  }

  /** The current log is over; the next one may have another format. False: no format reads it. An empty log is read by all. */
  endLog(): boolean {
    const isRead = this.feeder !== null || this.headBytes === 0 || this.decide();
    this.feeder?.end();
    this.feeder = null;
    this.head = [];
    this.headBytes = 0;
    return isRead;
  }

  report(): TrafficReport {
    const parser: LineParser = this.parser ?? { parse: () => false };
    const format = this.known?.detected ?? unknownFormat;
    return makeTrafficReport(this.aggregate, { format, parser, hash: this.options.hash });
  }

  /** Throws FormatStringProblem. */
  private decide(): boolean {
    const head = Buffer.concat(this.head);
    const lines = firstLines(head, this.headBytes >= detectionBytes);
    const known = chooseFormat(this.options.format, lines);
    if (known === null) return false;
    this.known = known;
    this.parser = known.createParser();
    this.feeder = new LineFeeder(this.parser, this.aggregate);
    this.feeder.write(head);
    this.head = [];
    return true;
  }
}

/** Whole ones only, unless the log is no longer than this. */
function firstLines(head: Buffer, isCut: boolean): readonly string[] {
  const lines = head.toString('utf8', 0, detectionBytes).split(/\r?\n/);
  return (isCut && lines.length > 1 ? lines.slice(0, -1) : lines).filter((line) => line !== '').slice(0, detectionLines);
}
