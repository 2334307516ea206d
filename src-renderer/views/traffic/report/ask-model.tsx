import { useEffect, useRef, useState } from 'react';
import { RequestError, type TrafficModelAnswer, type TrafficPrompt, type TrafficSources } from '../../../../src-shared/contract';
import { Button } from '../../../components/button';
import { CopyButton } from '../../../components/copy-button';
import { LevelShape } from '../../../components/level-shape';
import { useApp, useWindowState } from '../../../state/context';
import { goTo } from '../../../state/ui-store';
import { printable } from '../../../words/highlight';
import { formatDuration } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import styles from './prompt-dialog.module.css';

interface AskModelProps {
  readonly prompt: TrafficPrompt;
  /** Null: none is set up. */
  readonly model: TrafficSources['model'];
  /** The core keeps a text for ten minutes only. */
  readonly onExpired: () => void;
}

/** Sends the text above, only when asked to, to the model that the person set up. The answer is shown, and nothing is done by it. */
export function AskModel({ prompt, model, onExpired }: AskModelProps) {
  const words = useWords();
  const { t } = words;
  const { client, ui } = useWindowState();
  const mayAsk = useApp((app) => app.info?.actionsAllowed ?? false);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<TrafficModelAnswer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  if (model === null)
    return (
      <p className={styles.quiet}>
        {t('traffic.modelNone')}{' '}
        <Button kind="link" onClick={() => goTo(ui, { section: 'settings' })}>
          {t('section.settings')}
        </Button>
      </p>
    );
  if (!mayAsk) return <p className={styles.quiet}>{t('traffic.modelReadOnly')}</p>;

  async function ask(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      const said = await client.request('traffic.ask', { id: prompt.id });
      if (!left.current) setAnswer(said);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (left.current) return;
      if (error.code === 'expired' || error.code === 'not-found') onExpired();
      setProblem(error.message);
    }
    if (!left.current) setBusy(false);
  }
  return (
    <>
      <div className={styles.send} data-local={model.isLocal}>
        <LevelShape level={model.isLocal ? 'ok' : 'warning'} />
        <p>
          {t(model.isLocal ? 'traffic.modelHere' : 'traffic.modelAway', { size: `${prompt.sizeBytes.toLocaleString('en')} B` })}{' '}
          <code>{printable(model.url)}</code>
        </p>
        <Button kind="primary" disabled={busy} onClick={() => void ask()}>
          {t(busy ? 'traffic.modelAsking' : 'traffic.modelSend', { model: printable(model.name) })}
        </Button>
      </div>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {answer !== null && (
        <section aria-label={t('traffic.modelAnswer')} className={styles.answer}>
          <div className={styles.foot}>
            <h3 className={styles.quiet}>
              {t('traffic.modelAnswerOf', {
                model: printable(answer.model),
                duration: formatDuration(words, Math.max(1, answer.tookMs / 1000)),
              })}
            </h3>
            <CopyButton text={answer.text} label={t('traffic.modelAnswerCopy')} />
          </div>
          <textarea
            className={styles.text}
            readOnly
            rows={8}
            aria-label={t('traffic.modelAnswer')}
            value={answer.text.split('\n').map(printable).join('\n')}
          />
        </section>
      )}
    </>
  );
}
