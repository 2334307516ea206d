import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { LogPatternSummary } from '../../../../src-shared/contract';
import { FilterField } from '../../../components/filter-field';
import { Panel } from '../../../components/panel';
import { Segments } from '../../../components/segments';
import { useWindowState } from '../../../state/context';
import { usePolledAnswer } from '../../../state/use-polled-answer';
import { useWords } from '../../../words/use-words';
import { isWanted, type PatternChoice, patternChoices } from './pattern-order';
import { PatternTable } from './pattern-table';
import styles from './patterns-view.module.css';

const everyMs = 4_000;
const limit = 1_000;

/** Lines that say the same, as one: what is said most, what is new, what to hear no more of. */
export function PatternsView() {
  const { t } = useWords();
  const { client } = useWindowState();
  const [text, setText] = useState('');
  const [which, setWhich] = useState<PatternChoice>('all');
  const applied = useDeferredValue(text);
  const ask = useCallback(() => client.request('logs.patterns', { limit }), [client]);
  const { data, problem, reload } = usePolledAnswer(ask, everyMs);
  const all = data?.patterns ?? none;
  const shown = useMemo(() => all.filter((one) => isWanted(one, which, applied)), [all, which, applied]);
  return (
    <Panel
      title={t('logs.patterns')}
      summary={t('logs.patternsWhat')}
      className={styles.view}
      aside={
        <>
          <Segments
            label={t('logs.patternsWhich')}
            value={which}
            options={patternChoices.map((one) => ({
              value: one,
              label: t(`logs.patternsWhich.${one}`),
              count: all.filter((pattern) => isWanted(pattern, one, '')).length,
            }))}
            onChange={setWhich}
          />
          <FilterField label={t('logs.patternsFilter')} value={text} onChange={setText} />
        </>
      }
    >
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {data === null && problem === null && (
        <p className={styles.still} role="status">
          {t('panel.loading')}
        </p>
      )}
      {data !== null && shown.length === 0 && (
        <p className={styles.still}>{t(all.length === 0 ? 'logs.patternsNone' : 'filter.nothing')}</p>
      )}
      {shown.length > 0 && <PatternTable patterns={shown} onMarked={reload} />}
      {data !== null && (
        <footer className={styles.foot}>
          <span role="status">{t('logs.patternsCount', { shown: shown.length, count: data.totalCount })}</span>
          {data.forgottenCount > 0 && <span>{t('logs.patternsForgotten', { count: data.forgottenCount })}</span>}
        </footer>
      )}
    </Panel>
  );
}

const none: readonly LogPatternSummary[] = [];
