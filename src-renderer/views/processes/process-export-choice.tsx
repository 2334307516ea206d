import type { ProcessTexts } from '../../../src-shared/process-filter/match';
import type { Process } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { saveFile } from '../../components/save-file';
import { useWindowState } from '../../state/context';
import { useMaskText } from '../../words/mask-text';
import { useWords } from '../../words/use-words';
import styles from './drop-down.module.css';
import type { ProcessColumn } from './process-columns';
import { processesAsCsv, processesAsJson } from './process-export';

interface ExportChoiceProps {
  readonly processes: readonly Process[];
  readonly columns: readonly ProcessColumn[];
  readonly texts: ProcessTexts;
}

/** What is listed, with the columns that are shown, as a file. */
export function ExportChoice({ processes, columns, texts }: ExportChoiceProps) {
  const { t } = useWords();
  const { now } = useWindowState();
  const mask = useMaskText();
  const name = `logscope-processes-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '')}`;
  return (
    <>
      <p className={styles.quiet}>{t('process.export.what', { count: processes.length })}</p>
      <div className={styles.ways}>
        <Button onClick={() => saveFile(`${name}.csv`, 'text/csv', mask(processesAsCsv(processes, columns, texts)))}>CSV</Button>
        <Button onClick={() => saveFile(`${name}.json`, 'application/json', mask(processesAsJson(processes, columns, texts)))}>JSON</Button>
      </div>
    </>
  );
}
