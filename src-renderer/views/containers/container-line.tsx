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

/** One container of the full list. Plain values only: an unchanged row is not drawn again, and in a changed one only the cells that differ. */
export const ContainerLine = memo(function ContainerLine(props: ContainerLineProps) {
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
      <LevelCell level={props.level} />
      <NameCell
        id={props.id}
        rowIndex={props.rowIndex}
        name={props.name}
        fullName={props.fullName}
        project={props.project}
        stale={props.stale}
        current={props.current}
      />
      {props.alive ? <Figures {...props} /> : <Ended {...props} />}
      <LastCells restartCount={props.restartCount} image={props.image} ports={props.ports} />
    </div>
  );
});

const LevelCell = memo(function LevelCell({ level }: Pick<ContainerLineProps, 'level'>) {
  const { t } = useWords();
  return (
    <div role="cell" className={styles.level} title={t(`level.${level}`)}>
      <LevelShape level={level} />
      <span className="visually-hidden">{t(`level.${level}`)}</span>
    </div>
  );
});

type NameCellProps = Pick<ContainerLineProps, 'id' | 'rowIndex' | 'name' | 'fullName' | 'project' | 'stale' | 'current'>;

const NameCell = memo(function NameCell({ id, rowIndex, name, fullName, project, stale, current }: NameCellProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <div role="cell" className={row.name}>
      <button
        type="button"
        className={row.open}
        title={fullName}
        aria-label={fullName}
        data-row={rowIndex}
        tabIndex={current ? 0 : -1}
        onClick={() => toggleSelected(ui, { kind: 'container', id })}
      >
        <Middle text={name} strong />
      </button>
      {project !== null && <span className={row.quiet}>{project}</span>}
      {stale !== null && (
        <span className={styles.stale} title={stale}>
          {t('containers.stale')}
        </span>
      )}
    </div>
  );
});

function Figures(props: ContainerLineProps) {
  const { t } = useWords();
  return (
    <>
      <QuietCell text={props.stateText} title={props.stateTitle} />
      <BarCell ratio={props.cpuRatio} level={props.cpuLevel} figure={props.cpuPercent} unit={props.cpuPercent === unknownText ? '' : '%'} />
      <BarCell
        ratio={props.memoryRatio}
        level={props.memoryLevel}
        figure={props.memoryFigure}
        unit={`${props.memoryUnit}${props.memoryLimit === null ? '' : ` / ${props.memoryLimit}`}`}
        wide
        title={props.memoryLimit === null ? t('containers.noLimit') : undefined}
      />
      <QuietCell text={props.network} className={styles.network} />
    </>
  );
}

interface QuietCellProps {
  readonly text: string;
  readonly title?: string;
  readonly className?: string | undefined;
}

const QuietCell = memo(function QuietCell({ text, title, className }: QuietCellProps) {
  return (
    <div role="cell" className={joinClasses(row.quiet, className)} title={title}>
      {text}
    </div>
  );
});

interface BarCellProps {
  readonly ratio: number | null;
  readonly level: Level;
  readonly figure: string;
  readonly unit: string;
  readonly wide?: boolean;
  readonly title?: string | undefined;
}

const BarCell = memo(function BarCell({ ratio, level, figure, unit, wide = false, title }: BarCellProps) {
  return (
    <div role="cell" className={styles.bar} data-wide={wide} title={title}>
      <Bar ratio={ratio} level={level} />
      <Figure figure={figure} unit={unit} />
    </div>
  );
});

const LastCells = memo(function LastCells({ restartCount, image, ports }: Pick<ContainerLineProps, 'restartCount' | 'image' | 'ports'>) {
  return (
    <>
      <div role="cell" className={joinClasses(row.number, styles.restarts)} data-none={restartCount === 0}>
        {restartCount}
      </div>
      <div role="cell" className={joinClasses(row.quiet, styles.image)} title={`${image}${ports === '' ? '' : `\n${ports}`}`}>
        {shortImage(image)}
      </div>
    </>
  );
});

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
