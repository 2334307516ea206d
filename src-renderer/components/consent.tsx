import { Play } from 'lucide-react';
import { useState } from 'react';
import { RequestError } from '../../src-shared/contract';
import type { Unavailable } from '../../src-shared/reading';
import type { SourceId } from '../../src-shared/snapshots';
import { useApp, useWindowState } from '../state/context';
import { useChangeSettings } from '../state/use-change-settings';
import { commandText } from '../words/command-text';
import { useWords } from '../words/use-words';
import { Button } from './button';
import styles from './consent.module.css';

interface ConsentProps {
  readonly source: SourceId;
  readonly consent: NonNullable<Unavailable['consent']>;
}

/** A program that a source wants to run: the whole command as it will be run, and the button that lets it. */
export function Consent({ source, consent }: ConsentProps) {
  const { t, tOr } = useWords();
  const { client } = useWindowState();
  const change = useChangeSettings();
  const agreed = useApp((app) => app.settings.kubernetes.agreedCommands);
  const mayAgree = useApp((app) => app.info?.actionsAllowed ?? false);
  const [step, setStep] = useState<'asking' | 'running' | { readonly problem: string }>('asking');

  async function agree(): Promise<void> {
    setStep('running');
    try {
      await change({ kubernetes: { agreedCommands: [...new Set([...agreed, consent.key])] } });
      await client.request('readings.refresh', { source });
      setStep('asking');
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setStep({ problem: tOr(`settings.problem.${error.code}`, error.message) });
    }
  }

  return (
    <div className={styles.consent}>
      <p>{t('consent.intro')}</p>
      <code role="figure" aria-label={t('consent.command')} className={styles.command}>
        {commandText(consent.command)}
      </code>
      <div className={styles.ways}>
        <Button kind="primary" disabled={!mayAgree || step === 'running'} onClick={agree}>
          <Play size={12} aria-hidden="true" /> {t(step === 'running' ? 'consent.running' : 'consent.run')}
        </Button>
        <span className={styles.quiet}>{t(mayAgree ? 'consent.remembered' : 'consent.readOnly')}</span>
      </div>
      {typeof step === 'object' && <p role="alert">{step.problem}</p>}
    </div>
  );
}
