import { useState } from 'react';
import { RequestError, type SavedEvidence } from '../../src-shared/contract';
import { Button } from '../components/button';
import { CopyButton } from '../components/copy-button';
import { useWindowState } from '../state/context';
import { useWords } from '../words/use-words';
import styles from './stop-dialog.module.css';

/** Before something very unusual is ended: save what is lost with it. Offered, never forced. */
export function StopEvidence({ ticket }: { readonly ticket: string }) {
  const words = useWords();
  const { t } = words;
  const { client } = useWindowState();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<SavedEvidence | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function save(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      setSaved(await client.request('processes.save-evidence', { ticket }));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setProblem(words.tOr(`stop.problem.${error.code}`, error.message));
    }
    setBusy(false);
  }

  return (
    <section className={styles.card} data-level="warning" aria-label={t('stop.evidence.save')}>
      <p>
        {t('stop.evidence')} {t('stop.pauseHint')}
      </p>
      <div aria-live="polite" className={styles.evidence}>
        {saved === null ? (
          <Button disabled={busy} onClick={save}>
            {t(busy ? 'stop.evidence.saving' : 'stop.evidence.save')}
          </Button>
        ) : (
          <p className={styles.saved}>
            <span>
              {t('stop.evidence.saved')} <code>{saved.folder}</code>
            </span>
            <CopyButton text={saved.folder} label={t('stop.evidence.folder')} iconOnly />
          </p>
        )}
        {saved !== null && saved.missing.length > 0 && (
          <p className={styles.quiet}>{t('stop.evidence.missing', { parts: saved.missing.join(', ') })}</p>
        )}
        {problem !== null && <p>{problem}</p>}
      </div>
    </section>
  );
}
