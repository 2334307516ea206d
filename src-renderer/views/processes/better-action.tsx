import { useState } from 'react';
import type { ActionResult, BetterAction } from '../../../src-shared/contract';
import { Button } from '../../components/button';
import { actionText, ConfirmAction, type Question } from '../../components/confirm-action';
import { LevelShape } from '../../components/level-shape';
import { useApp, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { useWords, type Words } from '../../words/use-words';
import styles from './better-action.module.css';

interface BetterActionButtonProps {
  readonly action: BetterAction;
  /** It led to another place of the window: what stands over it should go. */
  readonly onLeave?: () => void;
}

/** What to do instead of a signal: asks as the views of units and containers do, and says what came of it. */
export function BetterActionButton({ action, onLeave }: BetterActionButtonProps) {
  const words = useWords();
  const { client, ui } = useWindowState();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<ActionResult | null>(null);
  const question = questionOf(words, action);
  if (question !== null && !allowed) return null;

  function press(): void {
    setSaid(null);
    if (question !== null) setAsking(true);
    else if (action.kind === 'stop-process') ui.setState({ stopTarget: { id: action.id, name: action.name } });
    else if (action.kind === 'look-at-pod') {
      goTo(ui, { section: 'pods', item: action.id });
      onLeave?.();
    }
  }

  function run(): Promise<ActionResult> {
    if (action.kind === 'stop-unit') return client.request('services.act', { unit: action.unit, scope: action.scope, action: 'stop' });
    return client.request('containers.act', { id: action.kind === 'stop-container' ? action.id : '', action: 'stop' });
  }

  return (
    <div className={styles.better}>
      <Button kind="primary" onClick={press}>
        {words.t(`better.${action.kind}`, {
          name: action.kind === 'stop-unit' ? action.unit : action.name,
          pid: action.kind === 'stop-process' ? action.pid : '',
        })}
      </Button>
      <div aria-live="polite">
        {said !== null && (
          <p className={styles.said}>
            <LevelShape level={said.outcome === 'done' ? 'ok' : 'warning'} /> {actionText(words, said)}
          </p>
        )}
      </div>
      {asking && question !== null && <ConfirmAction {...question} run={run} onClose={() => setAsking(false)} onDone={setSaid} />}
    </div>
  );
}

/** Null: nothing is destroyed by it. */
function questionOf({ t }: Words, action: BetterAction): Question | null {
  switch (action.kind) {
    case 'stop-unit':
      return {
        question: t('unit.confirm.stop', { unit: action.unit }),
        losses: [t('better.unit.loss'), t('better.unit.authorise')],
        verb: t('unit.action.stop'),
      };
    case 'stop-container':
      return {
        question: t('container.ask.stop', { name: action.name }),
        losses: [t('better.container.loss')],
        verb: t('container.action.stop'),
      };
    default:
      return null;
  }
}
