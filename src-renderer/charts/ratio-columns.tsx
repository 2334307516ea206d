import { createContext, memo, useContext, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Bar, BarChart, XAxis, YAxis } from 'recharts';
import { type BarPlace, createLiveBars, type RatioRow } from './live-bars';
import styles from './ratio-columns.module.css';

interface RatioColumnsProps {
  readonly rows: readonly RatioRow[];
  readonly rowHeight: number;
  /** Width of one column and the distance between the left edges of both, px. */
  readonly columnWidth: number;
  readonly columnStep: number;
}

const Live = createContext(createLiveBars());

/**
 * Two aligned columns of bars in one recharts chart that shares the grid of the rows under it. recharts lays out the columns at
 * their full width (each value axis has its zero at the left edge of its column); the bars inside take their length from the
 * rows, past React: a new reading costs recharts 3.10 some 12 ms, a context read by 24 bars deep inside it 1 ms (React looks
 * through all of the chart), writing the widths that differ 0.1 ms.
 */
export function RatioColumns({ rows, rowHeight, columnWidth, columnStep }: RatioColumnsProps) {
  const [live] = useState(createLiveBars);
  useLayoutEffect(() => live.setRows(rows), [live, rows]);
  return (
    <Live value={live}>
      <Columns
        rowCount={rows.length}
        keys={rows.map((row) => row.key).join('\n')}
        rowHeight={rowHeight}
        columnWidth={columnWidth}
        columnStep={columnStep}
      />
    </Live>
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
  return <LiveBar x={x} y={y} fullPx={width ?? 0} height={height} rowKey={payload?.key ?? ''} column="first" />;
}

function drawSecond({ x, y, width, height, payload }: ShapeProps) {
  return <LiveBar x={x} y={y} fullPx={width ?? 0} height={height} rowKey={payload?.key ?? ''} column="second" />;
}

interface LiveBarProps extends BarPlace {
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly height: number | undefined;
}

/** Its width and level are not React's: see `live-bars.ts`. */
function LiveBar({ x, y, fullPx, height, rowKey, column }: LiveBarProps) {
  const live = useContext(Live);
  const bar = useRef<SVGRectElement>(null);
  useLayoutEffect(() => (bar.current ? live.put(bar.current, { rowKey, column, fullPx }) : undefined), [live, rowKey, column, fullPx]);
  return <rect ref={bar} className={styles.bar} x={x} y={y} height={height} rx={3} />;
}
