import type { CSSProperties, ReactNode } from 'react';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { Service } from '../../../src-shared/snapshots';
import { joinClasses } from '../../components/join-classes';
import { type LevelMark, LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { walkRows } from '../../components/row-walk';
import { VirtualRows } from '../../components/virtual-rows';
import { useUi, useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import { PinButton } from './pin-button';
import { serviceId } from './service-words';
import styles from './unit-table.module.css';

interface UnitTableProps {
  readonly label: string;
  /** Columns after the shape, the pin and the name. */
  readonly columns: readonly { readonly label: MessageKey; readonly number?: boolean }[];
  /** Grid of the columns. */
  readonly grid: string | undefined;
  readonly units: readonly Service[];
  readonly empty: string;
  readonly renderLine: (unit: Service, frame: UnitFrame) => ReactNode;
}

/** Where and how a row stands: given to `UnitLine`. */
export interface UnitFrame {
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly selected: boolean;
}

/** Units of one kind as rows: shape, pin and name first, then the columns of the kind. Only the rows on screen are drawn. */
export function UnitTable({ label, columns, grid, units, empty, renderLine }: UnitTableProps) {
  const { t } = useWords();
  const selectedId = useUi((ui) => (ui.selected?.kind === 'service' ? ui.selected.id : null));
  return (
    <div className={styles.table} role="table" aria-label={label} aria-rowcount={units.length + 1} onKeyDown={walkRows}>
      <div role="rowgroup">
        <div role="row" tabIndex={-1} className={joinClasses(row.head, styles.columns, grid)}>
          <div role="columnheader" tabIndex={-1}>
            <span className="visually-hidden">{t('column.level')}</span>
          </div>
          <div role="columnheader" tabIndex={-1}>
            <span className="visually-hidden">{t('column.watched')}</span>
          </div>
          <div role="columnheader" tabIndex={-1}>
            {t('column.name')}
          </div>
          {columns.map((column) => (
            <div key={column.label} role="columnheader" tabIndex={-1} className={joinClasses(column.number && row.number)}>
              {t(column.label)}
            </div>
          ))}
        </div>
      </div>
      {units.length === 0 ? (
        <p className={styles.empty}>{empty}</p>
      ) : (
        <VirtualRows
          keys={units.map(serviceId)}
          renderRow={(index, place) => {
            const unit = units[index];
            return unit ? renderLine(unit, { place, rowIndex: index + 2, selected: serviceId(unit) === selectedId }) : null;
          }}
        />
      )}
    </div>
  );
}

interface UnitLineProps extends UnitFrame {
  readonly id: string;
  readonly unit: string;
  readonly level: LevelMark;
  readonly watched: boolean;
  readonly grid: string | undefined;
  /** The cells after the name. */
  readonly children: ReactNode;
}

/** The row of a unit; its kind fills the cells after the name. */
export function UnitLine({ id, unit, level, watched, place, rowIndex, selected, grid, children }: UnitLineProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={joinClasses(row.row, styles.columns, grid)}
      style={place}
      data-level={level}
      data-selected={selected}
    >
      <div role="cell">
        <LevelShape level={level} />
        <span className="visually-hidden">{t(`level.${level === 'resting' ? 'ok' : level}`)}</span>
      </div>
      <div role="cell">
        <PinButton unit={unit} watched={watched} kind="icon" />
      </div>
      <div role="cell" className={row.cell}>
        <button
          type="button"
          data-opens="true"
          className={row.open}
          title={unit}
          onClick={() => toggleSelected(ui, { kind: 'service', id })}
        >
          <Middle text={unit} strong={watched} tailLength={12} />
        </button>
      </div>
      {children}
    </div>
  );
}
