import type { LineFields } from '../parse/line-fields';
import { HashTable } from './hash-table';

/** One of the most frequent. `errorCount`: it may have had so many more before it was counted. */
export interface TopFigures {
  readonly name: string;
  readonly requests: number;
  readonly errorCount: number;
  readonly bytes: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
  readonly notFound: number;
  readonly denied: number;
}

/** A table as plain data. */
export interface TopDump {
  readonly rows: readonly TopFigures[];
  readonly floor: number;
}

/** Figures of a name beside its requests; the place of each in the row of a name. */
const topColumns = ['requests', 'errorCount', 'bytes', 'clientErrors', 'serverErrors', 'notFound', 'denied'] as const;
const width = topColumns.length;
/** A row is the columns, the hash in two halves, and the name: with the first two in one line of the cache, and a short name in the next. */
const headBytes = 64;
const hashPlace = 14;
const requestsColumn = 0;
const errorColumn = 1;
export const bytesColumn = 2;
export const clientErrorColumn = 3;
export const serverErrorColumn = 4;
export const notFoundColumn = 5;
export const deniedColumn = 6;

/**
 * The most frequent names of many, in bounded memory. Exact while there are at most `capacity` different ones; then the rarer three
 * quarters are dropped at a time, and whoever comes anew may have had as many as the most frequent that was dropped (Misra and Gries 1982, in
 * batches): whatever makes up more than 4/capacity of all requests is never lost. No object for a name: with a new address in every line
 * these would be most of the work.
 */
export class TopTable {
  /** Rows that begin with `topColumns`. */
  readonly figures: Float64Array;
  private readonly table: HashTable;
  private readonly words: Int32Array;
  private readonly view: DataView;
  private readonly rowBytes: number;
  private readonly rowDoubles: number;
  private readonly rowWords: number;
  private readonly lengths: Uint16Array;
  private readonly steps = new Uint32Array(256);
  private count = 0;
  private floor = 0;
  /** By name: what was counted by another process. */
  private readonly base = new Map<string, TopFigures>();

  /** `capacity`: a power of two. `place`: of the name's hash in the fields. Names are cut at `nameBytes`, a multiple of 64. */
  constructor(
    private readonly place: number,
    private readonly capacity: number,
    private readonly nameBytes: number,
  ) {
    this.table = new HashTable(capacity * 2);
    this.rowBytes = headBytes + nameBytes;
    this.rowDoubles = this.rowBytes / 8;
    this.rowWords = this.rowBytes / 4;
    const rows = new ArrayBuffer(capacity * this.rowBytes);
    this.figures = new Float64Array(rows);
    this.words = new Int32Array(rows);
    this.view = new DataView(rows);
    this.lengths = new Uint16Array(capacity);
  }

  /** Counts a request of the name between `start` and `end`; where its row begins in `figures`, for the caller to count more. */
  hit(fields: LineFields, start: number, end: number): number {
    const one = fields.hashes[this.place] as number;
    const two = fields.hashes[this.place + 1] as number;
    let index = this.table.get(one, two);
    if (index < 0) index = this.add(one, two, fields.view, start, Math.min(end, start + this.nameBytes));
    const row = index * this.rowDoubles;
    (this.figures[row] as number) += 1;
    return row;
  }

  /** The most frequent first. */
  top(limit: number): readonly TopFigures[] {
    if (this.base.size > 0) {
      const all = this.withBase();
      return all.sort((a, b) => b.requests - a.requests).slice(0, limit);
    }
    const order = Array.from({ length: this.count }, (_, index) => index);
    order.sort((a, b) => this.figure(b, requestsColumn) - this.figure(a, requestsColumn) || a - b);
    return order.slice(0, limit).map((index) => this.at(index));
  }

  /** Those of `isWanted`, which gets the place of their row in `figures`. */
  where(isWanted: (figures: Float64Array, row: number) => boolean): readonly TopFigures[] {
    const found: TopFigures[] = [];
    if (this.base.size > 0) {
      const row = new Float64Array(width);
      return this.withBase().filter((one) => {
        for (const [column, name] of topColumns.entries()) row[column] = one[name];
        return isWanted(row, 0);
      });
    }
    for (let index = 0; index < this.count; index++) if (isWanted(this.figures, index * this.rowDoubles)) found.push(this.at(index));
    return found;
  }

  dump(): TopDump {
    return { rows: this.base.size > 0 ? this.withBase() : this.where(() => true), floor: this.floor };
  }

  /**
   * The table must be new. Hashes have another seed in each process, so what was counted before stands beside what is counted from now on, and
   * both are added by their names when they are listed.
   */
  restore({ rows, floor }: TopDump): void {
    for (const row of rows) this.base.set(row.name, row);
    this.floor = floor;
  }

