/** Where in a line private-key text stands; `isNew`: the first of its block, which counts as one secret. */
export interface KeyText {
  readonly start: number;
  readonly end: number;
  readonly isNew: boolean;
}

const blockBegin = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;
const blockEnd = /-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;
const keyText = /^[A-Za-z0-9+/=_-]+$/;
const masked = /^\[masked:private-key:[0-9a-f]{6}\]$/;
const longRun = /[A-Za-z0-9+/=]{24,}/g;
/** An RSA key of 16384 bits has 200 lines. */
const maxBlockLines = 400;
/** Lines of others may come in between; behind so many the block was never closed. */
const maxStrayLines = 5;

/** Shorter lines of key characters only are words. */
const leastDoubtfulLength = 40;

/**
 * Where a text begins: `text`, at its own beginning; `key`, within a block that was opened before; `doubt`, somewhere: it may be within
 * one, so that lines which can only be those of a key are taken for it.
 */
export type KeyStart = 'text' | 'key' | 'doubt';

const noKey: readonly KeyText[] = [];

/** Follows private-key blocks through the lines of one text. */
export class PrivateKeyBlocks {
  private lines = 0;
  private strays = 0;
  private prefixLength = 0;
  private open: boolean;
  private inDoubt: boolean;

  constructor(start: KeyStart = 'text') {
    this.open = start === 'key';
    this.inDoubt = start === 'doubt';
  }

  /** A block was begun and not ended. */
  get isOpen(): boolean {
    return this.open;
  }

  /** No block stands open, or may: a line that begins none need not be told of. */
  get isSettled(): boolean {
    return !this.open && !this.inDoubt;
  }

  /** To be called with every line in its order. */
  next(line: string): readonly KeyText[] {
    if (this.inDoubt) {
      const bare = line.trim();
      if (bare.length >= leastDoubtfulLength && keyText.test(bare)) {
        const start = line.indexOf(bare);
        return [{ start, end: start + bare.length, isNew: false }];
      }
      this.inDoubt = false;
    }
    if (!this.open && !line.includes('PRIVATE KEY')) return noKey;
    const found: KeyText[] = [];
    let at = 0;
    if (this.open) {
      blockEnd.lastIndex = 0;
      const end = blockEnd.exec(line);
      this.inside(line.slice(0, end?.index ?? line.length), found);
      if (end === null) return found;
      this.open = false;
      at = blockEnd.lastIndex;
    }
    blockBegin.lastIndex = at;
    for (let begin = blockBegin.exec(line); begin !== null; begin = blockBegin.exec(line)) {
      const start = blockBegin.lastIndex;
      blockEnd.lastIndex = start;
      const end = blockEnd.exec(line);
      const stop = end?.index ?? endOfEscapedKey(line, start);
      if (stop > start && !masked.test(line.slice(start, stop))) found.push({ start, end: stop, isNew: true });
      if (end === null) {
        this.open = true;
        this.lines = 0;
        this.strays = 0;
        this.prefixLength = begin.index;
        return found;
      }
      blockBegin.lastIndex = blockEnd.lastIndex;
    }
    return found;
  }

  private inside(line: string, found: KeyText[]): void {
    this.lines += 1;
    const isNew = this.lines === 1;
    const behindPrefix = line.slice(this.prefixLength).trim();
    const bare = line.trim();
    const known = found.length;
    if (keyText.test(bare)) add(line, bare);
    else if (this.prefixLength > 0 && keyText.test(behindPrefix)) add(line, behindPrefix);
    else {
      longRun.lastIndex = 0;
      for (let run = longRun.exec(line); run !== null; run = longRun.exec(line)) {
        found.push({ start: run.index, end: run.index + run[0].length, isNew: false });
      }
    }
    if (found.length === known && bare !== '' && !/^[A-Za-z-]{1,20}: /.test(bare)) this.strays += 1;
    if (this.lines >= maxBlockLines || this.strays >= maxStrayLines) this.open = false;

    function add(whole: string, part: string): void {
      const start = whole.lastIndexOf(part);
      found.push({ start, end: start + part.length, isNew });
    }
  }
}

/** No end on this line: a text in quotes is over at the next one, anything else with the line. */
function endOfEscapedKey(line: string, start: number): number {
  const quote = line.indexOf('"', start);
  return quote === -1 ? line.trimEnd().length : quote;
}
