import { useCallback, useEffect, useState } from 'react';
import { RequestError, type StopPreview, type StopResult } from '../../src-shared/contract';
import { formatSocket, unknownText } from '../../src-shared/format';
import { Button } from '../components/button';
import { LevelShape } from '../components/level-shape';
import { Modal } from '../components/modal';
import { useUi, useWindowState } from '../state/context';
import { useWords, type Words } from '../words/use-words';
import styles from './stop-dialog.module.css';

/** Ending a process: what it would mean, a request to end, what came of it, and force only after that. */
export function StopDialog() {
  const target = useUi((ui) => ui.stopTarget);
  const { ui } = useWindowState();
  const { t } = useWords();
  if (target === null) return null;
  const close = () => ui.setState({ stopTarget: null });
  return (
    <Modal title={t('stop.title')} onClose={close}>
      <StopFlow key={target.id} id={target.id} name={target.name} onClose={close} />
    </Modal>
  );
}

type Step =
  | { readonly kind: 'looking' }
  | { readonly kind: 'problem'; readonly text: string }
  | { readonly kind: 'asking'; readonly preview: StopPreview }
  | { readonly kind: 'sending'; readonly preview: StopPreview; readonly signal: StopResult['signal'] }
  | { readonly kind: 'done'; readonly preview: StopPreview; readonly result: StopResult };

function StopFlow({ id, name, onClose }: { readonly id: string; readonly name: string; readonly onClose: () => void }) {
  const { client } = useWindowState();
  const words = useWords();
  const [step, setStep] = useState<Step>({ kind: 'looking' });

  const look = useCallback(async () => {
    setStep({ kind: 'looking' });
    try {
      setStep({ kind: 'asking', preview: await client.request('processes.preview', { id }) });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setStep({ kind: 'problem', text: problemText(words, error) });
    }
  }, [client, id, words]);

  useEffect(() => {
    void look();
  }, [look]);

  async function send(preview: StopPreview, ticket: string, signal: StopResult['signal']): Promise<void> {
    setStep({ kind: 'sending', preview, signal });
    try {
      setStep({ kind: 'done', preview, result: await client.request('processes.stop', { ticket, signal }) });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setStep({ kind: 'problem', text: problemText(words, error) });
    }
  }

  const { t } = words;
  return (
    <div className={styles.flow}>
      {'preview' in step ? <Facts preview={step.preview} /> : <p className={styles.lead}>{t('stop.looking', { name })}</p>}
      <div aria-live="polite" className={styles.said}>
        {step.kind === 'asking' &&
          (step.preview.refusal ? (
            <Said level="warning" text={words.tOr(`stop.refused.${step.preview.refusal.key}`, step.preview.refusal.text)} />
          ) : (
            <p className={styles.lead}>{t('stop.ask')}</p>
          ))}
        {step.kind === 'sending' && <p className={styles.lead}>{t('stop.sending', { signal: step.signal })}</p>}
        {step.kind === 'problem' && <Said level="warning" text={step.text} />}
        {step.kind === 'done' && (
          <Said level={ended(step.result) ? 'ok' : 'warning'} text={outcomeText(words, step.preview, step.result)} />
        )}
      </div>
      <div className={styles.ways}>
        {step.kind === 'asking' && step.preview.refusal === null && (
          <Button kind="danger" onClick={() => send(step.preview, step.preview.ticket, 'SIGTERM')}>
            {t('stop.confirm')}
          </Button>
        )}
        {step.kind === 'done' && <Force result={step.result} onForce={(ticket) => send(step.preview, ticket, 'SIGKILL')} />}
        {step.kind === 'problem' && <Button onClick={look}>{t('panel.retry')}</Button>}
        <Button onClick={onClose}>{t(step.kind === 'asking' && step.preview.refusal === null ? 'action.cancel' : 'action.close')}</Button>
      </div>
    </div>
  );
}

function Force({ result, onForce }: { readonly result: StopResult; readonly onForce: (ticket: string) => void }) {
  const { t } = useWords();
  const { ticket, outcome } = result;
  if (outcome !== 'still-there' || ticket === null) return null;
  return (
    <Button kind="danger" onClick={() => onForce(ticket)} title={t('stop.forceTitle')}>
      {t('stop.force')}
    </Button>
  );
}

function Said({ level, text }: { readonly level: 'ok' | 'warning'; readonly text: string }) {
  return (
    <p className={styles.result} data-level={level}>
      <LevelShape level={level} /> {text}
    </p>
  );
}

function Facts({ preview }: { readonly preview: StopPreview }) {
  const { t } = useWords();
  const { descendants, listening, container, unit } = preview;
  return (
    <>
      <p className={styles.name}>
        {preview.name} <span className={styles.quiet}>PID {preview.pid}</span>
      </p>
      <dl className={styles.facts}>
        <Fact name={t('column.user')} value={preview.user ?? unknownText} />
        <Fact name={t('stop.path')} value={preview.exe ?? unknownText} mono />
        {preview.command !== '' && <Fact name={t('stop.command')} value={preview.command.slice(0, 600)} mono />}
        <Fact
          name={t('column.ports')}
          value={
            listening.length > 0
              ? listening.map(({ address, port, protocol }) => `${formatSocket(address, port)}/${protocol}`).join(', ')
              : t('stop.noPorts')
          }
          mono={listening.length > 0}
        />
        <Fact
          name={t('stop.children')}
          value={
            descendants.length > 0
              ? descendants
                  .slice(0, 12)
                  .map((child) => `${child.name} (${child.pid})`)
                  .join(', ') + (descendants.length > 12 ? ` +${descendants.length - 12}` : '')
              : t('stop.noChildren')
          }
        />
        {unit !== null && <Fact name={t('stop.unit')} value={unit} mono />}
        {container !== null && <Fact name={t('stop.container')} value={container.slice(0, 12)} mono />}
      </dl>
    </>
  );
}

function Fact({ name, value, mono = false }: { readonly name: string; readonly value: string; readonly mono?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={mono ? 'mono' : undefined}>{value}</dd>
    </div>
  );
}

function ended(result: StopResult): boolean {
  return result.outcome === 'gone' || result.outcome === 'already-gone';
}

function outcomeText(words: Words, preview: StopPreview, result: StopResult): string {
  return words.tOr(`stop.outcome.${result.outcome}`, result.text, { user: preview.user ?? unknownText, pid: preview.pid });
}

function problemText(words: Words, error: RequestError): string {
  return words.tOr(`stop.problem.${error.code}`, error.message);
}
