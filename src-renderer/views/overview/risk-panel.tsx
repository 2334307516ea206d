import { useDeferredValue, useState } from 'react';
import { FilterField } from '../../components/filter-field';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useApp, useReadings } from '../../state/context';
import { useWords } from '../../words/use-words';
import { ProcessTable } from '../processes/process-table';
import { riskSummary } from '../processes/risk-summary';
import overview from './overview.module.css';

/** Processes by risk, with the reasons in words and the way to end one. */
export function RiskPanel() {
  const words = useWords();
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? true);
  const summary = useReadings(({ processes: { lastOk } }) => (lastOk ? riskSummary(words, lastOk.data) : ''));
  return (
    <Panel
      title={words.t('region.risk')}
      summary={actionsAllowed ? summary : `${summary} · ${words.t('processes.readOnly')}`}
      className={overview.risks}
      aside={<FilterField label={words.t('filter.processes')} value={filter} onChange={setFilter} />}
    >
      <SourceBody source="processes">{(snapshot) => <ProcessTable snapshot={snapshot} filter={applied} />}</SourceBody>
    </Panel>
  );
}
