import { type ColumnChunk, namedMark, statusMask, unknownSize } from './request-columns';
import type { Selection } from './select-rows';

/** Figures of one client. */
export interface ClientCounts {
  readonly key: number;
  readonly isNamed: boolean;
  readonly requests: number;
  readonly bytes: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
  readonly notFound: number;
  readonly denied: number;
}

const firstSlots = 1 << 12;
const mostSlots = 1 << 21;
const drawnRequests = 1 << 17;

/** How often each number was met. Pairs of number and count side by side: one look into memory for each. At most 1.5 million different ones. */
class KeyCounts {
  private pairs = new Int32Array(firstSlots * 2);
  private shift = 32 - Math.log2(firstSlots);
  private used = 0;

  add(key: number): void {
    const { pairs } = this;
    const mask = pairs.length - 1;
    let at = (Math.imul(key, 0x9e3779b1) >>> this.shift) << 1;
    while (pairs[at + 1] !== 0) {
      if (pairs[at] === key) {
        (pairs[at + 1] as number) += 1;
        return;
      }
      at = (at + 2) & mask;
    }
    if (this.used * 8 >= pairs.length * 3 && !this.grow()) return;
    if (pairs !== this.pairs) {
      this.add(key);
      return;
    }
    pairs[at] = key;
    pairs[at + 1] = 1;
    this.used += 1;
  }

  /** Those with the most, most first. */
  top(limit: number): readonly (readonly [key: number, count: number])[] {
    const kept: [number, number][] = [];
    let least = 0;
    for (let at = 0; at < this.pairs.length; at += 2) {
      const count = this.pairs[at + 1] as number;
      if (count <= least) continue;
      kept.push([this.pairs[at] as number, count]);
      if (kept.length < limit * 2) continue;
      kept.sort(byCount).length = limit;
      least = kept.at(-1)?.[1] ?? 0;
    }
    return kept.sort(byCount).slice(0, limit);
  }

  /** False: it has its full size; three quarters of it may be used. */
  private grow(): boolean {
    const old = this.pairs;
    if (old.length >= mostSlots * 2) return this.used * 8 < old.length * 3.5;
    const pairs = new Int32Array(old.length * 2);
    const mask = pairs.length - 1;
    this.shift -= 1;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0) continue;
      let at = (Math.imul(old[from] as number, 0x9e3779b1) >>> this.shift) << 1;
      while (pairs[at + 1] !== 0) at = (at + 2) & mask;
      pairs[at] = old[from] as number;
      pairs[at + 1] = old[from + 1] as number;
    }
    this.pairs = pairs;
    return true;
  }
}

function byCount(a: readonly [number, number], b: readonly [number, number]): number {
  return b[1] - a[1] || a[0] - b[0];
}

/**
 * The most frequent clients of a selection, and those that were refused at least `leastRefused` times, the most frequent first. Of more than
 * 131,072 requests as many, drawn evenly, tell who may be among the most frequent; what is said of those is counted over all.
 */
export function countClients({ parts, count }: Selection, limit: number, leastRefused: number): readonly ClientCounts[] {
  const addresses = new KeyCounts();
  const names = new KeyCounts();
  const refusedAddresses = new KeyCounts();
  const refusedNames = new KeyCounts();
  const longestStep = count <= drawnRequests ? 1 : Math.ceil(count / drawnRequests) * 2 - 1;
  let state = 1;
  for (const { chunk, rows } of parts) {
    const { clients, marks } = chunk;
    for (let at = 0; at < rows.length; ) {
      const row = rows[at] as number;
      if (((marks[row] as number) & namedMark) !== 0) names.add((clients[row] as number) | 0);
      else addresses.add((clients[row] as number) | 0);
      // Steps of one length would meet what comes at regular intervals always or never.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      at += longestStep === 1 ? 1 : 1 + ((state >>> 8) % longestStep);
    }
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      const mark = marks[row] as number;
      const status = mark & statusMask;
      if (status !== 404 && status !== 401 && status !== 403) continue;
      ((mark & namedMark) !== 0 ? refusedNames : refusedAddresses).add((clients[row] as number) | 0);
    }
  }
  const listed = (counts: KeyCounts, refused: KeyCounts) => {
    const refusedOften = refused.top(limit).flatMap(([key, times]) => (times >= leastRefused ? [key] : []));
    return new Set([...counts.top(longestStep === 1 ? limit : limit * 5).map(([key]) => key), ...refusedOften]);
  };
  const found = [...detailed(parts, listed(addresses, refusedAddresses), 0), ...detailed(parts, listed(names, refusedNames), namedMark)];
  return found.sort((a, b) => b.requests - a.requests || a.key - b.key);
}

function detailed(parts: Selection['parts'], wanted: ReadonlySet<number>, mark: number): readonly ClientCounts[] {
  if (wanted.size === 0) return [];
  const slots = new SmallIndex([...wanted]);
  const width = 6;
  const figures = new Float64Array(wanted.size * width);
  for (const { chunk, rows } of parts) addDetails(chunk, rows, slots, figures, width, mark);
  return [...wanted].map((key, index) => {
    const row = figures.subarray(index * width, (index + 1) * width);
    const [bytes = 0, clientErrors = 0, serverErrors = 0, notFound = 0, denied = 0, requests = 0] = row;
    return { key: key >>> 0, isNamed: mark !== 0, requests, bytes, clientErrors, serverErrors, notFound, denied };
  });
}

function addDetails(chunk: ColumnChunk, rows: Uint16Array, slots: SmallIndex, figures: Float64Array, width: number, mark: number): void {
  const { clients, marks, sizes } = chunk;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const slot = slots.get((clients[row] as number) | 0);
    if (slot < 0 || ((marks[row] as number) & namedMark) !== mark) continue;
    const from = slot * width;
    const size = sizes[row] as number;
    const status = (marks[row] as number) & statusMask;
    (figures[from + 5] as number) += 1;
    if (size !== unknownSize) (figures[from] as number) += size;
    if (status < 400) continue;
    (figures[from + (status < 500 ? 1 : 2)] as number) += 1;
    if (status === 404) (figures[from + 3] as number) += 1;
    else if (status === 401 || status === 403) (figures[from + 4] as number) += 1;
  }
}

/** Place of each of a few numbers among them; -1 for others, which is nearly always told by the first look. */
class SmallIndex {
  private readonly keys = new Int32Array(1 << 12);
  private readonly places = new Int16Array(1 << 12).fill(-1);

  constructor(keys: readonly number[]) {
    for (const [place, key] of keys.entries()) {
      let at = Math.imul(key, 0x9e3779b1) >>> 20;
      while ((this.places[at] as number) >= 0) at = (at + 1) & 4095;
      this.keys[at] = key;
      this.places[at] = place;
    }
  }

  get(key: number): number {
    let at = Math.imul(key, 0x9e3779b1) >>> 20;
    for (;;) {
      const place = this.places[at] as number;
      if (place < 0 || this.keys[at] === key) return place;
      at = (at + 1) & 4095;
    }
  }
}
