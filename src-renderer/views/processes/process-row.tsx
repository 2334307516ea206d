import { ChevronRight } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { Button } from '../../components/button';
import { joinClasses } from '../../components/join-classes';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import { processCell } from './process-cells';
import type { ProcessColumn } from './process-columns';
import type { ProcessMark } from './process-marks';
import { type ProcessRowValues, sameValues } from './process-row-values';
import styles from './process-table.module.css';

interface ProcessRowProps {
  readonly values: ProcessRowValues;
  /** The same array as long as the columns are the same. */
  readonly columns: readonly ProcessColumn[];
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly mark: ProcessMark | null;
  readonly selected: boolean;
  readonly actionsAllowed: boolean;
  /** What it is for stands beside the name where there is no column for it. */
  readonly withCategory: boolean;
  /** Null in the flat table. */
  readonly depth: number | null;
  readonly childCount: number;
  readonly open: boolean;
  readonly onlyParent: boolean;
  readonly onToggle: (id: string) => void;
}

/** One process. Compared by what it shows: an unchanged row is not drawn again. */
export const ProcessRow = memo(
  function ProcessRow(props: ProcessRowProps) {
    const { t } = useWords();
    const { values, mark, depth, columns, childCount, open } = props;
    const { id, level, name } = values;
    const isQuiet = level === 'ok' || level === 'inactive';
    const isProtected = values.killClass === 'K0';
    return (
      <div
        role="row"
        aria-rowindex={props.rowIndex}
        aria-level={depth === null ? undefined : depth + 1}
        aria-expanded={childCount > 0 ? open : undefined}
        className={rowClass}
        style={props.place}
        data-id={id}
        data-level={isQuiet ? 'ok' : 'raised'}
        data-mark={mark ?? undefined}
        data-faint={props.onlyParent}
        data-selected={props.selected}
      >
        {columns.map((column) =>
          column === 'name' ? (
            <NameCell
              key={column}
              id={id}
              name={name}
              command={values.command}
              category={props.withCategory ? values.category : ''}
              mark={mark}
              depth={depth}
              childCount={childCount}
              open={open}
              onToggle={props.onToggle}
            />
          ) : (
            processCell(column, values, t)
          ),
        )}
        <KillCell
          id={id}
          name={name}
          offered={props.actionsAllowed && mark !== 'gone' && !isProtected}
          title={isProtected ? t('process.class.K0') : undefined}
        />
      </div>
    );
  },
  ({ values: before, ...others }, { values, ...next }) =>
    sameValues(before, values) && (Object.keys(next) as (keyof typeof next)[]).every((key) => others[key] === next[key]),
);

const rowClass = joinClasses(row.row, styles.columns);

interface NameCellProps extends Pick<ProcessRowProps, 'mark' | 'depth' | 'childCount' | 'open' | 'onToggle'> {
  readonly id: string;
  readonly name: string;
  readonly command: string;
  /** Empty where a column says it. */
  readonly category: string;
}

const NameCell = memo(function NameCell({ id, name, command, category, mark, depth, childCount, open, onToggle }: NameCellProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <div role="cell" className={styles.name} style={indent(depth)}>
      {childCount > 0 && (
        // Left and right on the row do the same; Tab would only be held up.
        <button
          type="button"
          tabIndex={-1}
          className={styles.toggle}
          aria-label={t(open ? 'process.close' : 'process.open', { name })}
          data-open={open}
          onClick={() => onToggle(id)}
        >
          <ChevronRight size={12} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        data-opens="true"
        data-walk="open"
        className={styles.opener}
        title={command || name}
        onClick={() => toggleSelected(ui, { kind: 'process', id })}
      >
        <Middle text={name} strong />
        {category !== '' && <span className={row.quiet}>{category}</span>}
        {mark !== null && <span className="visually-hidden">{t(`process.mark.${mark}`)}</span>}
      </button>
    </div>
  );
});

interface KillCellProps {
  readonly id: string;
  readonly name: string;
  readonly offered: boolean;
  readonly title: string | undefined;
}

const KillCell = memo(function KillCell({ id, name, offered, title }: KillCellProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <div role="cell" className={styles.kill} title={title}>
      {offered && (
        <Button
          className={joinClasses(row.action, styles.killButton)}
          aria-label={t('processes.killName', { name })}
          data-walk="kill"
          onClick={() => ui.setState({ stopTarget: { id, name } })}
        >
          {t('processes.kill')}
        </Button>
      )}
    </div>
  );
});

/** Deeper than this a name would have no room left. */
const deepest = 12;
const indents = Array.from({ length: deepest + 1 }, (_, depth): CSSProperties => ({ paddingInlineStart: depth * 14 + 18 }));

function indent(depth: number | null): CSSProperties | undefined {
  return depth === null ? undefined : indents[Math.min(depth, deepest)];
}
