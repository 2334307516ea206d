import { type ReactNode, useState } from 'react';
import type { ActionResult } from '../../src-shared/contract';
import { useApp } from '../state/context';
import { useWords } from '../words/use-words';
import styles from './action-bar.module.css';
import { Button } from './button';
import { actionText, ConfirmAction, type Question, runAction } from './confirm-action';
import { LevelShape } from './level-shape';

/** One thing a person can do to the thing at hand. */
export interface Action {
  readonly key: string;
  /** The verb on the button: "Stop". */
  readonly label: string;
  /** Accessible name: "Stop shop-postgres-1". */
  readonly name: string;
  /** Asked before; null where nothing can be lost. */
  readonly confirm: Question | null;
  readonly run: () => Promise<ActionResult>;
}

interface ActionBarProps {
  readonly actions: readonly Action[];
  /** Buttons that change nothing outside LogScope; they stay when actions are not allowed. */
  readonly children?: ReactNode;
}

/**
 * The actions of a detail panel. Through a door that allows none they are not there, and one line says why. What came of the
 * last one stands below until the next.
 */
export function ActionBar({ actions, children }: ActionBarProps) {
  const words = useWords();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const [asked, setAsked] = useState<Action | null>(null);
  const [busyKey, setBusyKey] = useState<string | null>(null);
  const [said, setSaid] = useState<{ readonly label: string; readonly result: ActionResult } | null>(null);

  async function act(action: Action): Promise<void> {
    setSaid(null);
    if (action.confirm !== null) {
      setAsked(action);
      return;
    }
    setBusyKey(action.key);
    const result = await runAction(words, action.run);
    setBusyKey(null);
    setSaid({ label: action.label, result });
  }

  return (
    <div className={styles.bar}>
      <div className={styles.buttons}>
        {allowed &&
          actions.map((action) => (
            <Button key={action.key} aria-label={action.name} disabled={busyKey !== null} onClick={() => act(action)}>
              {busyKey === action.key ? words.t('confirm.sending') : action.label}
            </Button>
          ))}
        {children}
      </div>
      {!allowed && actions.length > 0 && <p className={styles.readOnly}>{words.t('action.readOnly')}</p>}
      <div aria-live="polite">
        {said !== null && (
          <p className={styles.said} data-level={said.result.outcome === 'done' ? 'ok' : 'warning'}>
            <LevelShape level={said.result.outcome === 'done' ? 'ok' : 'warning'} /> {said.label}: {actionText(words, said.result)}
          </p>
        )}
      </div>
      {asked?.confirm && (
        <ConfirmAction
          {...asked.confirm}
          run={asked.run}
          onClose={() => setAsked(null)}
          onDone={(result) => setSaid({ label: asked.label, result })}
        />
      )}
    </div>
  );
}
