import { memo, type ReactNode } from 'react';
import { unknownText } from '../../../src-shared/format';
import type { Level } from '../../../src-shared/level';
import { LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { ShadedFigure, shadedCell } from '../../components/shaded-figure';
import type { Words } from '../../words/use-words';
import type { ProcessColumn } from './process-columns';
import type { ProcessRowValues } from './process-row-values';
import styles from './process-table.module.css';

/**
 * One cell of a row. What does not fit is in its title. Every cell is drawn by itself from plain values: in most readings only
 * CPU and memory of a row are new.
 */
export function processCell(column: Exclude<ProcessColumn, 'name'>, values: ProcessRowValues, t: Words['t']): ReactNode {
  switch (column) {
    case 'score':
      return <ScoreCell key={column} score={values.score} level={values.level} title={t(`process.level.${values.riskLevel}`)} />;
    case 'badges':
      return (
        <BadgesCell
          key={column}
          exposure={values.exposure}
          exposureTitle={values.exposureTitle}
          exposureWord={t('process.badge.exposure')}
          health={values.health}
          healthTitle={values.healthTitle}
          healthWord={t('process.badge.health')}
        />
      );
    case 'pid':
      return <TextCell key={column} look={row.number} text={String(values.pid)} />;
    case 'threads':
      return <TextCell key={column} look={row.number} text={String(values.threads)} />;
    case 'user':
      return <TextCell key={column} look={row.cell} text={values.user ?? unknownText} title={values.user ?? t('unknown.notReadable')} />;
    case 'cpu':
      return (
        <FigureCell
          key={column}
          percent={values.cpuShare}
          figure={values.cpuPercent}
          unit={values.cpuPercent === unknownText ? '' : '%'}
          title={t(values.cpuPercent === unknownText ? 'unknown.firstSample' : 'processes.cpuOfOne')}
        />
      );
    case 'memory':
      return (
        <FigureCell
          key={column}
          percent={values.memoryShare}
          figure={values.memoryFigure}
          unit={values.memoryUnit}
          title={values.memoryTitle}
        />
      );
    case 'ports':
      return <PortsCell key={column} ports={values.ports} />;
    case 'command':
    case 'terminal':
      return <TextCell key={column} look={styles.mono} text={values[column]} title={values[column]} />;
    case 'role':
    case 'reasons':
    case 'where':
    case 'project':
    case 'started':
      return <TextCell key={column} look={row.quiet} text={values[column]} title={values[column]} />;
  }
}

interface TextCellProps {
  readonly look: string | undefined;
  readonly text: string;
  readonly title?: string;
}

const TextCell = memo(function TextCell({ look, text, title }: TextCellProps) {
  return (
    <div role="cell" className={look} title={title}>
      {text}
    </div>
  );
});

interface FigureCellProps {
  readonly percent: number;
  readonly figure: string;
  readonly unit: string;
  readonly title: string;
}

const FigureCell = memo(function FigureCell({ percent, figure, unit, title }: FigureCellProps) {
  return (
    <div role="cell" className={shadedCell} title={title}>
      <ShadedFigure percent={percent} figure={figure} unit={unit} />
    </div>
  );
});

/** Where room is short the address gives way, never the port. */
const PortsCell = memo(function PortsCell({ ports }: { readonly ports: string }) {
  return (
    <div role="cell" className={styles.mono}>
      {ports !== '' && <Middle text={ports} tailLength={6} />}
    </div>
  );
});

interface ScoreCellProps {
  readonly score: number;
  readonly level: Level;
  readonly title: string;
}

const ScoreCell = memo(function ScoreCell({ score, level, title }: ScoreCellProps) {
  const isQuiet = level === 'ok' || level === 'inactive';
  return (
    <div role="cell" className={styles.score} data-level={level} title={title}>
      <LevelShape level={isQuiet && score === 0 ? 'inactive' : level} size={9} />
      <span>{score}</span>
    </div>
  );
});

/** From here on an axis is worth a word; it is the border of "worth a look". */
export const badgeFrom = 20;

interface BadgesCellProps {
  readonly exposure: number;
  readonly exposureTitle: string;
  readonly exposureWord: string;
  readonly health: number;
  readonly healthTitle: string;
  readonly healthWord: string;
}

const BadgesCell = memo(function BadgesCell(props: BadgesCellProps) {
  return (
    <div role="cell" className={styles.badges}>
      {props.exposure >= badgeFrom && (
        <span className={styles.badge} data-strong={props.exposure >= 40} title={props.exposureTitle}>
          {props.exposureWord}
        </span>
      )}
      {props.health >= badgeFrom && (
        <span className={styles.badge} data-strong={props.health >= 40} title={props.healthTitle}>
          {props.healthWord}
        </span>
      )}
    </div>
  );
});
