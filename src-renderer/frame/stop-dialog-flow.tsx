import { useState } from 'react';
import type { StopPreview, StopResult, StopSignal } from '../../src-shared/contract';
import { Button } from '../components/button';
import { LevelShape } from '../components/level-shape';
import { useWindowState } from '../state/context';
import { goTo } from '../state/ui-store';
import { BetterActionButton } from '../views/processes/better-action';
import { printable } from '../words/highlight';
import { useWords } from '../words/use-words';
import styles from './stop-dialog.module.css';
import { StopEvidence } from './stop-dialog-evidence';
import { StopFacts } from './stop-dialog-facts';
import { StopOutcome } from './stop-dialog-outcome';
import { type StopStep, useStopSteps } from './stop-dialog-steps';

interface StopFlowProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** The dialog's content: all of it about one process. */
export function StopFlow({ id, name, onClose }: StopFlowProps) {
  const words = useWords();
  const { t } = words;
  const { preview, step, result, send, look } = useStopSteps(id);
  const [withDescendants, setWithDescendants] = useState(false);
  const [typed, setTyped] = useState('');
  const [anyway, setAnyway] = useState(false);
  // What was just observed is newer than the list that the preview was made from.
  const paused = result?.outcome === 'paused' || (result?.outcome !== 'continued' && preview?.paused === true);
  const isOver =
    result !== null &&
    result.ticket === null &&
    (result.outcome === 'gone' || result.outcome === 'already-gone' || result.outcome === 'changed');
  const refusal = preview?.refusal ?? null;
  const isOpen = preview !== null && refusal === null && !isOver && step.kind !== 'problem';
  // Class K2: what runs it can stop it properly; the signal is a second thought.
  const isHeldBack = preview?.killClass === 'K2' && preview.betterAction !== null && !anyway && result === null;
  const isTyped = preview?.nameMustBeTyped !== true || typed === preview.name;

  function signal(one: StopSignal): void {
    void send(one, { withDescendants, typedName: preview?.nameMustBeTyped ? typed : null });
  }

  return (
    <div className={styles.flow}>
      {preview === null ? (
        step.kind === 'looking' && <p className={styles.lead}>{t('stop.looking', { name })}</p>
      ) : (
        <>
          <Head preview={preview} />
          <Better preview={preview} onClose={onClose} />
          {preview.saveEvidenceFirst && !isOver && refusal === null && <StopEvidence ticket={result?.ticket ?? preview.ticket} />}
          <StopFacts
            preview={preview}
            withDescendants={isOpen && !isHeldBack ? withDescendants : null}
            onWithDescendants={setWithDescendants}
          />
        </>
      )}
      {isOpen && !isHeldBack && preview.nameMustBeTyped && (
        <label className={styles.typed}>
          {t('stop.typeName', { name: preview.name })}
          <input className="mono" value={typed} spellCheck={false} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        </label>
      )}
      <div aria-live="polite" className={styles.said}>
        {step.kind === 'sending' && <p className={styles.lead}>{t('stop.sending', { signal: step.signal })}</p>}
        {step.kind === 'problem' && <Said text={step.text} />}
        {step.kind === 'asking' && refusal !== null && <Said text={words.tOr(`stop.refused.${refusal.key}`, refusal.text)} />}
        {step.kind === 'asking' && preview !== null && result !== null && <StopOutcome preview={preview} result={result} />}
        {step.kind === 'asking' && isOpen && !isHeldBack && result === null && (
          <p className={styles.lead}>
            {paused && `${t('stop.isPaused')} `}
            {t('stop.ask')}
          </p>
        )}
      </div>
      <div className={styles.ways}>
        {/* First, so that the focus begins where nothing is lost. */}
        <Button onClick={onClose}>{t(isOpen && result === null ? 'action.cancel' : 'action.close')}</Button>
        {step.kind === 'problem' && <Button onClick={look}>{t('panel.retry')}</Button>}
        {refusal?.key === 'session' && <ExpertLink onClose={onClose} />}
        {isOpen && isHeldBack && <Button onClick={() => setAnyway(true)}>{t('stop.anyway')}</Button>}
        {isOpen && !isHeldBack && <Signals paused={paused} step={step} result={result} isTyped={isTyped} onSignal={signal} />}
      </div>
    </div>
  );
}

