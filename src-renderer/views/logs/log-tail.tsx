import { type CSSProperties, memo, useEffect, useRef } from 'react';
import type { LogError } from '../../../src-shared/snapshots';
import { LogLine, shownLength } from '../../components/log-line';
import { sourceColorIndex } from '../../words/source-color';
import { formatClock } from '../../words/time';
import { useWords } from '../../words/use-words';
import styles from './logs-view.module.css';

interface LogTailProps {
  /** Oldest first. */
  readonly lines: readonly LogError[];
  readonly paused: boolean;
  readonly newCount: number;
  readonly onPause: (pause: boolean) => void;
}

/** So many lines are in the document; the browser skips drawing those out of sight (content-visibility). */
const inDocument = 500;

/** The lines, newest at the bottom. Scrolling away from the end pauses, coming back to it follows again. */
export function LogTail({ lines, paused, newCount, onPause }: LogTailProps) {
  const words = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const shown = lines.slice(-inDocument);
  const lastId = shown.at(-1)?.id;

  useEffect(() => {
    if (!paused && lastId !== undefined) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [paused, lastId]);

  function onScroll(): void {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
    if (!atEnd && !paused) onPause(true);
    if (atEnd && paused && newCount === 0) onPause(false);
  }

  return (
    <div className={styles.tailFrame}>
      <div
        ref={scroller}
        className={styles.tail}
        role="log"
        aria-live="off"
        aria-label={words.t('logs.tail')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        onWheel={onScroll}
        onTouchMove={onScroll}
        onKeyUp={onScroll}
        onPointerUp={onScroll}
      >
        {shown.length === 0 && <p className={styles.calm}>{words.t('logs.nothingHere')}</p>}
        {shown.map((line, index) => (
          <TailLine
            key={line.id}
            clock={formatClock(words.language, line.atMs)}
            sameSecond={Math.floor((shown[index - 1]?.atMs ?? 0) / 1000) === Math.floor(line.atMs / 1000)}
            source={line.source}
            text={line.text}
            keyword={line.keyword}
            cut={cutText(line, (count) => words.t('logs.cut', { count }))}
          />
        ))}
        {!paused && <span className={styles.cursor} aria-hidden="true" />}
      </div>
      {paused && (
        <button type="button" className={styles.pill} onClick={() => onPause(false)}>
          {newCount > 0 ? words.t('logs.new', { count: newCount }) : words.t('logs.pausedPill')}
        </button>
      )}
    </div>
  );
}

function cutText(line: LogError, say: (count: number) => string): string | null {
  const hidden = Math.max(0, line.text.length - shownLength) + line.cutBytes;
  return hidden > 0 ? say(hidden) : null;
}

interface TailLineProps {
  readonly clock: string;
  /** The time is said once a second. */
  readonly sameSecond: boolean;
  readonly source: string;
  readonly text: string;
  readonly keyword: string;
  readonly cut: string | null;
  readonly style?: CSSProperties;
}

const TailLine = memo(function TailLine({ clock, sameSecond, source, text, keyword, cut }: TailLineProps) {
  return (
    <div className={styles.line}>
      <time className={styles.clock} data-same={sameSecond}>
        {clock}
      </time>
      <span className={styles.source} data-source={sourceColorIndex(source)} title={source}>
        {source}
      </span>
      <span className={styles.text}>
        <LogLine text={text} keyword={keyword} /> {cut !== null && <span className={styles.cut}>{cut}</span>}
      </span>
    </div>
  );
});
