import type { NextLines, StreamedLine } from '../../../src-shared/contract';

export type QueuedLine = Omit<StreamedLine, 'number'>;

/** More than a window can show at once; a reader that falls behind further loses the oldest, counted. */
const maxLines = 5_000;
const maxCharacters = 4 * 1024 * 1024;
/** One answer carries at most this much, so that a door's message stays small. */
const maxAnswerLines = 1_000;
const maxAnswerCharacters = 1024 * 1024;

/**
 * Lines on their way to one reader. A line gets its number when it is first handed out, and is kept until the reader asks
 * for what comes after it: an answer that was lost is given again.
 */
export class LineQueue {
  private handedOut: StreamedLine[] = [];
  private pending: QueuedLine[] = [];
  private characters = 0;
  private lastNumber = 0;
  private dropped = 0;

  /** `byTime`: several sources are merged, and what came in one batch is put into the order of its stamps. */
  constructor(private readonly byTime: boolean) {}

  get hasLines(): boolean {
    return this.pending.length > 0 || this.handedOut.length > 0;
  }

  add(line: QueuedLine): void {
    this.pending.push(line);
    this.characters += line.text.length;
    while (this.pending.length > maxLines || (this.characters > maxCharacters && this.pending.length > 1)) {
      this.characters -= this.pending.shift()?.text.length ?? 0;
      this.dropped += 1;
    }
  }

  /** The reader has the lines up to this number. */
  forget(upTo: number): void {
    this.handedOut = this.handedOut.filter(({ number }) => number > upTo);
  }

  take(): Pick<NextLines, 'lines' | 'droppedCount'> {
    if (this.byTime) this.pending.sort((left, right) => (left.atMs ?? 0) - (right.atMs ?? 0));
    let characters = this.handedOut.reduce((sum, { text }) => sum + text.length, 0);
    let count = 0;
    for (const line of this.pending) {
      if (this.handedOut.length + count >= maxAnswerLines || (characters > 0 && characters + line.text.length > maxAnswerCharacters)) break;
      characters += line.text.length;
      count += 1;
    }
    for (const line of this.pending.splice(0, count)) {
      this.characters -= line.text.length;
      this.lastNumber += 1;
      this.handedOut.push({ number: this.lastNumber, ...line });
    }
    return { lines: this.handedOut, droppedCount: this.dropped };
  }
}
