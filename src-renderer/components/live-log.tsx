import { useVirtualizer } from '@tanstack/react-virtual';
import { Pause, Play, RotateCw } from 'lucide-react';
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { LogTarget } from '../../src-shared/contract';
import type { Level } from '../../src-shared/level';
import { isTyping } from '../frame/keyboard';
import { useWindowState } from '../state/context';
import { type FeedLine, type FeedState, type FeedStore, followLog } from '../state/log-feed';
import { sourceColorIndex } from '../words/source-color';
import { formatClock } from '../words/time';
import { useWords, type Words } from '../words/use-words';
import { Button } from './button';
import { CopyButton } from './copy-button';
import { FollowPill } from './follow-pill';
import { LevelShape } from './level-shape';
import styles from './live-log.module.css';
import { LogLine, shownLength } from './log-line';

interface LiveLogProps {
  /** Whose log. Another target starts anew; a new object of the same content does not. */
  readonly target: LogTarget;
  /** Lines of the past to begin with. */
  readonly tail?: number;
  /** fixed: 280 px high, in a scrolling panel; fill: takes the height its flex parent gives. */
  readonly size?: 'fixed' | 'fill';
}

/**
 * The live log of one source: opened when mounted, closed when unmounted. Follows the end until somebody scrolls up or presses
 * Space; tells what it had to leave out, and whether it follows, tries again, has ended or cannot be read.
 */
export function LiveLog({ target, tail = 300, size = 'fixed' }: LiveLogProps) {
  const [opened, setOpened] = useState(0);
  return (
    <Followed key={`${JSON.stringify(target)} ${opened}`} target={target} tail={tail} size={size} onAgain={() => setOpened(opened + 1)} />
  );
}

interface FollowedProps extends Required<Pick<LiveLogProps, 'target' | 'tail' | 'size'>> {
  readonly onAgain: () => void;
}

function Followed({ target, tail, size, onAgain }: FollowedProps) {
  const { client } = useWindowState();
  const [store, setStore] = useState<FeedStore | null>(null);
  // The target is the same for the life of this component: its key holds it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: an object of the same content must not open the log again
  useEffect(() => {
    const feed = followLog({ client, target, tail });
    setStore(feed.store);
    return () => feed.close();
  }, [client]);
  return (
    <div className={styles.log} data-size={size}>
      {store !== null && <Feed store={store} onAgain={onAgain} />}
    </div>
  );
}

function Feed({ store, onAgain }: { readonly store: FeedStore; readonly onAgain: () => void }) {
  const words = useWords();
  const feed = useStore(store);
  const { shown, paused, newCount, setPaused } = usePause(feed.lines);
  const { t } = words;
  const lost = feed.droppedCount + feed.cutCount;
  const detail = feed.sentences === null ? feed.detail : words.sentences(feed.sentences);
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.state} role="status">
          <LevelShape level={shapeOf(feed, paused)} size={9} /> {t(paused ? 'liveLog.paused' : `liveLog.${feed.state}`)}
        </span>
        <span className={styles.quiet} title={detail ?? undefined}>
          {detail ?? t('liveLog.lines', { count: feed.lines.length })}
        </span>
        {lost > 0 && (
          <span className={styles.lost} title={t('liveLog.lostTitle', { dropped: feed.droppedCount, cut: feed.cutCount })}>
            {t('liveLog.lost', { count: lost })}
          </span>
        )}
        {feed.state === 'unavailable' && (
          <Button onClick={onAgain}>
            <RotateCw size={12} aria-hidden="true" /> {t('liveLog.again')}
          </Button>
        )}
        <CopyButton label={t('liveLog.copy')} iconOnly text={() => shown.map((line) => line.text).join('\n')} />
        <Button
          aria-pressed={paused}
          aria-label={t(paused ? 'logs.follow' : 'logs.pause')}
          title={`${t(paused ? 'logs.follow' : 'logs.pause')} (${t('liveLog.space')})`}
          onClick={() => setPaused(!paused)}
        >
          {paused ? <Play size={12} aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />}
        </Button>
      </div>
      <div className={styles.frame}>
        <Lines lines={shown} state={feed.state} paused={paused} onPause={setPaused} />
        {paused && (
          <FollowPill says={newCount > 0 ? t('logs.new', { count: newCount }) : t('logs.pausedPill')} onFollow={() => setPaused(false)} />
        )}
      </div>
    </>
  );
}

