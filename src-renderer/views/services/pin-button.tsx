import { Pin } from 'lucide-react';
import { useState } from 'react';
import { RequestError } from '../../../src-shared/contract';
import { Button } from '../../components/button';
import { joinClasses } from '../../components/join-classes';
import row from '../../components/row.module.css';
import { useApp } from '../../state/context';
import { useChangeSettings } from '../../state/use-change-settings';
import { useWords } from '../../words/use-words';
import styles from './pin-button.module.css';
import { pinPatch } from './pin-patch';

interface PinButtonProps {
  readonly unit: string;
  readonly watched: boolean;
  /** icon: in a row, quiet until pointed at; text: in the panel. */
  readonly kind: 'icon' | 'text';
}

/** Puts a unit into the watch list, or out of it. */
export function PinButton({ unit, watched, kind }: PinButtonProps) {
  const { t } = useWords();
  const services = useApp((app) => app.settings.services);
  const mayChange = useApp((app) => app.info?.actionsAllowed ?? false);
  const change = useChangeSettings();
  const [problem, setProblem] = useState<string | null>(null);
  const does = t(watched ? 'services.unpin' : 'services.pin', { unit });

  async function turn(): Promise<void> {
    setProblem(null);
    try {
      await change({ services: pinPatch(services, unit, watched) });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setProblem(error.message);
    }
  }

  const common = {
    title: problem ?? (mayChange ? does : t('services.pinReadOnly')),
    disabled: !mayChange,
    onClick: turn,
  };
  if (kind === 'icon')
    return (
      <button
        type="button"
        className={joinClasses(row.action, styles.pin)}
        aria-label={t('services.pin', { unit })}
        aria-pressed={watched}
        {...common}
      >
        <Pin size={13} aria-hidden="true" />
      </button>
    );
  return (
    <Button {...common}>
      <Pin size={12} aria-hidden="true" className={watched ? styles.filled : undefined} />{' '}
      {t(watched ? 'services.watchedWord' : 'services.watchWord')}
    </Button>
  );
}
