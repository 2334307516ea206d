import { type CSSProperties, memo } from 'react';
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
import { shortImage } from '../containers/container-words';
import styles from './containers-panel.module.css';

interface ContainerRowProps {
  readonly id: string;
  readonly place: CSSProperties;
  readonly name: string;
  readonly fullName: string;
  readonly project: string | null;
  readonly level: Level;
  readonly running: boolean;
  readonly note: string;
  /** What stands in the place of the note while there is nothing to say, where there is room. */
  readonly image: string;
  /** When it ended; null while it runs. */
  readonly endedAtMs: number | null;
  readonly cpuPercent: string;
  readonly cpuTitle: string;
  /** Null where the chart above draws the bar: the row then does not change with it. */
  readonly cpuRatio: number | null;
  readonly cpuLevel: Level;
  readonly memoryFigure: string;
  readonly memoryUnit: string;
  readonly memoryTitle: string;
  readonly memoryRatio: number | null;
  readonly memoryLevel: Level;
  readonly selected: boolean;
}

/** One container. Plain values only: an unchanged row is not drawn again. */
export const ContainerRow = memo(function ContainerRow(props: ContainerRowProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <div
      role="row"
      className={joinClasses(row.row, styles.row)}
      style={props.place}
      data-level={props.level}
      data-selected={props.selected}
    >
      <LevelShape level={props.level} />
      <div role="cell" className={row.cell}>
        <button
          type="button"
          className={row.open}
          title={props.fullName}
          aria-label={`${props.fullName}, ${t(`level.${props.level}`)}`}
          onClick={() => toggleSelected(ui, { kind: 'container', id: props.id })}
        >
          <Middle text={props.name} strong />
          {props.project !== null && <span className={row.quiet}>{props.project}</span>}
        </button>
      </div>
      {props.running ? (
        <>
          <Bar ratio={props.cpuRatio} level={props.cpuLevel} />
          <div role="cell" className={row.number} title={props.cpuTitle}>
            <Figure figure={props.cpuPercent} unit={props.cpuPercent === '–' ? '' : '%'} />
          </div>
          <Bar ratio={props.memoryRatio} level={props.memoryLevel} />
          <div role="cell" className={row.number} title={props.memoryTitle}>
            <Figure figure={props.memoryFigure} unit={props.memoryUnit} />
          </div>
          <div
            role="cell"
            className={joinClasses(row.quiet, props.note === '' && styles.idle)}
            title={props.note === '' ? props.image : props.note}
          >
            {props.note === '' ? shortImage(props.image) : props.note}
          </div>
        </>
      ) : (
        <div role="cell" className={styles.ended} data-level={props.level} title={props.note}>
          {props.note}
          {props.endedAtMs !== null && <Ended atMs={props.endedAtMs} />}
        </div>
      )}
    </div>
  );
});

function Ended({ atMs }: { readonly atMs: number }) {
  const words = useWords();
  return <span className={styles.since}> · {formatAgo(words, atMs, useNow())}</span>;
}
