import type { Level } from '../../src-shared/level';

/** One row of the two bar columns; null draws no bar. */
export interface RatioRow {
  readonly key: string;
  readonly first: number | null;
  readonly firstLevel: Level;
  readonly second: number | null;
  readonly secondLevel: Level;
}

/** Where a bar stands: its row, its column, and the length of a full one in px. */
export interface BarPlace {
  readonly rowKey: string;
  readonly column: 'first' | 'second';
  readonly fullPx: number;
}

/** The rectangles of a chart, whose length and level follow the rows without the chart being drawn again. */
export interface LiveBars {
  /** Draws a rectangle now and with every change; returns what lets it go. */
  put(bar: SVGRectElement, place: BarPlace): () => void;
  setRows(rows: readonly RatioRow[]): void;
}

export function createLiveBars(): LiveBars {
  const bars = new Map<SVGRectElement, BarPlace>();
  let rows: ReadonlyMap<string, RatioRow> = new Map();
  const draw = (bar: SVGRectElement, place: BarPlace) => {
    const row = rows.get(place.rowKey);
    setOnce(bar, 'width', String(row === undefined ? 0 : barPx(row[place.column], place.fullPx)));
    if (row) setOnce(bar, 'data-level', place.column === 'first' ? row.firstLevel : row.secondLevel);
  };
  return {
    put(bar, place) {
      bars.set(bar, place);
      draw(bar, place);
      return () => bars.delete(bar);
    },
    setRows(next) {
      rows = new Map(next.map((row) => [row.key, row]));
      for (const [bar, place] of bars) draw(bar, place);
    },
  };
}

/** Half a pixel is the least that can be seen; an unknown share has no bar, none at all is still a line. */
export function barPx(ratio: number | null, fullPx: number): number {
  return ratio === null ? 0 : Math.max(1, Math.round(Math.min(1, Math.max(0, ratio)) * fullPx * 2) / 2);
}

/** Writing an attribute makes the browser look at its element again, also where it is the same. */
function setOnce(bar: SVGRectElement, name: string, value: string): void {
  if (bar.getAttribute(name) !== value) bar.setAttribute(name, value);
}
