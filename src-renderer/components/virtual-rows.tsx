import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, memo, type ReactNode, useCallback, useRef } from 'react';
import { useRowHeight } from './use-row-height';
import styles from './virtual-rows.module.css';

interface VirtualRowsProps {
  readonly keys: readonly string[];
  /** Draws row `index` into the place given by `style`; give it a memoised component with plain props. */
  readonly renderRow: (index: number, style: CSSProperties) => ReactNode;
  /** Drawn over the rows and scrolled with them (the chart of the overview). */
  readonly overlay?: ReactNode;
  readonly rowHeight?: number;
  readonly className?: string | undefined;
  readonly role?: 'rowgroup' | 'presentation';
}

/** A scrolling list that holds only the rows on screen, so that 1,000 cost as much as 20. */
export const VirtualRows = memo(function VirtualRows({
  keys,
  renderRow,
  overlay,
  rowHeight,
  className,
  role = 'rowgroup',
}: VirtualRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const usual = useRowHeight();
  const height = rowHeight ?? usual;
  // A new function would make the virtualizer measure every row again.
  const getItemKey = useCallback((index: number) => keys[index] ?? index, [keys]);
  const virtualizer = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey,
    // Rows out of sight are drawn with every reading too: enough for the next arrow key and a turn of the wheel.
    overscan: 2,
    // A first screen is assumed before the layout is known: the first paint already shows rows.
    initialRect: { width: 1000, height: 600 },
    useFlushSync: false,
  });
  return (
    <div ref={scroller} className={`${styles.scroller} ${className ?? ''}`} role={role} tabIndex={0}>
      <div className={styles.canvas} role="presentation" style={{ height: keys.length * height }}>
        {virtualizer.getVirtualItems().map((item) => renderRow(item.index, rowPlace(item.index, height)))}
        {overlay}
      </div>
    </div>
  );
});

const places = new Map<string, CSSProperties>();

/** The same object for the same place, so that a memoised row sees no change. */
function rowPlace(index: number, height: number): CSSProperties {
  const key = `${index} ${height}`;
  const place = places.get(key) ?? { top: index * height, height };
  places.set(key, place);
  return place;
}
