import type { LineFields } from '../parse/line-fields';
import { HashTable } from './hash-table';

/** One of the most frequent. `errorCount`: it may have had so many more before it was counted. */
export interface TopFigures {
  name: string;
  requests: number;
  errorCount: number;
  bytes: number;
  clientErrors: number;
  serverErrors: number;
  notFound: number;
  denied: number;
}

const longestNameBytes = 300;

/**
 * The most frequent names of many, in bounded memory. Exact while there are at most `capacity` different ones; then the rarer half is
 * dropped at a time, and whoever comes anew may have had as many as the most frequent that was dropped (Misra and Gries 1982, in
 * batches): whatever makes up more than 2/capacity of all requests is never lost.
 */
export class TopTable {
  private readonly table: HashTable;
  private list: TopFigures[] = [];
  private hashes: { one: number; two: number }[] = [];
  private droppedRequests = 0;

  /** `capacity`: a power of two. `place`: of the name's hash in the fields. */
  constructor(
    private readonly place: number,
    private readonly capacity: number,
  ) {
    this.table = new HashTable(capacity * 2);
  }

  /** The figures of the name between `start` and `end`, for the caller to count on. */
  find(fields: LineFields, start: number, end: number): TopFigures {
    const one = fields.hashes[this.place] as number;
    const two = fields.hashes[this.place + 1] as number;
    const index = this.table.get(one, two);
    const known = index < 0 ? undefined : this.list[index];
    if (known !== undefined) return known;
    const name = Buffer.from(fields.bytes.buffer, fields.bytes.byteOffset + start, Math.min(end - start, longestNameBytes));
    return this.add(one, two, name.toString('utf8'));
  }

  /** The most frequent first. */
  top(count: number): readonly TopFigures[] {
    return this.list.toSorted((a, b) => b.requests - a.requests || (a.name < b.name ? -1 : 1)).slice(0, count);
  }

  all(): readonly TopFigures[] {
    return this.list;
  }

  merge(other: TopTable): void {
    const floor = other.droppedRequests;
    for (const [index, theirs] of other.list.entries()) {
      const hash = other.hashes[index];
      if (hash === undefined) continue;
      const at = this.table.get(hash.one, hash.two);
      const ours = (at < 0 ? undefined : this.list[at]) ?? this.add(hash.one, hash.two, theirs.name);
      ours.requests += theirs.requests;
      ours.errorCount += theirs.errorCount;
      ours.bytes += theirs.bytes;
      ours.clientErrors += theirs.clientErrors;
      ours.serverErrors += theirs.serverErrors;
      ours.notFound += theirs.notFound;
      ours.denied += theirs.denied;
    }
    this.droppedRequests += floor;
  }

  private add(one: number, two: number, name: string): TopFigures {
    if (this.list.length >= this.capacity) this.dropRarerHalf();
    const figures = {
      name,
      requests: 0,
      errorCount: this.droppedRequests,
      bytes: 0,
      clientErrors: 0,
      serverErrors: 0,
      notFound: 0,
      denied: 0,
    };
    this.table.add(one, two, this.list.push(figures) - 1);
    this.hashes.push({ one, two });
    return figures;
  }

  private dropRarerHalf(): void {
    const order = this.list.map((_, index) => index).sort((a, b) => this.at(b).requests - this.at(a).requests);
    const dropped = this.at(order[this.capacity >> 1] ?? 0);
    this.droppedRequests = Math.max(this.droppedRequests, dropped.requests + dropped.errorCount);
    const kept = order.slice(0, this.capacity >> 1);
    const hashes = this.hashes;
    const list = this.list;
    this.list = [];
    this.hashes = [];
    this.table.clear();
    for (const index of kept) {
      const figures = list[index];
      const hash = hashes[index];
      if (figures === undefined || hash === undefined) continue;
      this.table.add(hash.one, hash.two, this.list.push(figures) - 1);
      this.hashes.push(hash);
    }
  }

  private at(index: number): TopFigures {
    return this.list[index] as TopFigures;
  }
}
