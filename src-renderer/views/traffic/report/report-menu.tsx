import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { RequestError, type TrafficFilter } from '../../../../src-shared/contract';
import { Button } from '../../../components/button';
import { saveFile } from '../../../components/save-file';
import { useApp, useWindowState } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { DropDown } from '../../processes/drop-down';
import { filterParts } from '../traffic-filter';
import { printReport } from './print-report';
import styles from './report-menu.module.css';

interface ReportMenuProps {
  /** Null: nothing is read yet. */
  readonly session: string | null;
  readonly filter: TrafficFilter;
}

const formats = ['markdown', 'html', 'json', 'csv'] as const;
const names = { markdown: 'Markdown', html: 'HTML', json: 'JSON', csv: 'CSV' } as const;

/** The figures as a file: what is on screen, narrowed as it is. */
export function ReportMenu({ session, filter }: ReportMenuProps) {
  const { t } = useWords();
  return (
    <DropDown label={t('traffic.report')} icon={<FileDown size={13} aria-hidden="true" />}>
      {session === null ? <p className={styles.quiet}>{t('traffic.reportLater')}</p> : <Choices session={session} filter={filter} />}
    </DropDown>
  );
}

function Choices({ session, filter }: { readonly session: string; readonly filter: TrafficFilter }) {
  const { t } = useWords();
  const { client } = useWindowState();
  const isDesktop = useApp((app) => app.info?.door === 'electron');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ readonly text: string; readonly isProblem: boolean } | null>(null);

  async function make(work: () => Promise<string | null>): Promise<void> {
    setBusy(true);
    setSaid(null);
    try {
      const text = await work();
      setSaid(text === null ? null : { text, isProblem: false });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setSaid({ text: error.message, isProblem: true });
    } finally {
      setBusy(false);
    }
  }
  const save = (format: (typeof formats)[number]) =>
    make(async () => {
      const { fileName, mediaType, text } = await client.request('traffic.export', { session, filter, format });
      saveFile(fileName, mediaType, text);
      return t('traffic.reportMade', { name: fileName });
    });
  const pdf = () =>
    make(async () => {
      if (isDesktop) {
        const { saved, path } = await client.request('traffic.pdf', { session, filter });
        return saved && path !== null ? t('traffic.reportSaved', { path }) : t('traffic.reportNotSaved');
      }
      const { text } = await client.request('traffic.export', { session, filter, format: 'html' });
      await printReport(text);
      return null;
    });
  return (
    <div className={styles.menu}>
      <p className={styles.quiet}>{t(filterParts(filter).length > 0 ? 'traffic.reportNarrowed' : 'traffic.reportWhole')}</p>
      <div className={styles.ways}>
        {formats.map((format) => (
          <Button key={format} disabled={busy} onClick={() => void save(format)}>
            {names[format]}
          </Button>
        ))}
        <Button disabled={busy} onClick={() => void pdf()}>
          PDF
        </Button>
      </div>
      <p className={styles.said} role="status" data-problem={said?.isProblem ?? false}>
        {said?.text ?? (isDesktop ? '' : t('traffic.pdfPrints'))}
      </p>
    </div>
  );
}
