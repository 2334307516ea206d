import { type CSSProperties, memo } from 'react';
import { bytesQuantity, type Quantity } from '../../../../src-shared/format';
import type { TrafficEndpoint } from '../../../../src-shared/traffic/report';
import { joinClasses } from '../../../components/join-classes';
import { LevelShape } from '../../../components/level-shape';
import { Middle } from '../../../components/middle';
import row from '../../../components/row.module.css';
import { ShadedFigure, shadedCell, shownPercent } from '../../../components/shaded-figure';
import { useWords } from '../../../words/use-words';
import { countText, logText, shareQuantity, timeQuantity } from '../figure-text';
import type { endpointColumns } from './endpoint-order';
import styles from './endpoint-table.module.css';

type Column = (typeof endpointColumns)[number];

interface EndpointRowProps {
  readonly endpoint: TrafficEndpoint;
  readonly columns: readonly Column[];
  readonly most: Readonly<Record<Exclude<Column, 'errors'>, number>>;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly selected: boolean;
  readonly onOpen: (method: string, path: string) => void;
}

/** Errors from this share on are marked. */
const manyErrors = 0.05;

export const EndpointRow = memo(function EndpointRow(props: EndpointRowProps) {
  const { endpoint, columns, most, place, rowIndex, selected, onOpen } = props;
  const { t } = useWords();
  const { method, path, errorRatio, clientErrors, serverErrors } = endpoint;
  const name = logText(`${method} ${path}`);
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={joinClasses(row.row, styles.columns)}
      data-selected={selected}
      style={place}
      tabIndex={-1}
    >
      <div role="cell" className={row.name}>
        <button
          type="button"
          className={joinClasses(row.open, styles.open)}
          data-opens="true"
          aria-pressed={selected}
          aria-label={t('traffic.narrowTo', { name })}
          onClick={() => onOpen(method, path)}
        >
          <span className={styles.method}>{logText(method)}</span>
          <span className={styles.path}>
            <Middle text={logText(path)} tailLength={14} />
          </span>
        </button>
      </div>
      {columns.map((column) =>
        column === 'errors' ? (
          <div
            key={column}
            role="cell"
            className={joinClasses(row.number, styles.errors)}
            title={t('traffic.errorsOf', { clientErrors: countText(clientErrors), serverErrors: countText(serverErrors) })}
          >
            {errorRatio >= manyErrors && <LevelShape level={serverErrors > clientErrors ? 'critical' : 'warning'} size={9} />}
            <ShadedFigure percent={0} {...shareQuantity(errorRatio)} />
          </div>
        ) : (
          <div key={column} role="cell" className={shadedCell}>
            <ShadedFigure percent={shownPercent((endpoint[column] ?? 0) / most[column])} {...quantityOf(column, endpoint[column])} />
          </div>
        ),
      )}
    </div>
  );
});

function quantityOf(column: Exclude<Column, 'errors'>, value: number | null): Quantity {
  if (column === 'requests') return { figure: countText(value), unit: '' };
  return column === 'bytes' ? bytesQuantity(value) : timeQuantity(value);
}
