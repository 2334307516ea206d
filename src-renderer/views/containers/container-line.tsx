import { type CSSProperties, memo } from 'react';
import { unknownText } from '../../../src-shared/format';
import type { Level } from '../../../src-shared/level';
import { Bar } from '../../components/bar';
import { Figure } from '../../components/figure';
import { joinClasses } from '../../components/join-classes';
import { LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { useNow, useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { formatAgo } from '../../words/time';
import { useWords } from '../../words/use-words';
import { shortImage } from './container-words';
import styles from './containers-view.module.css';

interface ContainerLineProps {
  readonly id: string;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly name: string;
  readonly fullName: string;
  /** Null where its group's heading says it. */
  readonly project: string | null;
  readonly grouped: boolean;
  readonly level: Level;
  /** Has figures: running or paused. Otherwise why and since when takes their room. */
  readonly alive: boolean;
  readonly stateText: string;
  readonly stateTitle: string;
  /** When it ended; null while it runs or where nobody knows. */
  readonly endedAtMs: number | null;
  /** What is newer than this run, in words; null when nothing is. */
  readonly stale: string | null;
  readonly cpuPercent: string;
  readonly cpuRatio: number | null;
  readonly cpuLevel: Level;
  readonly memoryFigure: string;
  readonly memoryUnit: string;
  /** Its own limit; null where there is none. */
  readonly memoryLimit: string | null;
  readonly memoryRatio: number | null;
  readonly memoryLevel: Level;
  readonly network: string;
  readonly restartCount: number;
  readonly image: string;
  readonly ports: string;
  readonly selected: boolean;
  /** The one row of the list that Tab reaches; arrow keys move it. */
  readonly current: boolean;
}

/** One container of the full list. Plain values only: an unchanged row is not drawn again. */
export const ContainerLine = memo(function ContainerLine(props: ContainerLineProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className={joinClasses(row.row, styles.columns)}
      style={props.place}
      data-level={props.level}
      data-selected={props.selected}
      data-grouped={props.grouped}
    >
      <div role="cell" className={styles.level} title={t(`level.${props.level}`)}>
        <LevelShape level={props.level} />
        <span className="visually-hidden">{t(`level.${props.level}`)}</span>
      </div>
      <div role="cell" className={styles.name}>
        <button
          type="button"
          className={row.open}
          title={props.fullName}
          aria-label={props.fullName}
          data-row={props.rowIndex}
          tabIndex={props.current ? 0 : -1}
          onClick={() => toggleSelected(ui, { kind: 'container', id: props.id })}
        >
          <Middle text={props.name} strong />
          {props.project !== null && <span className={row.quiet}>{props.project}</span>}
        </button>
        {props.stale !== null && (
          <span className={styles.stale} title={props.stale}>
            {t('containers.stale')}
          </span>
        )}
      </div>
      {props.alive ? <Figures {...props} /> : <Ended {...props} />}
      <div role="cell" className={joinClasses(row.number, styles.restarts)} data-none={props.restartCount === 0}>
        {props.restartCount}
      </div>
      <div
        role="cell"
        className={joinClasses(row.quiet, styles.image)}
        title={`${props.image}${props.ports === '' ? '' : `\n${props.ports}`}`}
      >
        {shortImage(props.image)}
      </div>
    </div>
  );
});

function Figures(props: ContainerLineProps) {
  const { t } = useWords();
  return (
    <>
      <div role="cell" className={row.quiet} title={props.stateTitle}>
        {props.stateText}
      </div>
      <div role="cell" className={styles.bar}>
        <Bar ratio={props.cpuRatio} level={props.cpuLevel} />
        <Figure figure={props.cpuPercent} unit={props.cpuPercent === unknownText ? '' : '%'} />
      </div>
      <div role="cell" className={styles.bar} data-wide="true" title={props.memoryLimit === null ? t('containers.noLimit') : undefined}>
        <Bar ratio={props.memoryRatio} level={props.memoryLevel} />
        <Figure figure={props.memoryFigure} unit={`${props.memoryUnit}${props.memoryLimit === null ? '' : ` / ${props.memoryLimit}`}`} />
      </div>
      <div role="cell" className={joinClasses(row.quiet, styles.network)}>
        {props.network}
      </div>
    </>
  );
}

function Ended({ stateText, stateTitle, endedAtMs }: ContainerLineProps) {
  return (
    <div role="cell" className={joinClasses(row.quiet, styles.ended)} title={stateTitle}>
      <span>{stateText}</span>
      {endedAtMs !== null && <Ago atMs={endedAtMs} />}
    </div>
  );
}

function Ago({ atMs }: { readonly atMs: number }) {
  const words = useWords();
  return <span className={styles.ago}> · {formatAgo(words, atMs, useNow())}</span>;
}
