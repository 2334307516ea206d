import { Bookmark, CircleHelp, Server, Settings2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { LogQueryProblem } from '../../../../src-shared/logs/log-query';
import { parseLogQuery } from '../../../../src-shared/logs/parse-log-query';
import { FilterField } from '../../../components/filter-field';
import { useWords } from '../../../words/use-words';
import { DropDown } from '../../processes/drop-down';
import styles from './console-bar.module.css';
import { windowPrefs, withRecent } from './console-prefs';
import { FilterMenu } from './filter-menu';
import { queryProblem } from './query-problem';
import { SearchHelp } from './search-help';
import { SourceMenu } from './source-menu';
import { ViewMenu } from './view-menu';

interface SearchBarProps {
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly children?: React.ReactNode;
}

/** So long after the last key a search begins, and so long until it is one worth remembering. */
const typingMs = 220;
const rememberMs = 4_000;

/** What is searched for: in words, by source, saved or of late; what is wrong with it stands under its place. */
export function SearchBar({ query, onChange, children }: SearchBarProps) {
  const words = useWords();
  const { t } = words;
  const prefs = windowPrefs();
  const recent = useStore(prefs, (state) => state.recent);
  const [draft, setDraft] = useState(query);
  useEffect(() => setDraft(query), [query]);
  const parsed = parseLogQuery(draft);
  const problem = parsed.ok ? undefined : parsed.problems[0];
  const isReady = parsed.ok && draft !== query;
  useEffect(() => {
    if (!isReady) return;
    const timer = setTimeout(() => onChange(draft), typingMs);
    return () => clearTimeout(timer);
  }, [isReady, draft, onChange]);
  useEffect(() => {
    if (query.trim() === '') return;
    const timer = setTimeout(() => prefs.setState((state) => ({ recent: withRecent(state.recent, query) })), rememberMs);
    return () => clearTimeout(timer);
  }, [query, prefs]);
  return (
    <div className={styles.bar}>
      <div className={styles.search}>
        <FilterField label={t('logs.search')} example={t('logs.searchExample')} wide value={draft} onChange={setDraft} />
        {problem !== undefined && (
          <p className={styles.problem} role="alert">
            <QueryPlace draft={draft} problem={problem} />
            {queryProblem(words, problem)}
          </p>
        )}
      </div>
      <DropDown label={t('logs.searchHelp')} icon={<CircleHelp size={13} aria-hidden="true" />} iconOnly align="start">
        <SearchHelp query={query} onChange={onChange} />
      </DropDown>
      <DropDown label={t('logs.filters')} icon={<Bookmark size={13} aria-hidden="true" />} align="start">
        <FilterMenu query={query} recent={recent} onChange={onChange} />
      </DropDown>
      <DropDown label={t('logs.sources')} icon={<Server size={13} aria-hidden="true" />}>
        <SourceMenu query={query} onChange={onChange} />
      </DropDown>
      <span className={styles.gap} />
      <DropDown label={t('logs.view')} icon={<Settings2 size={13} aria-hidden="true" />} iconOnly>
        <ViewMenu />
      </DropDown>
      {children}
    </div>
  );
}

/** The words before it, and what is wrong underlined. */
function QueryPlace({ draft, problem: { from, to } }: { readonly draft: string; readonly problem: LogQueryProblem }) {
  const start = Math.max(0, from - 12);
  return (
    <code className={styles.place}>
      {start > 0 && '…'}
      {draft.slice(start, from)}
      <u>{draft.slice(from, Math.min(Math.max(to, from + 1), from + 24)) || ' '}</u>
    </code>
  );
}
