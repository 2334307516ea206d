import { useState } from 'react';
import { type ActionResult, RequestError } from '../../src-shared/contract';
import { useWords, type Words } from '../words/use-words';
import { Button } from './button';
import styles from './confirm-action.module.css';
import { LevelShape } from './level-shape';
import { Modal } from './modal';

export interface Question {
  /** "Stop shop-postgres-1?" */
  readonly question: string;
  /** What it means and what is lost, a sentence each. */
  readonly losses: readonly string[];
  /** The verb on the button: "Stop". */
  readonly verb: string;
}

interface ConfirmActionProps extends Question {
  readonly run: () => Promise<ActionResult>;
  readonly onClose: () => void;
  /** After it was done; the dialog closes by itself then. A refusal stays in the dialog. */
  readonly onDone?: (result: ActionResult) => void;
}

/** Asks before something is destroyed, says what came of it. Accessible name: "Confirm". */
export function ConfirmAction({ question, losses, verb, run, onClose, onDone }: ConfirmActionProps) {
  const words = useWords();
  const [step, setStep] = useState<'asking' | 'sending' | { readonly problem: string }>('asking');

  async function confirm(): Promise<void> {
    setStep('sending');
    const result = await runAction(words, run);
    if (result.outcome !== 'done') {
      setStep({ problem: actionText(words, result) });
      return;
    }
    onDone?.(result);
    onClose();
  }

  const { t } = words;
  const problem = typeof step === 'object' ? step.problem : null;
  return (
    <Modal title={t('confirm.title')} hideTitle onClose={onClose}>
      <div className={styles.flow}>
        <p className={styles.question}>{question}</p>
        {losses.length > 0 && (
          <ul className={styles.losses}>
            {losses.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        )}
        <div aria-live="polite" className={styles.said}>
          {problem !== null && (
            <p className={styles.problem}>
              <LevelShape level="warning" /> {problem}
            </p>
          )}
        </div>
        <div className={styles.ways}>
          {/* First, so that the focus begins where nothing is lost. */}
          <Button onClick={onClose}>{t(problem === null ? 'action.cancel' : 'action.close')}</Button>
          <Button kind="danger" disabled={step === 'sending'} onClick={confirm}>
            {step === 'sending' ? t('confirm.sending') : problem === null ? verb : t('panel.retry')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** Runs a request; one that LogScope itself refuses or that never arrives becomes a result like any other. */
export async function runAction(words: Words, run: () => Promise<ActionResult>): Promise<ActionResult> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { outcome: error.code === 'not-found' ? 'gone' : 'failed', text: words.tOr(`action.problem.${error.code}`, error.message) };
  }
}

/** What came of it in the person's language, then the other side's own words. */
export function actionText(words: Words, { outcome, text, sentences }: ActionResult): string {
  const says = words.t(`action.outcome.${outcome}`);
  const more = sentences === undefined ? text : words.sentences(sentences);
  return more === '' || outcome === 'done' ? says : `${says} ${more}`;
}
