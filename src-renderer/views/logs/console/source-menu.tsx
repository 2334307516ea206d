import { Eye, EyeOff } from 'lucide-react';
import { useMemo, useState } from 'react';
import { parseLogQuery } from '../../../../src-shared/logs/parse-log-query';
import type { LogSource } from '../../../../src-shared/snapshots';
import { useReadings } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { readChoices, sourceWord, toggleHiddenSource, withSource } from '../query-terms';
import { SourceMark } from '../source-mark';
import { windowSourceMarks } from '../window-source-marks';
import { shortName } from './console-row';
import styles from './menus.module.css';

interface SourceMenuProps {
  readonly query: string;
  readonly onChange: (query: string) => void;
}

const none: readonly LogSource[] = [];

/** All sources by name: only one, or all but some. */
export function SourceMenu({ query, onChange }: SourceMenuProps) {
  const { t } = useWords();
  const sources = useReadings((readings) => readings.logs.lastOk?.data.sources ?? none);
  const [filter, setFilter] = useState('');
  const choices = useMemo(() => {
    const parsed = parseLogQuery(query);
    return parsed.ok ? readChoices(parsed.query) : null;
  }, [query]);
  const names = sources.map(({ name }) => name);
  const shown = sources
    .filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return (
    <div className={styles.menu}>
      <input
        className={styles.filter}
        aria-label={t('logs.filterSources')}
        placeholder={t('logs.filterSources')}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <ul className={styles.list}>
        <li className={styles.entry}>
          <button
            type="button"
            className={styles.choose}
            aria-pressed={choices?.source === null}
            onClick={() => onChange(withSource(query, null))}
          >
            {t('logs.allSources')}
          </button>
        </li>
        {shown.map((source) => {
          const key = `${source.kind}/${source.id}`;
          const word = sourceWord({ key, name: source.name }, names);
          const hidden = choices?.hiddenSources.has(word) ?? false;
          return (
            <li key={key} className={styles.entry}>
              <button
                type="button"
                className={styles.choose}
                aria-pressed={choices?.source === word}
                data-quiet={hidden}
                title={`${source.name} · ${t(`logs.state.${source.state}`)}`}
                onClick={() => onChange(withSource(query, choices?.source === word ? null : word))}
              >
                <SourceMark mark={windowSourceMarks(key, source.name)} /> {shortName(source.name)}
                <span className={styles.quiet}>{t(`logs.kind.${source.logKind}`)}</span>
              </button>
              <button
                type="button"
                className={styles.icon}
                aria-pressed={hidden}
                aria-label={t(hidden ? 'logs.showSource' : 'logs.hideSource', { name: source.name })}
                title={t(hidden ? 'logs.showSource' : 'logs.hideSource', { name: source.name })}
                onClick={() => onChange(toggleHiddenSource(query, word))}
              >
                {hidden ? <EyeOff size={13} aria-hidden="true" /> : <Eye size={13} aria-hidden="true" />}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
