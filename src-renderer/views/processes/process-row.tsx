import { ChevronRight } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { Button } from '../../components/button';
import { joinClasses } from '../../components/join-classes';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import { ProcessCell } from './process-cells';
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
    const { values, mark, depth, columns } = props;
    const { level, name } = values;
    const isQuiet = level === 'ok' || level === 'inactive';
    return (
      <div
        role="row"
        aria-rowindex={props.rowIndex}
        {...(depth === null ? {} : { 'aria-level': depth + 1 })}
        {...(props.childCount > 0 ? { 'aria-expanded': props.open } : {})}
        className={joinClasses(row.row, styles.columns)}
        style={props.place}
        data-id={values.id}
        data-level={isQuiet ? 'ok' : 'raised'}
        data-mark={mark ?? undefined}
        data-faint={props.onlyParent}
        data-selected={props.selected}
      >
        {columns.map((column) =>
          column === 'name' ? <NameCell key={column} {...props} /> : <ProcessCell key={column} column={column} values={values} />,
        )}
        <div role="cell" className={styles.kill} title={values.killClass === 'K0' ? t('process.class.K0') : undefined}>
          {props.actionsAllowed && mark !== 'gone' && values.killClass !== 'K0' && <KillButton id={values.id} name={name} />}
        </div>
      </div>
    );
  },
  ({ values: before, ...others }, { values, ...next }) =>
    sameValues(before, values) && (Object.keys(next) as (keyof typeof next)[]).every((key) => others[key] === next[key]),
);

function NameCell({ values, depth, childCount, open, mark, withCategory, onToggle }: ProcessRowProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const { id, name, command, category } = values;
  return (
    <div role="cell" className={styles.name} data-indent={depth === null ? undefined : 'true'} style={indent(depth)}>
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
        {withCategory && category !== '' && <span className={row.quiet}>{category}</span>}
        {mark !== null && <span className="visually-hidden">{t(`process.mark.${mark}`)}</span>}
      </button>
    </div>
  );
}

function KillButton({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <Button
      className={joinClasses(row.action, styles.killButton)}
      aria-label={t('processes.killName', { name })}
      data-walk="kill"
      onClick={() => ui.setState({ stopTarget: { id, name } })}
    >
      {t('processes.kill')}
    </Button>
  );
}

/** Deeper than this a name would have no room left. */
const deepest = 12;
const indents = Array.from({ length: deepest + 1 }, (_, depth): CSSProperties => ({ paddingInlineStart: depth * 14 + 18 }));

function indent(depth: number | null): CSSProperties | undefined {
  return depth === null ? undefined : indents[Math.min(depth, deepest)];
}
