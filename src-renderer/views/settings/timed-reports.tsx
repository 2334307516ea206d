import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Settings } from '../../../src-shared/settings';
import { Button } from '../../components/button';
import { Choice } from '../../components/choice';
import { RemoveButton } from '../../components/remove-button';
import { useWords } from '../../words/use-words';
import list from './log-fields.module.css';
import styles from './traffic-fields.module.css';

type Report = Settings['traffic']['reports'][number];

const stretches = ['hour', 'day', 'week'] as const;
const kinds = ['markdown', 'html', 'json', 'csv'] as const;
const kindNames = { markdown: 'Markdown', html: 'HTML', json: 'JSON', csv: 'CSV' } as const;

interface TimedReportsProps {
  readonly reports: readonly Report[];
  readonly onChange: (reports: readonly Report[]) => void;
}

/** Which log, how often, as what, into which folder. */
export function TimedReports({ reports, onChange }: TimedReportsProps) {
  const { t } = useWords();
  const [path, setPath] = useState('');
  const [folder, setFolder] = useState('');
  const [every, setEvery] = useState<Report['every']>('day');
  const [as, setAs] = useState<Report['as']>('html');
  const isWhole = isAbsolute(path) && isAbsolute(folder);
  const isWrong = (path.trim() !== '' && !isAbsolute(path)) || (folder.trim() !== '' && !isAbsolute(folder));
  return (
    <>
      {reports.length > 0 && (
        <ul className={list.words} aria-label={t('settings.timed')}>
          {reports.map((report) => {
            const says = t('settings.timedEntry', {
              every: t(`settings.timedEvery.${report.every}`),
              kind: kindNames[report.as],
              folder: report.folder,
            });
            return (
              <li key={`${report.paths.join()} ${says}`} className={list.entry}>
                <div className={styles.report}>
                  <code title={report.paths.join('\n')}>{report.paths.join(', ')}</code>
                  <p title={says}>{says}</p>
                </div>
                <RemoveButton
                  name={report.paths.join(', ')}
                  says={`${report.paths.join(', ')} ${says}`}
                  onRemove={() => onChange(reports.filter((one) => one !== report))}
                />
              </li>
            );
          })}
        </ul>
      )}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWhole) return;
          const added: Report = { paths: [path.trim()], format: 'auto', every, as, folder: folder.trim() };
          onChange([...reports.filter((one) => JSON.stringify(one) !== JSON.stringify(added)), added]);
          setPath('');
          setFolder('');
        }}
      >
        <label className={styles.field}>
          <span>{t('settings.timedPath')}</span>
          <input
            className="mono"
            value={path}
            maxLength={4_096}
            spellCheck={false}
            placeholder="/var/log/nginx/access.log"
            onChange={(event) => setPath(event.target.value)}
          />
        </label>
        <label className={styles.field}>
          <span>{t('settings.timedFolder')}</span>
          <input
            className="mono"
            value={folder}
            maxLength={4_096}
            spellCheck={false}
            placeholder="~/reports"
            onChange={(event) => setFolder(event.target.value)}
          />
        </label>
        <div className={styles.row}>
          <Choice
            className={list.select}
            label={t('settings.timedEvery')}
            value={every}
            values={stretches}
            textOf={(one) => t(`settings.timedEvery.${one}`)}
            onChange={setEvery}
          />
          <Choice
            className={list.select}
            label={t('settings.timedAs')}
            value={as}
            values={kinds}
            textOf={(one) => kindNames[one]}
            onChange={setAs}
          />
          <Button type="submit" disabled={!isWhole}>
            <Plus size={12} aria-hidden="true" /> {t('logs.add')}
          </Button>
          {isWrong && (
            <p role="status" className={styles.wrong}>
              {t('settings.timedWrong')}
            </p>
          )}
        </div>
      </form>
    </>
  );
}

function isAbsolute(path: string): boolean {
  return /^(\/|~\/|[A-Za-z]:[\\/])/.test(path.trim());
}
