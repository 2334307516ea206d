import { type KeyboardEvent, memo, useRef, useState } from 'react';
import styles from './dot-grid.module.css';
import { walkGrid } from './grid-walk';
import { type LevelMark, LevelShape } from './level-shape';

export interface Dot {
  readonly id: string;
  readonly level: LevelMark;
  /** What it is and how it is: read out, and shown when pointed at. */
  readonly name: string;
}

interface DotGridProps {
  readonly label: string;
  readonly dots: readonly Dot[];
  readonly selectedId: string | null;
  readonly onOpen: (id: string) => void;
  /** The dot pointed at or focused; null when none is. */
  readonly onPoint: (id: string | null) => void;
}

/** Many states at once: a list of shapes, one tab stop, arrow keys walk, Enter opens. */
export function DotGrid({ label, dots, selectedId, onOpen, onPoint }: DotGridProps) {
  const list = useRef<HTMLUListElement>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const currentIndex = Math.max(
    0,
    dots.findIndex((dot) => dot.id === currentId),
  );

  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = walkGrid(
      event.key,
      currentIndex,
      buttons.map((button) => button.offsetTop),
    );
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  }

  return (
    // biome-ignore lint/a11y/noRedundantRoles: list-style none takes the role away in WebKit; keys bubble up from the buttons
    <ul ref={list} role="list" className={styles.grid} aria-label={label} onKeyDown={onKeyDown}>
      {dots.map((dot, index) => (
        <DotItem
          key={dot.id}
          id={dot.id}
          level={dot.level}
          name={dot.name}
          tabStop={index === currentIndex}
          selected={dot.id === selectedId}
          onOpen={onOpen}
          onPoint={onPoint}
          onFocus={setCurrentId}
        />
      ))}
    </ul>
  );
}

interface DotItemProps extends Dot {
  readonly tabStop: boolean;
  readonly selected: boolean;
  readonly onOpen: (id: string) => void;
  readonly onPoint: (id: string | null) => void;
  readonly onFocus: (id: string) => void;
}

const DotItem = memo(function DotItem({ id, level, name, tabStop, selected, onOpen, onPoint, onFocus }: DotItemProps) {
  return (
    <li aria-label={name}>
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
    </li>
  );
});
