import { useDeferredValue, useMemo } from 'react';
import { matchesTerms } from '../../../src-shared/process-filter/match';
import { parseProcessFilter } from '../../../src-shared/process-filter/parse';
import type { ProcessesSnapshot } from '../../../src-shared/snapshots';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useElementSize } from '../../components/use-element-size';
import { useApp, useReadings, useUi } from '../../state/context';
import { useWords } from '../../words/use-words';
import { ProcessBar } from './process-bar';
import { ProcessCandidates } from './process-candidates';
import { chosenColumns, wideFromPx } from './process-columns';
import { ProcessFoot } from './process-foot';
import { ProcessTable } from './process-table';
import styles from './processes-view.module.css';
import { riskSummary } from './risk-summary';
import { useRoleBase } from './role-base';
import { useCopyRow } from './use-copy-row';
import { useProcessRows } from './use-process-rows';
import { useProcessTexts } from './use-process-texts';

/** Every process of the machine: what it is, what it uses, whether it stands out, what it belongs to. */
export function ProcessList() {
  const words = useWords();
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? true);
  const summary = useReadings(({ processes: { lastOk } }) =>
    lastOk ? riskSummary(words, { processes: lastOk.data.processes, hiddenCount: 0 }) : '',
  );
  return (
    <Panel
      title={words.t('section.processes')}
      summary={actionsAllowed ? summary : `${summary} · ${words.t('processes.readOnly')}`}
      className={styles.list}
    >
      <SourceBody source="processes">{(snapshot) => <Body snapshot={snapshot} />}</SourceBody>
    </Panel>
  );
}

function Body({ snapshot }: { readonly snapshot: ProcessesSnapshot }) {
  const { t } = useWords();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const roles = useRoleBase();
  const texts = useProcessTexts(roles);
  const text = useUi((ui) => ui.processFilter);
  const applied = useDeferredValue(text);
  const wantedColumns = useApp((app) => app.settings.processes.columns);
  const tree = useApp((app) => app.settings.processes.view === 'tree');
  const { processes, marks } = useProcessRows(snapshot);
  const filter = useMemo(() => parseProcessFilter(applied), [applied]);
  const isWide = width >= wideFromPx;
  const columns = useMemo(() => chosenColumns(wantedColumns, isWide), [wantedColumns, isWide]);
  const filtered = useMemo(() => {
    if (filter.terms.length === 0) return null;
    const met = processes.filter((process) => matchesTerms(process, filter.terms, texts));
    return { text: applied, processes: met, matches: new Set(met.map(({ id }) => id)) };
  }, [processes, filter, applied, texts]);
  const onRowKey = useCopyRow(processes, columns, texts);
  const shown = filtered?.processes ?? processes;
  return (
    <div ref={ref} className={styles.body}>
      <ProcessBar columns={columns} problems={filter.problems} processes={shown} texts={texts} />
      <ProcessCandidates processes={snapshot.processes} />
      <ProcessTable
        label={t('section.processes')}
        snapshot={snapshot}
        processes={processes}
        marks={marks}
        filtered={filtered}
        columns={columns}
        texts={texts}
        tree={tree}
        onRowKey={onRowKey}
      />
      <ProcessFoot
        allCount={processes.length}
        shownCount={shown.length}
        hiddenCount={snapshot.hiddenCount}
        pendingCount={snapshot.evidencePendingCount}
        unownedCount={snapshot.unownedSockets.length}
      />
    </div>
  );
}
