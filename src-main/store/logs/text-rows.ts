import type { RecordFilter } from './record-filter';

/** Those of `rows` whose text meets the terms on texts; `starts` are the places of the records in `text`, each ended by one unit. */
export function admittedRows(text: string, starts: Uint32Array, rows: readonly number[], filter: RecordFilter): readonly number[] {
  const textOf = (row: number) => text.slice(starts[row] ?? 0, (starts[row + 1] ?? 1) - 1);
  const [needle] = filter.needles;
  if (needle?.ascii) {
    const lowered = text.toLowerCase();
    if (lowered.indexOf(needle.folded) === -1) return [];
    // A capital I with a dot becomes two units: places would not be the same.
    if (lowered.length === text.length)
      return rowsWithHit(lowered, needle.folded, starts, rows).filter((row) => filter.admitsText(textOf(row)));
  }
  return rows.filter((row) => filter.admitsText(textOf(row)));
}

function rowsWithHit(lowered: string, needle: string, starts: Uint32Array, rows: readonly number[]): readonly number[] {
  const hit: number[] = [];
  let at = lowered.indexOf(needle);
  for (const row of rows) {
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    if (at !== -1 && at < start) at = lowered.indexOf(needle, start);
    if (at === -1) break;
    if (at < end) hit.push(row);
  }
  return hit;
}
