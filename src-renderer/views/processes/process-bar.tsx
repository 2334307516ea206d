import { CircleHelp, Columns3, Download } from 'lucide-react';
import type { ProcessTexts } from '../../../src-shared/process-filter/match';
import type { FilterProblem } from '../../../src-shared/process-filter/parse';
import type { Process } from '../../../src-shared/snapshots';
import { FilterField } from '../../components/filter-field';
import { Segments } from '../../components/segments';
import { useApp, useUi, useWindowState } from '../../state/context';
import { useChangeSettings } from '../../state/use-change-settings';
import { useWords, type Words } from '../../words/use-words';
import { ColumnChoice } from './column-choice';
import { DropDown } from './drop-down';
import { FilterHelp } from './filter-help';
import type { ProcessColumn } from './process-columns';
import { ExportChoice } from './process-export-choice';
import styles from './processes-view.module.css';

interface ProcessBarProps {
  readonly columns: readonly ProcessColumn[];
  readonly problems: readonly FilterProblem[];
  /** What is listed now: what an export holds. */
  readonly processes: readonly Process[];
  readonly texts: ProcessTexts;
}

/** Above the table: what is shown of it and how. */
export function ProcessBar({ columns, problems, processes, texts }: ProcessBarProps) {
  const words = useWords();
  const { t } = words;
  const { ui } = useWindowState();
  const filter = useUi((state) => state.processFilter);
  const view = useApp((app) => app.settings.processes.view);
  const change = useChangeSettings();
  const problem = problems[0];
  return (
    <div className={styles.bar}>
      <FilterField
        label={t('filter.processes')}
        example="user:root port:3000 risk>40"
        wide
        value={filter}
        onChange={(processFilter) => ui.setState({ processFilter })}
      />
      <DropDown label={t('process.filter.help')} icon={<CircleHelp size={13} aria-hidden="true" />} iconOnly align="start">
        <FilterHelp />
      </DropDown>
      <p className={styles.said} data-problem={problem !== undefined} role="status" title={problem && problemText(words, problem)}>
        {problem === undefined ? '' : problemText(words, problem)}
      </p>
      <Segments
        label={t('process.view')}
        value={view}
        options={(['flat', 'tree'] as const).map((one) => ({ value: one, label: t(`process.view.${one}`) }))}
        onChange={(chosen) => change({ processes: { view: chosen } })}
      />
      <DropDown label={t('process.columns')} icon={<Columns3 size={13} aria-hidden="true" />}>
        <ColumnChoice columns={columns} onChange={(chosen) => change({ processes: { columns: [...chosen] } })} />
      </DropDown>
      <DropDown label={t('process.export')} icon={<Download size={13} aria-hidden="true" />}>
        <ExportChoice processes={processes} columns={columns} texts={texts} />
      </DropDown>
    </div>
  );
}

function problemText({ t }: Words, problem: FilterProblem): string {
  switch (problem.kind) {
    case 'unknown-word':
      return problem.near === null
        ? t('process.filter.unknown', { word: problem.word })
        : t('process.filter.near', { word: problem.word, near: problem.near });
    case 'no-value':
      return t('process.filter.noValue', { word: problem.word });
    case 'not-a-number':
      return t('process.filter.notANumber', { word: problem.word, value: problem.value });
    case 'needs-comparison':
      return t('process.filter.compare', { word: problem.word });
  }
}
