import { unknownText } from '../../../src-shared/format';
import { LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { ShadedFigure, shadedCell } from '../../components/shaded-figure';
import { useWords } from '../../words/use-words';
import type { ProcessColumn } from './process-columns';
import type { ProcessRowValues } from './process-row-values';
import styles from './process-table.module.css';

interface CellProps {
  readonly column: Exclude<ProcessColumn, 'name'>;
  readonly values: ProcessRowValues;
}

/** One cell of a row. What does not fit is in its title. */
export function ProcessCell({ column, values }: CellProps) {
  const { t } = useWords();
  switch (column) {
    case 'score':
      return <ScoreCell values={values} />;
    case 'badges':
      return <BadgesCell values={values} />;
    case 'pid':
      return (
        <div role="cell" className={row.number}>
          {values.pid}
        </div>
      );
    case 'threads':
      return (
        <div role="cell" className={row.number}>
          {values.threads}
        </div>
      );
    case 'user':
      return (
        <div role="cell" className={row.cell} title={values.user ?? t('unknown.notReadable')}>
          {values.user ?? unknownText}
        </div>
      );
    case 'cpu':
      return (
        <div role="cell" className={shadedCell} title={t(values.cpuPercent === unknownText ? 'unknown.firstSample' : 'processes.cpuOfOne')}>
          <ShadedFigure percent={values.cpuShare} figure={values.cpuPercent} unit={values.cpuPercent === unknownText ? '' : '%'} />
        </div>
      );
    case 'memory':
      return (
        <div role="cell" className={shadedCell} title={values.memoryTitle}>
          <ShadedFigure percent={values.memoryShare} figure={values.memoryFigure} unit={values.memoryUnit} />
        </div>
      );
    case 'ports':
      return (
        <div role="cell" className={styles.mono}>
          {/* Where room is short the address gives way, never the port. */}
          <Middle text={values.ports} tailLength={6} />
        </div>
      );
    case 'command':
    case 'terminal':
      return (
        <div role="cell" className={styles.mono} title={values[column]}>
          {values[column]}
        </div>
      );
    case 'role':
    case 'reasons':
    case 'where':
    case 'project':
    case 'started':
      return (
        <div role="cell" className={row.quiet} title={values[column]}>
          {values[column]}
        </div>
      );
  }
}

function ScoreCell({ values: { score, level, riskLevel } }: { readonly values: ProcessRowValues }) {
  const { t } = useWords();
  const isQuiet = level === 'ok' || level === 'inactive';
  return (
    <div role="cell" className={styles.score} data-level={level} title={t(`process.level.${riskLevel}`)}>
      <LevelShape level={isQuiet && score === 0 ? 'inactive' : level} size={9} />
      <span>{score}</span>
    </div>
  );
}

/** From here on an axis is worth a word; it is the border of "worth a look". */
export const badgeFrom = 20;

function BadgesCell({ values }: { readonly values: ProcessRowValues }) {
  const { t } = useWords();
  return (
    <div role="cell" className={styles.badges}>
      {values.exposure >= badgeFrom && (
        <span className={styles.badge} data-strong={values.exposure >= 40} title={values.exposureTitle}>
          {t('process.badge.exposure')}
        </span>
      )}
      {values.health >= badgeFrom && (
        <span className={styles.badge} data-strong={values.health >= 40} title={values.healthTitle}>
          {t('process.badge.health')}
        </span>
      )}
    </div>
  );
}
