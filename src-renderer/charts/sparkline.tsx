import { memo } from 'react';
import type { Level } from '../../src-shared/level';
import type { MetricPoint } from '../../src-shared/metrics';
import { useElementSize } from '../components/use-element-size';
import { sparkShape, sparkWindowMs } from './spark-path';
import styles from './sparkline.module.css';

interface SparklineProps {
  readonly points: readonly MetricPoint[];
  /** Value at the top edge; null = the highest seen. */
  readonly top: number | null;
  readonly level?: Level;
  /** Where a warning begins, drawn as a hairline when the line comes near it. */
  readonly mark?: number | null;
}

/** The last minutes at a glance, fifteen at most. Decorative beside its figure, which is the text alternative. */
export const Sparkline = memo(function Sparkline({ points, top, level = 'ok', mark = null }: SparklineProps) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const toMs = points.at(-1)?.atMs ?? 0;
  const shape = width > 0 ? sparkShape(points, { width: width - 3, height, fromMs: toMs - sparkWindowMs(points), toMs, top }) : null;
  const markY = mark === null || top === null ? null : height - 1 - (mark / top) * (height - 2);
  return (
    <div ref={ref} className={styles.spark} data-level={level} aria-hidden="true">
      {shape && (
        <svg width={width} height={height} focusable="false" aria-hidden="true">
          <path d={shape.area} className={styles.area} />
          {markY !== null && <line x1={0} x2={width} y1={markY} y2={markY} className={styles.mark} />}
          <path d={shape.line} className={styles.line} />
          {shape.end && <circle cx={shape.end.x} cy={shape.end.y} r={2} className={styles.end} />}
        </svg>
      )}
    </div>
  );
});
