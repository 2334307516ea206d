import type { MetricPoint } from '../../src-shared/metrics';

/** A line and the area under it as SVG path data, and where the line ends. Gaps (null, or nothing for a while) stay gaps. */
export interface SparkShape {
  readonly line: string;
  readonly area: string;
  readonly end: { readonly x: number; readonly y: number } | null;
  readonly top: number;
}

interface SparkFrame {
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Value at the top edge; null = the highest value seen. */
  readonly top: number | null;
}

/** One, five or fifteen minutes: the least that holds all points, so that a young history is a line and not a dot at the edge. */
export function sparkWindowMs(points: readonly MetricPoint[]): number {
  const spanMs = (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
  return [60_000, 300_000].find((windowMs) => spanMs <= windowMs) ?? 900_000;
}

/** Points are gathered into slices of absolute time, so that a new point changes only the last slice and the line does not shiver. */
export function sparkShape(points: readonly MetricPoint[], { width, height, fromMs, toMs, top }: SparkFrame, sliceCount = 90): SparkShape {
  const sliceMs = Math.max(1, (toMs - fromMs) / sliceCount);
  const slices = new Map<number, { sum: number; count: number }>();
  for (const { atMs, value } of points) {
    if (value === null || atMs < fromMs || atMs > toMs) continue;
    const slice = Math.floor(atMs / sliceMs);
    const sum = slices.get(slice);
    if (sum) {
      sum.sum += value;
      sum.count += 1;
    } else slices.set(slice, { sum: value, count: 1 });
  }
  const ordered = [...slices].sort(([a], [b]) => a - b).map(([slice, { sum, count }]) => ({ slice, value: sum / count }));
  const highest = ordered.reduce((most, { value }) => Math.max(most, value), 0);
  const scale = top ?? (highest > 0 ? highest * 1.1 : 1);
  const last = Math.floor(toMs / sliceMs);
  const place = ({ slice, value }: { slice: number; value: number }) => ({
    x: round(Math.max(0, width - ((last - slice) / sliceCount) * width)),
    y: round(height - 1 - Math.min(1, Math.max(0, value / scale)) * (height - 2)),
  });
  let line = '';
  let area = '';
  let runStartX = 0;
  let before: { slice: number; x: number; y: number } | null = null;
  for (const one of ordered) {
    const { x, y } = place(one);
    if (before === null || one.slice - before.slice > 3) {
      if (before !== null) area += `L${before.x} ${height}L${runStartX} ${height}Z`;
      line += `M${x} ${y}`;
      area += `M${x} ${y}`;
      runStartX = x;
    } else {
      line += `L${x} ${y}`;
      area += `L${x} ${y}`;
    }
    before = { slice: one.slice, x, y };
  }
  if (before !== null) area += `L${before.x} ${height}L${runStartX} ${height}Z`;
  return { line, area, end: before === null ? null : { x: before.x, y: before.y }, top: scale };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
