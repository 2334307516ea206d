import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import styles from './dot-grid.module.css';
import { walkGrid } from './grid-walk';
import { type LevelMark, LevelShape } from './level-shape';

export interface Dot {
  readonly id: string;
  readonly level: LevelMark;
  /** What it is and how it is: read out, and shown when pointed at. */
  readonly name: string;
  /** Dots of one group come after each other and stand under this heading; without one all are a single field. */
  readonly group?: string;
}

interface DotGridProps {
  readonly label: string;
  readonly dots: readonly Dot[];
  readonly selectedId: string | null;
  readonly onOpen: (id: string) => void;
  /** The dot pointed at or focused; null when none is. */
  readonly onPoint: (id: string | null) => void;
}

/**
 * Many states at once: a list of shapes, one tab stop, arrow keys walk, Enter opens. Roles instead of ul and li, because the
 * items of one list stand in groups; keys bubble up from the buttons.
 */
export function DotGrid({ label, dots, selectedId, onOpen, onPoint }: DotGridProps) {
  const list = useRef<HTMLDivElement>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const groups = useMemo(() => groupDots(dots), [dots]);
  const currentIndex = Math.max(
    0,
    dots.findIndex((dot) => dot.id === currentId),
  );
  const tabStopId = dots[currentIndex]?.id;

  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const places = buttons.map((button) => ({ top: button.offsetTop, left: button.offsetLeft }));
    const next = walkGrid(event.key, currentIndex, places);
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  }

  return (
    <div ref={list} role="list" className={styles.groups} aria-label={label} onKeyDown={onKeyDown}>
      {groups.map(({ group, members }) => (
        <div key={group ?? ''} role="presentation" className={styles.group}>
          {group !== undefined && (
            <span className={styles.heading} aria-hidden="true">
              {group} <b>{members.length}</b>
            </span>
          )}
          <div role="presentation" className={styles.grid}>
            {members.map((dot) => (
              <DotItem
                key={dot.id}
                id={dot.id}
                level={dot.level}
                name={dot.name}
                tabStop={dot.id === tabStopId}
                selected={dot.id === selectedId}
                onOpen={onOpen}
                onPoint={onPoint}
                onFocus={setCurrentId}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

function groupDots(dots: readonly Dot[]): readonly { readonly group: string | undefined; readonly members: readonly Dot[] }[] {
  const groups: { group: string | undefined; members: Dot[] }[] = [];
  for (const dot of dots) {
    const last = groups.at(-1);
    if (last && last.group === dot.group) last.members.push(dot);
    else groups.push({ group: dot.group, members: [dot] });
  }
  return groups;
}

interface DotItemProps extends Omit<Dot, 'group'> {
  readonly tabStop: boolean;
  readonly selected: boolean;
  readonly onOpen: (id: string) => void;
  readonly onPoint: (id: string | null) => void;
  readonly onFocus: (id: string) => void;
}

const DotItem = memo(function DotItem({ id, level, name, tabStop, selected, onOpen, onPoint, onFocus }: DotItemProps) {
  return (
    <div role="listitem" aria-label={name}>
      <button
        type="button"
        className={styles.dot}
        aria-label={name}
        aria-pressed={selected}
        title={name}
        tabIndex={tabStop ? 0 : -1}
        onClick={() => onOpen(id)}
        onFocus={() => {
          onFocus(id);
          onPoint(id);
        }}
        onBlur={() => onPoint(null)}
        onPointerEnter={() => onPoint(id)}
        onPointerLeave={() => onPoint(null)}
      >
        <LevelShape level={level} size={12} />
      </button>
    </div>
  );
});
