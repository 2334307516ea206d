import { createContext, memo, useContext, useMemo } from 'react';
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

const LiveRows = createContext<ReadonlyMap<string, RatioRow>>(new Map());

/**
 * Two aligned columns of bars in one recharts chart that shares the grid of the rows under it. recharts lays out the columns at
 * their full width (each value axis has its zero at the left edge of its column); the bars inside take their length from the
 * live rows. A new reading so changes 24 rectangles and not the chart: that costs recharts 3.10 some 12 ms each time, this 1 ms.
 */
export function RatioColumns({ rows, rowHeight, columnWidth, columnStep }: RatioColumnsProps) {
  const live = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  return (
    <LiveRows value={live}>
      <Columns
        rowCount={rows.length}
        keys={rows.map((row) => row.key).join('\n')}
        rowHeight={rowHeight}
        columnWidth={columnWidth}
        columnStep={columnStep}
      />
    </LiveRows>
  );
}

interface ColumnsProps extends Omit<RatioColumnsProps, 'rows'> {
  readonly rowCount: number;
  /** Keys of the rows in order, one a line: a string, so that equal orders are equal. */
  readonly keys: string;
}

const Columns = memo(function Columns({ keys, rowCount, rowHeight, columnWidth, columnStep }: ColumnsProps) {
  const width = columnStep + columnWidth;
  const data = useMemo(() => keys.split('\n').map((key) => ({ key, full: 1 })), [keys]);
  return (
    <div className={styles.columns} aria-hidden="true">
      <BarChart
        layout="vertical"
        width={width}
        height={rowCount * rowHeight}
        data={data}
        margin={noMargin}
        barGap={-6}
        barCategoryGap={0}
        accessibilityLayer={false}
      >
        <YAxis type="category" dataKey="key" hide />
        <XAxis xAxisId="first" type="number" hide allowDataOverflow domain={[0, width / columnWidth]} />
        <XAxis xAxisId="second" type="number" hide allowDataOverflow domain={[-columnStep / columnWidth, 1]} />
        <Bar xAxisId="first" dataKey="full" barSize={6} isAnimationActive={false} shape={drawFirst} />
        <Bar xAxisId="second" dataKey="full" barSize={6} isAnimationActive={false} shape={drawSecond} />
      </BarChart>
    </div>
  );
});

const noMargin = { top: 0, right: 0, bottom: 0, left: 0 };

interface ShapeProps {
  readonly x?: number;
  readonly y?: number;
  /** Of the whole column: the length of a full bar. */
  readonly width?: number;
  readonly height?: number;
  readonly payload?: { readonly key: string };
}

function drawFirst({ x, y, width, height, payload }: ShapeProps) {
  return <LiveBar x={x} y={y} full={width} height={height} rowKey={payload?.key} column="first" />;
}

function drawSecond({ x, y, width, height, payload }: ShapeProps) {
  return <LiveBar x={x} y={y} full={width} height={height} rowKey={payload?.key} column="second" />;
}

interface LiveBarProps {
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly full: number | undefined;
  readonly height: number | undefined;
  readonly rowKey: string | undefined;
  readonly column: 'first' | 'second';
}

function LiveBar({ x = 0, y = 0, full = 0, height = 0, rowKey = '', column }: LiveBarProps) {
  const row = useContext(LiveRows).get(rowKey);
  const ratio = row?.[column] ?? null;
  if (row === undefined || ratio === null) return null;
  // Half a pixel is the least that can be seen.
  const width = Math.max(1, Math.round(Math.min(1, Math.max(0, ratio)) * full * 2) / 2);
  return (
    <rect
      className={styles.bar}
      data-level={column === 'first' ? row.firstLevel : row.secondLevel}
      x={x}
      y={y}
      width={width}
      height={height}
      rx={3}
    />
  );
}
