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

interface ContainerRowProps extends NameCellProps {
  readonly place: CSSProperties;
  readonly running: boolean;
  readonly note: string;
  /** What stands in the place of the note while there is nothing to say, where there is room. */
  readonly image: string;
  /** When it ended; null while it runs. */
  readonly endedAtMs: number | null;
  readonly cpuPercent: string;
  /** Null where the chart above draws the bar: the row then does not change with it. */
  readonly cpuRatio: number | null;
  readonly cpuLevel: Level;
  readonly memoryFigure: string;
  readonly memoryUnit: string;
  readonly memoryRatio: number | null;
  readonly memoryLevel: Level;
  readonly selected: boolean;
}

/**
 * One container. Plain values only: an unchanged row is not drawn again, and in a changed one only the cells that differ.
 * The tooltips of its figures are written by the table when they are pointed at (`data-tip`): they change with every reading.
 */
export const ContainerRow = memo(function ContainerRow(props: ContainerRowProps) {
  return (
    <div
      role="row"
      className={joinClasses(row.row, styles.row)}
      style={props.place}
      data-container={props.id}
      data-level={props.level}
      data-selected={props.selected}
    >
      <LevelShape level={props.level} />
      <NameCell id={props.id} name={props.name} fullName={props.fullName} project={props.project} level={props.level} />
      {props.running ? (
        <>
          <Bar ratio={props.cpuRatio} level={props.cpuLevel} />
          <FigureCell tip="cpu" figure={props.cpuPercent} unit={props.cpuPercent === '–' ? '' : '%'} />
          <Bar ratio={props.memoryRatio} level={props.memoryLevel} />
          <FigureCell tip="memory" figure={props.memoryFigure} unit={props.memoryUnit} />
          <NoteCell note={props.note} image={props.image} />
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

interface NameCellProps {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly project: string | null;
  readonly level: Level;
}

const NameCell = memo(function NameCell({ id, name, fullName, project, level }: NameCellProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <div role="cell" className={row.name}>
      <button
        type="button"
        className={row.open}
        title={fullName}
        aria-label={`${fullName}, ${t(`level.${level}`)}`}
        onClick={() => toggleSelected(ui, { kind: 'container', id })}
      >
        <Middle text={name} strong />
      </button>
      {project !== null && <span className={row.quiet}>{project}</span>}
    </div>
  );
});

export type FigureTip = 'cpu' | 'memory';

interface FigureCellProps {
  readonly tip: FigureTip;
  readonly figure: string;
  readonly unit: string;
}

const FigureCell = memo(function FigureCell({ tip, figure, unit }: FigureCellProps) {
  return (
    <div role="cell" className={row.number} data-tip={tip}>
      <Figure figure={figure} unit={unit} />
    </div>
  );
});

const NoteCell = memo(function NoteCell({ note, image }: { readonly note: string; readonly image: string }) {
  return (
    <div role="cell" className={joinClasses(row.quiet, note === '' && styles.idle)} title={note === '' ? image : note}>
      {note === '' ? shortImage(image) : note}
    </div>
  );
});

function Ended({ atMs }: { readonly atMs: number }) {
  const words = useWords();
  return <span className={styles.since}> · {formatAgo(words, atMs, useNow())}</span>;
}
