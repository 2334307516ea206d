import { memo, useRef } from 'react';
import { useElementSize } from '../../../components/use-element-size';
import { useWords } from '../../../words/use-words';
import { countText, timeText } from '../figure-text';
import { tickText } from '../time-text';
import type { MaybeReport } from './maybe-report';
import styles from './timeline.module.css';
import { stretchAt, timelineShape } from './timeline-shape';

/** Stretches by their place, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

interface TimelineChartProps {
  readonly timeline: NonNullable<MaybeReport>['timeline'];
  /** Pointed at, or being chosen. */
  readonly range: Range | null;
  readonly onPoint: (range: Range | null) => void;
  readonly onRange: (fromMs: number, toMs: number) => void;
}

const labelCount = 6;

/** Drag, or arrow keys with Shift and then Enter, choose a time. */
export function TimelineChart({ timeline, range, onPoint, onRange }: TimelineChartProps) {
  const words = useWords();
  const { t } = words;
  const { stretches, stretchMs } = timeline;
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const anchor = useRef<number | null>(null);
  const count = stretches.length;
  const startMs = stretches[0]?.atMs ?? 0;
  const choose = ({ first, last }: Range) => onRange(startMs + first * stretchMs, startMs + (last + 1) * stretchMs);
  const between = (a: number, b: number): Range => ({ first: Math.min(a, b), last: Math.max(a, b) });
  const placeOf = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return stretchAt(event.clientX - box.left, box.width, count);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && range !== null) choose(range);
    else if (event.key === 'Escape' && range !== null) onPoint(null);
    else if (event.key in steps && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const { first, last } = range ?? { first: count - 1, last: count - 1 };
      const fixed = event.shiftKey ? (anchor.current ?? first) : null;
      const from = fixed === null ? first : fixed === first ? last : first;
      const step = steps[event.key as keyof typeof steps];
      const moved = Math.min(count - 1, Math.max(0, range === null ? from : from + (Math.abs(step) === 1 ? step : step * count)));
      anchor.current = fixed ?? moved;
      onPoint(between(fixed ?? moved, moved));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.chart}>
      <Axis timeline={timeline} height={height} />
      <div
        ref={ref}
        className={styles.plot}
        role="application"
        aria-label={t('traffic.timelineKeys')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk it
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => {
          anchor.current = null;
          onPoint(null);
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          anchor.current = placeOf(event);
          event.currentTarget.setPointerCapture?.(event.pointerId);
          onPoint(between(anchor.current, anchor.current));
        }}
        onPointerMove={(event) => {
          const at = placeOf(event);
          onPoint(between(event.buttons === 1 && anchor.current !== null ? anchor.current : at, at));
        }}
        onPointerUp={(event) => {
          if (anchor.current === null) return;
          choose(between(anchor.current, placeOf(event)));
          anchor.current = null;
          onPoint(null);
        }}
        onPointerLeave={() => anchor.current === null && onPoint(null)}
      >
        <Bars stretches={stretches} width={width} height={height} />
        {range !== null && count > 0 && (
          <i
            className={styles.range}
            style={{ left: `${(range.first / count) * 100}%`, width: `${((range.last - range.first + 1) / count) * 100}%` }}
          />
        )}
      </div>
      <ol className={styles.ticks} aria-hidden="true">
        {Array.from({ length: labelCount }, (_, index) => startMs + (count * stretchMs * index) / (labelCount - 1)).map((atMs) => (
          <li key={atMs}>{tickText(words, atMs, count * stretchMs)}</li>
        ))}
      </ol>
    </div>
  );
}

const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -2, End: 2 } as const;

function Axis({ timeline, height }: { readonly timeline: NonNullable<MaybeReport>['timeline']; readonly height: number }) {
  const { mostRequests, mostMs } = timelineShape(timeline.stretches, { width: 1, height });
  return (
    <>
      <ol className={styles.axis} data-side="left" aria-hidden="true">
        <li>{countText(mostRequests)}</li>
        <li>{mostRequests >= 2 ? countText(mostRequests / 2) : ''}</li>
        <li>0</li>
      </ol>
      <ol className={styles.axis} data-side="right" aria-hidden="true">
        {mostMs !== null && (
          <>
            <li>{axisTime(mostMs)}</li>
            <li>{axisTime(mostMs / 2)}</li>
            <li>0</li>
          </>
        )}
      </ol>
    </>
  );
}

/** 2 s, not 2.00 s: round figures. */
function axisTime(ms: number): string {
  return ms >= 1000 ? `${Number((ms / 1000).toFixed(2))} s` : timeText(ms);
}

interface BarsProps {
  readonly stretches: NonNullable<MaybeReport>['timeline']['stretches'];
  readonly width: number;
  readonly height: number;
}

const Bars = memo(function Bars({ stretches, width, height }: BarsProps) {
  if (width === 0) return null;
  const shape = timelineShape(stretches, { width, height });
  return (
    <svg className={styles.svg} width={width} height={height} aria-hidden="true" focusable="false">
      <path className={styles.grid} d={`M0 .5H${width}M0 ${Math.round(height / 2) + 0.5}H${width}M0 ${height - 0.5}H${width}`} />
      <path className={styles.fine} d={shape.fine} />
      <path className={styles.clientErrors} d={shape.clientErrors} />
      <path className={styles.serverErrors} d={shape.serverErrors} />
      <path className={styles.p90} d={shape.p90} />
      <path className={styles.mean} d={shape.mean} />
    </svg>
  );
});