interface SignalsProps {
  readonly paused: boolean;
  readonly step: StopStep;
  readonly result: StopResult | null;
  readonly isTyped: boolean;
  readonly onSignal: (signal: StopSignal) => void;
}

/** Ask to end, force only after that was of no avail, pause or let run on. */
function Signals({ paused, step, result, isTyped, onSignal }: SignalsProps) {
  const { t } = useWords();
  const busy = step.kind !== 'asking';
  // Itself gone and a ticket all the same: for those below it that outlived it.
  const isForTheRest = result?.ticket != null && (result.outcome === 'gone' || result.outcome === 'already-gone');
  const mayForce = (result?.outcome === 'still-there' && result.signal !== 'SIGKILL' && result.ticket !== null) || isForTheRest;
  const isThere = result === null || result.outcome === 'paused' || result.outcome === 'continued';
  // Denied, refused, or not even force helped: asking once more would change nothing.
  if (!isThere && result.ticket === null) return null;
  return (
    <>
      {mayForce ? (
        <Button kind="danger" disabled={busy || !isTyped} title={t('stop.forceTitle')} onClick={() => onSignal('SIGKILL')}>
          {t(isForTheRest ? 'stop.forceTheRest' : 'stop.force')}
        </Button>
      ) : (
        <Button kind="danger" disabled={busy || !isTyped} onClick={() => onSignal('SIGTERM')}>
          {t('stop.confirm')}
        </Button>
      )}
      <span className={styles.gap} />
      {!isForTheRest && (
        <Button
          disabled={busy || !isTyped}
          title={paused ? undefined : t('stop.pauseHint')}
          onClick={() => onSignal(paused ? 'SIGCONT' : 'SIGSTOP')}
        >
          {t(paused ? 'stop.continue' : 'stop.pause')}
        </Button>
      )}
    </>
  );
}

function Head({ preview }: { readonly preview: StopPreview }) {
  const words = useWords();
  const { name, pid, user, exe, command, killReason, refusal } = preview;
  return (
    <div className={styles.head}>
      <p className={styles.name}>
        {printable(name)} <span className={styles.quiet}>PID {pid}</span>{' '}
        <span className={styles.quiet}>{user ?? words.t('unknown.notReadable')}</span>
      </p>
      {exe !== null && <code className={styles.path}>{printable(exe)}</code>}
      {command !== '' && command !== exe && (
        <code className={styles.command} title={printable(command.slice(0, 2000))}>
          {printable(command.slice(0, 600))}
        </code>
      )}
      {refusal === null && <p>{printable(words.tOr(`kill.because.${killReason.rule}`, killReason.text, killReason.values))}</p>}
    </div>
  );
}

/** What would start it again, and what to do instead. */
function Better({ preview, onClose }: { readonly preview: StopPreview; readonly onClose: () => void }) {
  const words = useWords();
  const { comesBack, betterAction } = preview;
  if (comesBack === null && betterAction === null) return null;
  return (
    <section className={styles.card} aria-label={words.t(comesBack === null ? 'stop.better' : 'stop.comesBack')}>
      <h3>{words.t(comesBack === null ? 'stop.better' : 'stop.comesBack')}</h3>
      {comesBack !== null && <p>{printable(words.reason(comesBack.reason))}</p>}
      {betterAction !== null && <BetterActionButton action={betterAction} onLeave={onClose} />}
    </section>
  );
}

function ExpertLink({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <Button
      kind="link"
      onClick={() => {
        goTo(ui, { section: 'settings' });
        onClose();
      }}
    >
      {t('stop.expert')}
    </Button>
  );
}

function Said({ text }: { readonly text: string }) {
  return (
    <p className={styles.result} data-level="warning">
      <LevelShape level="warning" /> {text}
    </p>
  );
}
