import { type CSSProperties, memo } from 'react';
import { unknownText } from '../../../src-shared/format';
import type { Level } from '../../../src-shared/level';
import { joinClasses } from '../../components/join-classes';
import { LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { ShadedFigure, shadedCell } from '../../components/shaded-figure';
import { useNow, useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import { formatAge } from './pod-words';
import styles from './pods-view.module.css';

interface PodLineProps {
  readonly id: string;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly name: string;
  readonly namespace: string;
  readonly level: Level;
  readonly status: string;
  readonly ready: string;
  readonly restartCount: number;
  readonly createdAtMs: number;
  /** False: the columns of CPU and memory are not there. */
  readonly metrics: boolean;
  readonly cpu: string | null;
  /** Of its limit. */
  readonly cpuPercent: number;
  readonly cpuTitle: string;
  readonly memoryFigure: string;
  readonly memoryUnit: string;
  readonly memoryPercent: number;
  readonly memoryTitle: string;
  readonly owner: string;
  readonly node: string | null;
  readonly why: string;
  readonly selected: boolean;
}

/** One pod. Plain values only: an unchanged row is not drawn again. */
export const PodLine = memo(function PodLine(props: PodLineProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className={joinClasses(row.row, styles.columns)}
      style={props.place}
      data-level={props.level}
      data-metrics={props.metrics}
      data-selected={props.selected}
    >
      <div role="cell" className={row.cell}>
        <button type="button" className={row.open} title={props.name} onClick={() => toggleSelected(ui, { kind: 'pod', id: props.id })}>
          <Middle text={props.name} strong />
        </button>
      </div>
      <div role="cell" className={row.quiet} title={props.namespace}>
        {props.namespace}
      </div>
      <div role="cell" className={styles.status} title={props.status}>
        <LevelShape level={props.level} />
        <span className="visually-hidden">{t(`level.${props.level}`)}</span>
        <span>{props.status}</span>
      </div>
      <div role="cell" className={row.number}>
        {props.ready}
      </div>
      <div role="cell" className={row.number}>
        {props.restartCount}
      </div>
      <div role="cell" className={joinClasses(row.quiet, row.number)}>
        <Age sinceMs={props.createdAtMs} />
      </div>
      {props.metrics && (
        <>
          <div role="cell" className={shadedCell} title={props.cpuTitle}>
            <ShadedFigure percent={props.cpuPercent} figure={props.cpu ?? unknownText} unit={props.cpu === null ? '' : 'm'} />
          </div>
          <div role="cell" className={shadedCell} title={props.memoryTitle}>
            <ShadedFigure percent={props.memoryPercent} figure={props.memoryFigure} unit={props.memoryUnit} />
          </div>
        </>
      )}
      <div role="cell" className={row.quiet} data-column="owner" title={props.owner}>
        {props.owner}
      </div>
      <div role="cell" className={row.quiet} data-column="node" title={props.node ?? t('pods.noNode')}>
        {props.node ?? unknownText}
      </div>
      <div role="cell" className={row.quiet} title={props.why}>
        {props.why}
      </div>
    </div>
  );
});

function Age({ sinceMs }: { readonly sinceMs: number }) {
  return formatAge(useWords(), sinceMs, useNow());
}
