import { useState } from 'react';
import { type Policy, type PolicyDraft, RequestError } from '../../../src-shared/contract';
import { Button } from '../../components/button';
import { ConfirmAction } from '../../components/confirm-action';
import { LevelShape } from '../../components/level-shape';
import { Modal } from '../../components/modal';
import { useApp, useWindowState } from '../../state/context';
import type { ProgramTarget } from '../../state/ui-store';
import { printable } from '../../words/highlight';
import { useWords } from '../../words/use-words';
import { ProgramFields } from './program-fields';
import styles from './program-form.module.css';
import { ProgramHistory } from './program-history';
import { useProgramContent } from './use-program-content';

interface ProgramDialogProps {
  readonly target: ProgramTarget;
  /** What is known of it; null: it is new. */
  readonly policy: Policy | null;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** What a person says of one program: write, change, take away, and what it was before. */
export function ProgramDialog(props: ProgramDialogProps) {
  const { t } = useWords();
  return (
    <Modal title={t('program.form.title')} onClose={props.onClose}>
      {/* Typed text outlives a new list; another program does not. */}
      <ProgramForm key={props.target.exe ?? `name ${props.target.name}`} {...props} />
    </Modal>
  );
}

function ProgramForm({ target, policy, onChanged, onClose }: ProgramDialogProps) {
  const { t, tOr } = useWords();
  const { client } = useWindowState();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const [draft, setDraft] = useState<PolicyDraft>(() => draftOf(target, policy));
  const [step, setStep] = useState<'writing' | 'saving' | { readonly problem: string }>('writing');
  const [removing, setRemoving] = useState(false);
  const runningHash = useProgramContent(draft.exe);
  const contentHash = policy?.sha256 ?? runningHash;

  async function save(): Promise<void> {
    setStep('saving');
    try {
      await client.request('policies.save', {
        ...draft,
        exe: draft.exe.trim(),
        name: draft.name.trim(),
        role: emptyAsNull(draft.role),
        expectedRules: [...draft.expectedRules],
      });
      onChanged();
      onClose();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setStep({ problem: t('program.form.problem', { detail: tOr(`action.problem.${error.code}`, error.message) }) });
    }
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (step !== 'saving') void save();
      }}
    >
      <fieldset className={styles.fields} disabled={!allowed}>
        <ProgramFields
          draft={draft}
          isNew={policy === null}
          contentHash={contentHash}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
      </fieldset>
      {policy !== null && <ProgramHistory exe={policy.exe} updatedAtMs={policy.updatedAtMs} />}
      <div aria-live="polite" className={styles.saidSpace}>
        {typeof step === 'object' && (
          <p className={styles.problem}>
            <LevelShape level="warning" /> {step.problem}
          </p>
        )}
        {!allowed && <p className={styles.quiet}>{t('program.readOnly')}</p>}
      </div>
      <div className={styles.ways}>
        {allowed && (
          <Button type="submit" kind="primary" disabled={step === 'saving' || draft.exe.trim() === '' || draft.name.trim() === ''}>
            {t(step === 'saving' ? 'program.form.saving' : 'program.form.save')}
          </Button>
        )}
        <Button onClick={onClose}>{t(allowed ? 'action.cancel' : 'action.close')}</Button>
        <span className={styles.gap} />
        {allowed && policy !== null && <Button onClick={() => setRemoving(true)}>{t('program.form.remove')}</Button>}
      </div>
      {removing && policy !== null && (
        <ConfirmAction
          question={t('program.remove.ask', { name: printable(policy.name) })}
          losses={[t('program.remove.loss')]}
          verb={t('program.remove.verb')}
          run={async () => {
            const { removed } = await client.request('policies.remove', { exe: policy.exe });
            return { outcome: removed ? 'done' : 'gone', text: '' };
          }}
          onDone={() => {
            onChanged();
            onClose();
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </form>
  );
}

function draftOf(target: ProgramTarget, policy: Policy | null): PolicyDraft {
  if (policy === null) {
    return {
      exe: target.exe ?? '',
      sha256: null,
      name: target.name,
      role: null,
      category: null,
      verdict: null,
      note: '',
      expectedRules: [],
    };
  }
  const { author: _author, updatedAtMs: _updatedAtMs, ...rest } = policy;
  return { ...rest, category: policy.category as PolicyDraft['category'], expectedRules: [...policy.expectedRules] };
}

function emptyAsNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text.trim();
}