function shapeOf({ state }: FeedState, paused: boolean): Level {
  if (paused) return 'inactive';
  if (state === 'following') return 'ok';
  if (state === 'retrying') return 'warning';
  return state === 'ended' ? 'inactive' : 'unknown';
}

/** Paused: the lines as they were, also when the window's memory goes on without them. Space turns it. */
function usePause(lines: readonly FeedLine[]) {
  const [frozen, setFrozen] = useState<readonly FeedLine[] | null>(null);
  const latest = useRef(lines);
  latest.current = lines;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // A row that was just chosen keeps the focus; Enter still opens and closes it, Space is the log's.
      const onControl = event.target instanceof HTMLElement && event.target.closest('button:not([data-row]), a, [role="dialog"]') !== null;
      if (event.key !== ' ' || event.defaultPrevented || isTyping(event.target) || onControl) return;
      event.preventDefault();
      setFrozen((before) => (before === null ? latest.current : null));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return {
    shown: frozen ?? lines,
    paused: frozen !== null,
    newCount: frozen === null ? 0 : Math.max(0, (lines.at(-1)?.key ?? 0) - (frozen.at(-1)?.key ?? 0)),
    setPaused: (pause: boolean) => setFrozen(pause ? (frozen ?? latest.current) : null),
  };
}

interface LinesProps {
  readonly lines: readonly FeedLine[];
  readonly state: FeedState['state'];
  readonly paused: boolean;
  readonly onPause: (pause: boolean) => void;
}

const upKeys: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);
/** So near the end counts as the end, px. */
const endSlack = 24;

function Lines({ lines, state, paused, onPause }: LinesProps) {
  const words = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 8,
    initialRect: { width: 460, height: 260 },
    useFlushSync: false,
  });
  const height = virtualizer.getTotalSize();
  const lastKey = lines.at(-1)?.key;

  // Lines get their height when they are measured, so the end moves once more after they came.
  // biome-ignore lint/correctness/useExhaustiveDependencies: both mean that the end moved
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && !paused) element.scrollTop = element.scrollHeight;
  }, [paused, lastKey, height]);

  /** After a person moved it: away from the end pauses, back at the end follows again. */
  function onMoved(): void {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < endSlack;
    if (atEnd === paused) onPause(!atEnd);
  }

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="log"
      aria-live="off"
      aria-label={words.t('liveLog.title')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onWheel={(event) => {
        const canScroll = event.currentTarget.scrollHeight > event.currentTarget.clientHeight;
        if (event.deltaY < 0 && canScroll && !paused) onPause(true);
        else if (event.deltaY > 0 && paused) onMoved();
      }}
      onTouchMove={onMoved}
      onPointerUp={onMoved}
      onKeyDown={(event) => {
        if (upKeys.has(event.key) && !paused) onPause(true);
      }}
      onKeyUp={(event) => {
        if (event.key === 'End' || event.key === 'PageDown' || event.key === 'ArrowDown') onMoved();
      }}
    >
      {lines.length === 0 && <p className={styles.nothing}>{words.t(state === 'opening' ? 'panel.loading' : 'liveLog.nothing')}</p>}
      <div className={styles.canvas} role="presentation" style={{ height }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={styles.line}
              data-origin={line.origin !== null}
              data-level={line.level ?? undefined}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <LineParts line={line} sameSecond={isSameSecond(lines[item.index - 1], line)} words={words} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface LinePartsProps {
  readonly line: FeedLine;
  /** The time is said once a second. */
  readonly sameSecond: boolean;
  readonly words: Words;
}

const LineParts = memo(function LineParts({ line, sameSecond, words }: LinePartsProps) {
  const hidden = Math.max(0, line.text.length - shownLength) + line.cutBytes;
  return (
    <>
      <time className={styles.clock} data-same={sameSecond}>
        {line.atMs === null ? '' : formatClock(words.language, line.atMs)}
      </time>
      {line.origin !== null && (
        <span className={styles.origin} data-source={sourceColorIndex(line.origin)} title={line.origin}>
          {line.origin}
        </span>
      )}
      <span className={styles.text}>
        <LogLine text={line.text} keyword="" />
        {hidden > 0 && <span className={styles.cut}> {words.t('logs.cut', { count: hidden })}</span>}
      </span>
    </>
  );
});

function isSameSecond(before: FeedLine | undefined, line: FeedLine): boolean {
  return (
    before !== undefined &&
    before.atMs !== null &&
    line.atMs !== null &&
    before.origin === line.origin &&
    Math.floor(before.atMs / 1000) === Math.floor(line.atMs / 1000)
  );
}
