import { useVirtualizer } from '@tanstack/react-virtual';
import { type ClipboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef } from 'react';
import type { LogOrigin, LogRecord } from '../../../../src-shared/logs/log-record';
import { useNow } from '../../../state/context';
import { formatAgo } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import type { SourceMark } from '../source-marks';
import type { FrameOpener } from '../text/line-text';
import type { MarkedRange } from '../text/mark-text';
import { recordsAsText, selectedRecords } from './console-export';
import styles from './console-list.module.css';
import type { ConsolePrefs } from './console-prefs';
import { ConsoleRow } from './console-row';
import type { FollowMode } from './console-state';
import { EntryActions } from './entry-actions';
import { lineDay } from './line-times';

export interface ListProps {
  readonly records: readonly LogRecord[];
  readonly origins: Readonly<Record<string, LogOrigin>>;
  readonly markOf: (key: string, name: string) => SourceMark;
  readonly mode: FollowMode;
  readonly prefs: ConsolePrefs;
  readonly marker: (text: string) => readonly MarkedRange[];
  readonly cursorId: number | null;
  readonly expanded: ReadonlySet<number>;
  /** What the list stands on when it was opened at a record. */
  readonly targetId: number | null;
  readonly onToggle: (id: number) => void;
  readonly onLeaveEnd: () => void;
  readonly onReachEnd: () => void;
  readonly onNearTop: () => void;
  readonly onAround: (id: number) => void;
  readonly onOpenFrame?: FrameOpener | undefined;
}

/** Height of a line in px by density. */
const linePx: Readonly<Record<ConsolePrefs['density'], number>> = { compact: 21, comfortable: 27 };
const dayPx = 22;
/** So near the end counts as the end, px. */
const endSlack = 24;
const nearTop = 240;
const upKeys: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home', 'k']);

