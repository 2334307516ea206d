import { Download } from 'lucide-react';
import type { StoreApi } from 'zustand/vanilla';
import { Button } from '../../../components/button';
import { CopyButton } from '../../../components/copy-button';
import { saveFile } from '../../../components/save-file';
import { useWindowState } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { DropDown } from '../../processes/drop-down';
import { maskedIn, recordsAsJson, recordsAsText } from './console-export';
import { windowPrefs } from './console-prefs';
import type { ConsoleState } from './console-state';
import styles from './export-menu.module.css';

/** What is listed, as text or JSON; masked as it is on screen. */
export function ExportMenu({ feed }: { readonly feed: StoreApi<ConsoleState> }) {
  const { t } = useWords();
  return (
    <DropDown label={t('logs.export')} icon={<Download size={13} aria-hidden="true" />} iconOnly>
      <Choices feed={feed} />
    </DropDown>
  );
}

/** As of the moment it was opened: lines that come meanwhile do not make it flicker, and the file holds what is listed then. */
function Choices({ feed }: { readonly feed: StoreApi<ConsoleState> }) {
  const { t } = useWords();
  const { now } = useWindowState();
  const { records, origins } = feed.getState();
  const { zone } = windowPrefs().getState();
  const name = `logscope-logs-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '')}`;
  const masked = maskedIn(records);
  return (
    <div className={styles.menu}>
      <p className={styles.quiet}>
        {t('logs.exportWhat', { count: records.length })} {t(masked > 0 ? 'logs.exportMasked' : 'logs.exportNoneMasked', { count: masked })}
      </p>
      <div className={styles.ways}>
        <CopyButton label={t('logs.copyAll')} text={() => recordsAsText(records, origins, zone)} />
        <Button onClick={() => saveFile(`${name}.log`, 'text/plain', recordsAsText(records, origins, zone))}>{t('logs.exportText')}</Button>
        <Button onClick={() => saveFile(`${name}.json`, 'application/json', recordsAsJson(records, origins))}>JSON</Button>
      </div>
    </div>
  );
}
