import { useDeferredValue, useState } from 'react';
import { FilterField } from '../../components/filter-field';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useApp, useReadings } from '../../state/context';
import { useWords } from '../../words/use-words';
import { ProcessTable } from './process-table';
import styles from './processes-view.module.css';
import { riskSummary } from './risk-summary';

/** Every process of the machine with its risk, over the whole height. */
export function ProcessesView() {
  const words = useWords();
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? true);
  const summary = useReadings(({ processes: { lastOk } }) => (lastOk ? riskSummary(words, lastOk.data) : ''));
  return (
    <Panel
      title={words.t('region.risk')}
      summary={actionsAllowed ? summary : `${summary} · ${words.t('processes.readOnly')}`}
      className={styles.view}
      aside={<FilterField label={words.t('filter.processes')} value={filter} onChange={setFilter} />}
    >
      <SourceBody source="processes">{(snapshot) => <ProcessTable snapshot={snapshot} filter={applied} />}</SourceBody>
    </Panel>
  );
}
