import { Button } from '../../components/button';
import { useWords } from '../../words/use-words';
import styles from './drop-down.module.css';
import { columnPlans, fixedColumns, type ProcessColumn, processColumns } from './process-columns';

interface ColumnChoiceProps {
  readonly columns: readonly ProcessColumn[];
  /** An empty list stands for the usual ones. */
  readonly onChange: (columns: readonly ProcessColumn[]) => void;
}

/** Which columns the table has. */
export function ColumnChoice({ columns, onChange }: ColumnChoiceProps) {
  const { t } = useWords();
  return (
    <>
      <div className={styles.columns}>
        {processColumns.map((column) => (
          <label key={column} className={styles.choice} data-disabled={fixedColumns.has(column)}>
            <input
              type="checkbox"
              checked={columns.includes(column)}
              disabled={fixedColumns.has(column)}
              onChange={(event) =>
                onChange(processColumns.filter((one) => (one === column ? event.target.checked : columns.includes(one))))
              }
            />
            {t(columnPlans[column].label)}
          </label>
        ))}
      </div>
      <div className={styles.ways}>
        <Button onClick={() => onChange([])}>{t('process.columns.usual')}</Button>
      </div>
    </>
  );
}
