import { useMemo } from 'react';
import type { LogError, LogSource } from '../../../src-shared/snapshots';
import { sourceColorIndex } from '../../words/source-color';
import { useWords } from '../../words/use-words';
import styles from './logs-view.module.css';

interface SourceChipsProps {
  readonly sources: readonly LogSource[];
  readonly lines: readonly LogError[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
}

/** Every source that is followed or has lines here, loudest first; one chosen narrows the tail. */
export function SourceChips({ sources, lines, selectedId, onSelect }: SourceChipsProps) {
  const { t } = useWords();
  const chips = useMemo(() => countBySource(sources, lines), [sources, lines]);
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">{t('logs.sources')}</legend>
      <button type="button" className={styles.chip} aria-pressed={selectedId === null} onClick={() => onSelect(null)}>
        {t('logs.allSources')} <span>{lines.length}</span>
      </button>
      {chips.map(({ id, name, count, state }) => (
        <button
          key={id}
          type="button"
          className={styles.chip}
          data-source={sourceColorIndex(name)}
          data-quiet={count === 0}
          aria-pressed={selectedId === id}
          title={`${name}: ${t(`logs.state.${state}`)}`}
          onClick={() => onSelect(selectedId === id ? null : id)}
        >
          <i aria-hidden="true" /> {name} <span>{count}</span>
        </button>
      ))}
    </fieldset>
  );
}

function countBySource(sources: readonly LogSource[], lines: readonly LogError[]) {
  const chips = new Map<string, { id: string; name: string; count: number; state: LogSource['state'] }>();
  for (const { id, name, state } of sources) chips.set(id, { id, name, state, count: 0 });
  for (const { sourceId, source } of lines) {
    const chip = chips.get(sourceId) ?? { id: sourceId, name: source, state: 'ended' as const, count: 0 };
    chip.count += 1;
    chips.set(sourceId, chip);
  }
  return [...chips.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