  private withBase(): TopFigures[] {
    const found = new Map(this.base);
    for (let index = 0; index < this.count; index++) {
      const own = this.at(index);
      const before = found.get(own.name);
      if (before === undefined) found.set(own.name, own);
      else {
        const sum = { ...before };
        for (const column of topColumns) if (column !== 'errorCount') sum[column] += own[column];
        found.set(own.name, sum);
      }
    }
    return [...found.values()];
  }

  merge(other: TopTable): void {
    for (let index = 0; index < other.count; index++) {
      const hash = index * other.rowWords + hashPlace;
      const one = other.words[hash] as number;
      const two = other.words[hash + 1] as number;
      const known = this.table.get(one, two);
      const start = index * other.rowBytes + headBytes;
      const ours = known >= 0 ? known : this.add(one, two, other.view, start, start + (other.lengths[index] as number));
      const row = ours * this.rowDoubles;
      for (let column = 0; column < width; column++) (this.figures[row + column] as number) += other.figure(index, column);
    }
    this.floor += other.floor;
  }

  private add(one: number, two: number, bytes: DataView, start: number, end: number): number {
    if (this.count >= this.capacity) this.dropRarer();
    const index = this.count++;
    this.table.add(one, two, index);
    const { figures, view } = this;
    const hash = index * this.rowWords + hashPlace;
    this.words[hash] = one;
    this.words[hash + 1] = two;
    // With a new name in each line this is most of the work: four bytes at a time, and no loop over the columns.
    let room = index * this.rowBytes + headBytes;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      view.setInt32(room, bytes.getInt32(at, true), true);
      room += 4;
    }
    for (; at < end; at++) view.setUint8(room++, bytes.getUint8(at));
    this.lengths[index] = end - start;
    const row = index * this.rowDoubles;
    figures[row + requestsColumn] = 0;
    figures[row + errorColumn] = this.floor;
    figures[row + bytesColumn] = 0;
    figures[row + clientErrorColumn] = 0;
    figures[row + serverErrorColumn] = 0;
    figures[row + notFoundColumn] = 0;
    figures[row + deniedColumn] = 0;
    return index;
  }

  /** Keeps a quarter. */
  private dropRarer(): void {
    const limit = this.limitFor(this.capacity >> 2);
    let dropped = 0;
    let kept = 0;
    this.table.clear();
    for (let index = 0; index < this.count; index++) {
      const row = index * this.rowDoubles;
      const requests = this.figures[row] as number;
      if (requests > limit) this.move(index, kept++);
      else {
        const most = requests + (this.figures[row + errorColumn] as number);
        if (most > dropped) dropped = most;
      }
    }
    this.count = kept;
    if (dropped > this.floor) this.floor = dropped;
  }

  /** The fewest requests that at most `wanted` names exceed. */
  private limitFor(wanted: number): number {
    const { steps, figures, rowDoubles } = this;
    steps.fill(0);
    for (let index = 0; index < this.count; index++)
      (steps[Math.min(figures[index * rowDoubles] as number, steps.length - 1)] as number) += 1;
    let above = this.count;
    for (let requests = 0; requests < steps.length - 1; requests++) {
      above -= steps[requests] as number;
      if (above <= wanted) return requests;
    }
    const counts = Float64Array.from({ length: this.count }, (_, index) => this.figure(index, requestsColumn)).sort();
    return counts[this.count - wanted - 1] as number;
  }

  private move(from: number, to: number): void {
    const { words, rowWords } = this;
    const target = to * rowWords;
    if (from !== to) {
      const length = this.lengths[from] as number;
      const source = from * rowWords;
      const used = (headBytes + length + 3) >> 2;
      for (let word = 0; word < used; word++) words[target + word] = words[source + word] as number;
      this.lengths[to] = length;
    }
    this.table.add(words[target + hashPlace] as number, words[target + hashPlace + 1] as number, to);
  }

  private figure(index: number, column: number): number {
    return this.figures[index * this.rowDoubles + column] as number;
  }

  private at(index: number): TopFigures {
    const name = Buffer.from(this.figures.buffer, index * this.rowBytes + headBytes, this.lengths[index]).toString('utf8');
    return {
      name,
      requests: this.figure(index, requestsColumn),
      errorCount: this.figure(index, errorColumn),
      bytes: this.figure(index, bytesColumn),
      clientErrors: this.figure(index, clientErrorColumn),
      serverErrors: this.figure(index, serverErrorColumn),
      notFound: this.figure(index, notFoundColumn),
      denied: this.figure(index, deniedColumn),
    };
  }
}
