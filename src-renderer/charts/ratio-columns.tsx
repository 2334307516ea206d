import { memo } from 'react';
import { Bar, BarChart, XAxis, YAxis } from 'recharts';
import type { Level } from '../../src-shared/level';
import styles from './ratio-columns.module.css';

/** One row of the two bar columns; null draws no bar. */
export interface RatioRow {
  readonly key: string;
  readonly first: number | null;
  readonly firstLevel: Level;
  readonly second: number | null;
  readonly secondLevel: Level;
}

interface RatioColumnsProps {
  readonly rows: readonly RatioRow[];
  readonly rowHeight: number;
  /** Width of one column and the distance between the left edges of both, px. */
  readonly columnWidth: number;
  readonly columnStep: number;
}

/**
 * Two aligned columns of bars in one recharts chart that shares the grid of the rows under it. One chart with two value axes
 * costs half of two charts: each axis has its zero at the left edge of its column and its 1 at the right edge.
 */
export const RatioColumns = memo(function RatioColumns({ rows, rowHeight, columnWidth, columnStep }: RatioColumnsProps) {
  const width = columnStep + columnWidth;
  return (
    <div className={styles.columns} aria-hidden="true">
      <BarChart
        layout="vertical"
        width={width}
        height={rows.length * rowHeight}
        data={rows as RatioRow[]}
        margin={noMargin}
        barGap={-6}
        barCategoryGap={0}
        accessibilityLayer={false}
      >
        <YAxis type="category" dataKey="key" hide />
        <XAxis xAxisId="first" type="number" hide allowDataOverflow domain={[0, width / columnWidth]} />
        <XAxis xAxisId="second" type="number" hide allowDataOverflow domain={[-columnStep / columnWidth, 1]} />
        <Bar xAxisId="first" dataKey="first" barSize={6} isAnimationActive={false} shape={drawFirst} />
        <Bar xAxisId="second" dataKey="second" barSize={6} isAnimationActive={false} shape={drawSecond} />
      </BarChart>
    </div>
  );
}, sameBars);

const noMargin = { top: 0, right: 0, bottom: 0, left: 0 };

interface ShapeProps {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly payload?: RatioRow;
}

function drawFirst({ payload, ...box }: ShapeProps) {
  return <BarShape {...box} level={payload?.firstLevel ?? 'ok'} />;
}

function drawSecond({ payload, ...box }: ShapeProps) {
  return <BarShape {...box} level={payload?.secondLevel ?? 'ok'} />;
}

function BarShape({ x = 0, y = 0, width = 0, height = 0, level }: Omit<ShapeProps, 'payload'> & { readonly level: Level }) {
  return <rect className={styles.bar} data-level={level} x={x} y={y} width={Math.max(1, width)} height={height} rx={3} />;
}

/** A redraw costs milliseconds: bars that would look the same (within a third of a percent) are left alone. */
function sameBars(before: RatioColumnsProps, after: RatioColumnsProps): boolean {
  if (before.rowHeight !== after.rowHeight || before.columnWidth !== after.columnWidth || before.columnStep !== after.columnStep)
    return false;
  if (before.rows.length !== after.rows.length) return false;
  return before.rows.every((row, index) => {
    const other = after.rows[index];
    return (
      other !== undefined &&
      row.key === other.key &&
      row.firstLevel === other.firstLevel &&
      row.secondLevel === other.secondLevel &&
      closeTo(row.first, other.first) &&
      closeTo(row.second, other.second)
    );
  });
}

function closeTo(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) < 0.003;
}
