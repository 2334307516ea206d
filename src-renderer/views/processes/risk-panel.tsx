import { useDeferredValue, useMemo, useState } from 'react';
import { matchesTerms } from '../../../src-shared/process-filter/match';
import { parseProcessFilter } from '../../../src-shared/process-filter/parse';
import type { ProcessesSnapshot } from '../../../src-shared/snapshots';
import { FilterField } from '../../components/filter-field';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useApp, useReadings } from '../../state/context';
import { useWords } from '../../words/use-words';
import { riskColumns } from './process-columns';
import { ProcessTable } from './process-table';
import { riskSummary } from './risk-summary';
import { useProcessTexts } from './use-process-texts';

/** The overview's processes: the riskiest first, with what they are for and why, and the way to end one. */
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
      <SourceBody source="processes">{(snapshot) => <Body snapshot={snapshot} filter={applied} />}</SourceBody>
    </Panel>
  );
}

function Body({ snapshot, filter }: { readonly snapshot: ProcessesSnapshot; readonly filter: string }) {
  const { t } = useWords();
  // Categories are enough for the glance: the texts of the role base are not loaded for it.
  const texts = useProcessTexts(null);
  const { terms } = useMemo(() => parseProcessFilter(filter), [filter]);
  const filtered = useMemo(() => {
    if (terms.length === 0) return null;
    const met = snapshot.processes.filter((process) => matchesTerms(process, terms, texts));
    return { text: filter, matches: new Set(met.map(({ id }) => id)) };
  }, [snapshot, terms, filter, texts]);
  return (
    <ProcessTable
      label={t('region.risk')}
      snapshot={snapshot}
      processes={snapshot.processes}
      marks={null}
      filtered={filtered}
      columns={riskColumns}
      texts={texts}
      tree={false}
    />
  );
}
