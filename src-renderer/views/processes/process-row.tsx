import { type CSSProperties, memo } from 'react';
import { unknownText } from '../../../src-shared/format';
import type { Level } from '../../../src-shared/level';
import { Button } from '../../components/button';
import { joinClasses } from '../../components/join-classes';
import { LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { ShadedFigure, shadedCell } from '../../components/shaded-figure';
import { useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import styles from './process-table.module.css';

interface ProcessRowProps {
  readonly id: string;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly score: number;
  readonly level: Level;
  readonly name: string;
  readonly command: string;
  readonly pid: number;
  readonly user: string | null;
  readonly cpuPercent: string;
  /** Share of the whole machine in whole percent: the shade behind the figure. */
  readonly cpuShare: number;
  readonly memoryFigure: string;
  readonly memoryUnit: string;
  readonly memoryTitle: string;
  readonly memoryShare: number;
  readonly ports: string;
  readonly reasons: string;
  readonly selected: boolean;
  readonly actionsAllowed: boolean;
}

/** One process. Plain values only: an unchanged row is not drawn again. */
export const ProcessRow = memo(function ProcessRow(props: ProcessRowProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const quietScore = props.level === 'ok' || props.level === 'inactive';
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className={joinClasses(row.row, styles.columns)}
      style={props.place}
      data-level={quietScore ? 'ok' : 'raised'}
      data-selected={props.selected}
    >
      <div role="cell" className={styles.score} data-level={props.level}>
        <LevelShape level={quietScore && props.score === 0 ? 'inactive' : props.level} size={9} />
        <span>{props.score}</span>
      </div>
      <div role="cell" className={row.cell}>
        <button
          type="button"
          className={row.open}
          title={props.command || props.name}
          onClick={() => toggleSelected(ui, { kind: 'process', id: props.id })}
        >
          <Middle text={props.name} strong />
        </button>
      </div>
      <div role="cell" className={row.number}>
        {props.pid}
      </div>
      <div role="cell" className={row.cell} title={props.user ?? t('unknown.notReadable')}>
        {props.user ?? unknownText}
      </div>
      <div role="cell" className={shadedCell} title={props.cpuPercent === unknownText ? t('unknown.firstSample') : t('processes.cpuOfOne')}>
        <ShadedFigure percent={props.cpuShare} figure={props.cpuPercent} unit={props.cpuPercent === unknownText ? '' : '%'} />
      </div>
      <div role="cell" className={shadedCell} title={props.memoryTitle}>
        <ShadedFigure percent={props.memoryShare} figure={props.memoryFigure} unit={props.memoryUnit} />
      </div>
      <div role="cell" className={styles.ports} title={props.ports}>
        {props.ports}
      </div>
      <div role="cell" className={row.quiet} title={props.reasons}>
        {props.reasons}
      </div>
      <div role="cell" className={styles.kill}>
        {props.actionsAllowed && (
          <Button
            className={joinClasses(row.action, styles.killButton)}
            aria-label={t('processes.killName', { name: props.name })}
            onClick={() => ui.setState({ stopTarget: { id: props.id, name: props.name } })}
          >
            {t('processes.kill')}
          </Button>
        )}
      </div>
    </div>
  );
});