/** The rows on screen of all that are listed. Stays at the end while following; older ones put above move nothing. */
export function ConsoleList(props: ListProps) {
  const { records, origins, markOf, mode, prefs, marker, cursorId, expanded, targetId, onToggle, onAround, onOpenFrame } = props;
  const words = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const measured = useRef(new Set<number>());
  const rowPx = linePx[prefs.density];
  for (const id of expanded) measured.current.add(id);
  const virtualizer = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowPx + (startsDay(records, index, prefs.zone) ? dayPx : 0),
    getItemKey: (index) => records[index]?.id ?? index,
    anchorTo: 'end',
    overscan: 10,
    initialRect: { width: 900, height: 600 },
    useFlushSync: false,
  });
  const height = virtualizer.getTotalSize();
  const lastId = records.at(-1)?.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: all of them mean that the end moved
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && mode === 'following') element.scrollTop = element.scrollHeight;
  }, [mode, lastId, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: both change the height of every line
  useLayoutEffect(() => virtualizer.measure(), [prefs.wrap, prefs.density]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move of the cursor scrolls
  useEffect(() => {
    const index = cursorId === null ? -1 : records.findIndex(({ id }) => id === cursorId);
    if (index !== -1) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [cursorId]);

  const hasTarget = targetId !== null && records.some(({ id }) => id === targetId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each target
  useEffect(() => {
    const index = hasTarget ? records.findIndex(({ id }) => id === targetId) : -1;
    if (index !== -1) virtualizer.scrollToIndex(index, { align: 'center' });
  }, [targetId, hasTarget]);

  /** After a person moved it: away from the end stops following, back at the end follows again. */
  function onMoved(): void {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < endSlack;
    if (atEnd && mode === 'reading') props.onReachEnd();
    if (!atEnd && mode === 'following') props.onLeaveEnd();
    if (element.scrollTop < nearTop && mode !== 'following') props.onNearTop();
  }

  function onClick(event: MouseEvent<HTMLElement>): void {
    const target = event.target as HTMLElement;
    const id = idOf(target);
    if (id === null || target.closest('button, [role="link"], [data-actions]') || !(window.getSelection()?.isCollapsed ?? true)) return;
    onToggle(id);
  }

  /** Over several rows what they hold is copied, folded lines too; within one what is selected. */
  function onCopy(event: ClipboardEvent): void {
    const selection = window.getSelection();
    const chosen = selectedRecords(records, idOf(selection?.anchorNode ?? null), idOf(selection?.focusNode ?? null));
    if (chosen === null) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', recordsAsText(chosen, origins, prefs.zone));
  }

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="treegrid"
      aria-label={words.t('logs.console')}
      aria-rowcount={records.length}
      aria-readonly="true"
      aria-activedescendant={cursorId === null ? undefined : rowId(cursorId)}
      data-console="true"
      data-wrap={prefs.wrap}
      data-density={prefs.density}
      data-times={prefs.times}
      tabIndex={0}
      onClick={onClick}
      onCopy={onCopy}
      onScroll={() => {
        if ((scroller.current?.scrollTop ?? nearTop) < nearTop && mode !== 'following') props.onNearTop();
      }}
      onWheel={(event) => {
        const canScroll = event.currentTarget.scrollHeight > event.currentTarget.clientHeight;
        if (event.deltaY < 0 && canScroll && mode === 'following') props.onLeaveEnd();
        else if (event.deltaY > 0) onMoved();
      }}
      onTouchMove={onMoved}
      onPointerUp={(event) => {
        // The scroll bar; a click on a line must not make it run away.
        if (event.target === event.currentTarget) onMoved();
      }}
      onKeyDown={(event) => {
        if (upKeys.has(event.key) && mode === 'following') props.onLeaveEnd();
      }}
      onKeyUp={(event) => {
        if (event.key === 'End' || event.key === 'PageDown') onMoved();
      }}
    >
      <div className={styles.canvas} role="presentation" style={{ height }}>
        {virtualizer.getVirtualItems().map((item) => {
          const record = records[item.index];
          if (!record) return null;
          const name = origins[record.origin]?.name ?? record.origin;
          const isOpen = expanded.has(record.id);
          const needsMeasure = prefs.wrap || measured.current.has(record.id);
          return (
            <div
              key={item.key}
              id={rowId(record.id)}
              ref={needsMeasure ? virtualizer.measureElement : undefined}
              role="row"
              aria-rowindex={item.index + 1}
              aria-expanded={isOpen}
              data-index={item.index}
              data-id={record.id}
              data-level={record.level ?? undefined}
              data-cursor={record.id === cursorId || undefined}
              data-target={record.id === targetId || undefined}
              data-wrap={isOpen || prefs.wrap}
              data-stamps={isOpen ? undefined : 'hidden'}
              className={styles.row}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {startsDay(records, item.index, prefs.zone) && <p className={styles.day}>{lineDay(record.atMs, prefs.zone)}</p>}
              <WithAge record={record} prefs={prefs}>
                {(age) => (
                  <ConsoleRow
                    record={record}
                    mark={markOf(record.origin, name)}
                    sourceName={name}
                    age={age}
                    zone={prefs.zone}
                    expanded={isOpen}
                    marker={marker}
                    onOpenFrame={onOpenFrame}
                  >
                    {isOpen ? <EntryActions record={record} origins={origins} zone={prefs.zone} onAround={onAround} /> : null}
                  </ConsoleRow>
                )}
              </WithAge>
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface WithAgeProps {
  readonly record: LogRecord;
  readonly prefs: ConsolePrefs;
  readonly children: (age: string | undefined) => React.ReactNode;
}

/** Only ages follow the clock; rows with times of day stay as they are. */
function WithAge({ record, prefs, children }: WithAgeProps) {
  return prefs.times === 'ago' ? <Age record={record}>{children}</Age> : children(undefined);
}

function Age({ record, children }: Pick<WithAgeProps, 'record' | 'children'>) {
  return children(formatAgo(useWords(), record.atMs, useNow()));
}

function rowId(id: number): string {
  return `log-line-${id}`;
}

function startsDay(records: readonly LogRecord[], index: number, zone: ConsolePrefs['zone']): boolean {
  const before = records[index - 1];
  const record = records[index];
  if (before === undefined || record === undefined) return false;
  // Nearly every pair is seconds apart: the calendar is asked only where an hour lies between or the hour turns.
  const sameHour = Math.floor(before.atMs / 1_800_000) === Math.floor(record.atMs / 1_800_000);
  return !sameHour && lineDay(before.atMs, zone) !== lineDay(record.atMs, zone);
}

function idOf(node: Node | null): number | null {
  const element = node instanceof Element ? node : (node?.parentElement ?? null);
  const id = element?.closest<HTMLElement>('[data-id]')?.dataset.id;
  return id === undefined ? null : Number(id);
}
