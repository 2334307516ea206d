import { type ColumnChunk, chunkRows, namedMark, type RequestColumns, statusMask, unknownSecond } from './request-columns';

/** Which requests are wanted; null: all. */
export interface RowFilter {
  /** From this second on, and before that. */
  readonly fromSecond: number | null;
  readonly toSecond: number | null;
  /** By id of an endpoint: 1, it is wanted. */
  readonly endpoints: Uint8Array | null;
  /** Both included. */
  readonly status: readonly [low: number, high: number] | null;
  readonly client: { readonly key: number; readonly isNamed: boolean } | null;
}

/** Rows of one chunk, in their order. */
export interface SelectedRows {
  readonly chunk: ColumnChunk;
  readonly rows: Uint16Array;
}

export interface Selection {
  readonly parts: readonly SelectedRows[];
  readonly count: number;
  /** Of those that have a time; `Infinity` and 0 without any. */
  readonly firstSecond: number;
  readonly lastSecond: number;
}

const every = Uint16Array.from({ length: chunkRows }, (_, row) => row);
const found = new Uint16Array(chunkRows);

/** The rows that the filter wants. */
export function selectRows(columns: RequestColumns, filter: RowFilter): Selection {
  const parts: SelectedRows[] = [];
  let count = 0;
  let firstSecond = Number.POSITIVE_INFINITY;
  let lastSecond = 0;
  for (const chunk of columns.chunks) {
    const rows = rowsOf(chunk, filter);
    if (rows.length === 0) continue;
    parts.push({ chunk, rows });
    count += rows.length;
    const { seconds } = chunk;
    if (rows.length === chunk.count) {
      firstSecond = Math.min(firstSecond, chunk.firstSecond);
      lastSecond = Math.max(lastSecond, chunk.lastSecond);
      continue;
    }
    for (let at = 0; at < rows.length; at++) {
      const second = seconds[rows[at] as number] as number;
      if (second === unknownSecond) continue;
      if (second < firstSecond) firstSecond = second;
      if (second > lastSecond) lastSecond = second;
    }
  }
  return { parts, count, firstSecond: firstSecond === unknownSecond ? Number.POSITIVE_INFINITY : firstSecond, lastSecond };
}

/** One condition after the other, each over what the ones before it left; rows are noted whether wanted or not, and kept by moving on. */
function rowsOf(chunk: ColumnChunk, { fromSecond, toSecond, endpoints, status, client }: RowFilter): Uint16Array {
  let rows: Uint16Array = every.subarray(0, chunk.count);
  if (fromSecond !== null || toSecond !== null) {
    const from = fromSecond ?? 0;
    const to = Math.min(toSecond ?? unknownSecond, unknownSecond);
    if (chunk.lastSecond < from || chunk.firstSecond >= to) return found.subarray(0, 0);
    if (chunk.firstSecond < from || chunk.lastSecond >= to || chunk.hasUnknown) rows = inTime(chunk.seconds, rows, from, to);
  }
  if (status !== null) rows = withStatus(chunk.marks, rows, status[0], status[1]);
  if (endpoints !== null) rows = ofEndpoints(chunk.endpoints, rows, endpoints);
  if (client !== null) rows = ofClient(chunk, rows, client.key, client.isNamed ? namedMark : 0);
  return rows.buffer === found.buffer ? rows.slice() : rows;
}

function inTime(seconds: Uint32Array, rows: Uint16Array, from: number, to: number): Uint16Array {
  let kept = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const second = seconds[row] as number;
    found[kept] = row;
    if (second >= from && second < to) kept += 1;
  }
  return found.subarray(0, kept);
}

function withStatus(marks: Uint16Array, rows: Uint16Array, low: number, high: number): Uint16Array {
  let kept = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const status = (marks[row] as number) & statusMask;
    found[kept] = row;
    if (status >= low && status <= high) kept += 1;
  }
  return found.subarray(0, kept);
}

function ofEndpoints(ids: Uint32Array, rows: Uint16Array, wanted: Uint8Array): Uint16Array {
  let kept = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    found[kept] = row;
    kept += wanted[ids[row] as number] as number;
  }
  return found.subarray(0, kept);
}

function ofClient({ clients, marks }: ColumnChunk, rows: Uint16Array, key: number, mark: number): Uint16Array {
  let kept = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    if (clients[row] !== key || ((marks[row] as number) & namedMark) !== mark) continue;
    found[kept] = row;
    kept += 1;
  }
  return found.subarray(0, kept);
}
