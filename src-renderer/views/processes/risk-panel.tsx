import { useDeferredValue, useState } from 'react';
import { FilterField } from '../../components/filter-field';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useApp, useReadings } from '../../state/context';
import { useWords } from '../../words/use-words';
import { ProcessTable } from './process-table';
import { riskSummary } from './risk-summary';

/** Processes by risk, with the reasons in words and the way to end one. On the overview and, over the whole height, as a view. */
export function RiskPanel({ className }: { readonly className: string | undefined }) {
  const words = useWords();
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? true);
  const summary = useReadings(({ processes: { lastOk } }) => (lastOk ? riskSummary(words, lastOk.data) : ''));
  return (
    <Panel
      title={words.t('region.risk')}
      summary={actionsAllowed ? summary : `${summary} · ${words.t('processes.readOnly')}`}
      className={className}
      aside={<FilterField label={words.t('filter.processes')} value={filter} onChange={setFilter} />}
    >
      <SourceBody source="processes">{(snapshot) => <ProcessTable snapshot={snapshot} filter={applied} />}</SourceBody>
    </Panel>
  );
}
