import { Check, Pencil, X } from 'lucide-react';
import { useState } from 'react';
import { parseLogQuery } from '../../../../src-shared/logs/parse-log-query';
import type { Settings } from '../../../../src-shared/settings';
import { Button } from '../../../components/button';
import { LevelShape } from '../../../components/level-shape';
import { useApp } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { useSavedChange } from '../use-saved-change';
import styles from './menus.module.css';
import { queryProblem } from './query-problem';

interface FilterMenuProps {
  readonly query: string;
  /** Searches of late, the last one first. */
  readonly recent: readonly string[];
  readonly onChange: (query: string) => void;
}

type Filter = Settings['logs']['filters'][number];

interface SavedSearchProps {
  readonly filter: Filter;
  readonly onChoose: () => void;
}

/** Marked where the search makes no sense (any more): settings are written by hand, too. */
function SavedSearch({ filter: { name, query }, onChoose }: SavedSearchProps) {
  const words = useWords();
  const parsed = parseLogQuery(query);
  const [problem] = parsed.ok ? [] : parsed.problems;
  return (
    <button type="button" className={styles.choose} title={query} onClick={onChoose}>
      <b>{name}</b> <code>{query}</code>
      {problem !== undefined && (
        <span className={styles.trouble}>
          <LevelShape level="warning" size={9} /> {queryProblem(words, problem)}
        </span>
      )}
    </button>
  );
}

/** Searches by name, and those of late. */
export function FilterMenu({ query, recent, onChange }: FilterMenuProps) {
  const { t } = useWords();
  const filters = useApp((app) => app.settings.logs.filters);
  const { save, problem } = useSavedChange();
  const [name, setName] = useState('');
  const [renamed, setRenamed] = useState<string | null>(null);
  const put = (next: readonly Filter[]) => save({ logs: { filters: [...next] } });
  const canSave = name.trim() !== '' && query.trim() !== '';
  return (
    <div className={styles.menu}>
      <h3 className={styles.heading}>{t('logs.saved')}</h3>
      {filters.length === 0 && <p className={styles.quiet}>{t('logs.savedNone')}</p>}
      <ul className={styles.list}>
        {filters.map((filter) => (
          <li key={filter.name} className={styles.entry}>
            {renamed === filter.name ? (
              <Rename
                before={filter.name}
                onDone={(next) => {
                  setRenamed(null);
                  if (next !== null) put(filters.map((one) => (one === filter ? { ...one, name: next } : one)));
                }}
              />
            ) : (
              <>
                <SavedSearch filter={filter} onChoose={() => onChange(filter.query)} />
                <button
                  type="button"
                  className={styles.icon}
                  aria-label={t('logs.rename', { name: filter.name })}
                  title={t('logs.rename', { name: filter.name })}
                  onClick={() => setRenamed(filter.name)}
                >
                  <Pencil size={12} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className={styles.icon}
                  aria-label={t('logs.remove', { name: filter.name })}
                  title={t('logs.remove', { name: filter.name })}
                  onClick={() => put(filters.filter((one) => one !== filter))}
                >
                  <X size={12} aria-hidden="true" />
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!canSave) return;
          put([...filters.filter((one) => one.name !== name.trim()), { name: name.trim(), query: query.trim() }]);
          setName('');
        }}
      >
        <input
          aria-label={t('logs.saveName')}
          placeholder={t('logs.saveName')}
          value={name}
          maxLength={64}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={!canSave} title={query.trim() === '' ? t('logs.saveNothing') : undefined}>
          {t('logs.save')}
        </Button>
      </form>
      {problem !== null && <p role="alert">{problem}</p>}
      <h3 className={styles.heading}>{t('logs.recent')}</h3>
      {recent.length === 0 && <p className={styles.quiet}>{t('logs.recentNone')}</p>}
      <ul className={styles.list}>
        {recent.map((one) => (
          <li key={one} className={styles.entry}>
            <button type="button" className={styles.choose} title={one} onClick={() => onChange(one)}>
              <code>{one}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Rename({ before, onDone }: { readonly before: string; readonly onDone: (name: string | null) => void }) {
  const { t } = useWords();
  const [name, setName] = useState(before);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onDone(name.trim() === '' ? null : name.trim());
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the person just asked to write here
        autoFocus
        aria-label={t('logs.saveName')}
        value={name}
        maxLength={64}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className={styles.icon} aria-label={t('logs.save')}>
        <Check size={12} aria-hidden="true" />
      </button>
    </form>
  );
}
