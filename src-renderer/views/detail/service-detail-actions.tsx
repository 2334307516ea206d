import { useState } from 'react';
import type { ServiceAction, ServiceExplanation } from '../../../src-shared/contract';
import type { Service, ServiceState } from '../../../src-shared/snapshots';
import { type Action, ActionBar } from '../../components/action-bar';
import type { Question } from '../../components/confirm-action';
import { useWindowState } from '../../state/context';
import { useWords, type Words } from '../../words/use-words';
import { PinButton } from '../services/pin-button';
import styles from './service-detail.module.css';

interface ServiceActionsProps {
  readonly service: Service;
  /** Null until it was read; what depends on the unit is then not told. */
  readonly explanation: ServiceExplanation | null;
  /** Only systemd starts and stops units for LogScope. */
  readonly mayAct: boolean;
}

/** Start, stop and restart through the system's own authorisation, and the pin. */
export function ServiceActions({ service, explanation, mayAct }: ServiceActionsProps) {
  const words = useWords();
  const { client } = useWindowState();
  const { t } = words;
  const { unit, scope } = service;
  const [denied, setDenied] = useState(false);
  const actions = (mayAct ? actionsOf(service.state) : []).map(
    (action): Action => ({
      key: action,
      label: t(`unit.action.${action}`),
      name: `${t(`unit.action.${action}`)} ${unit}`,
      confirm: action === 'start' ? null : questionOf(words, action, unit, explanation),
      async run() {
        const result = await client.request('services.act', { unit, scope, action });
        setDenied(result.outcome === 'permission-denied');
        // The next reading would show it some seconds later; nothing is lost where it cannot be had now.
        client.request('readings.refresh', { source: 'services' }).catch((error: unknown) => console.warn('LogScope: not read', error));
        return result;
      },
    }),
  );
  return (
    <div>
      <ActionBar actions={actions}>
        <PinButton unit={unit} watched={service.watched} kind="text" />
      </ActionBar>
      {denied && <p className={styles.denied}>{t('unit.denied')}</p>}
    </div>
  );
}

/** What makes sense in which state, most wanted first. */
function actionsOf(state: ServiceState): readonly ServiceAction[] {
  switch (state) {
    case 'inactive':
      return ['start'];
    case 'failed':
    case 'failed (zombie)':
      return ['start', 'restart'];
    case 'activating':
    case 'auto-restart':
      return ['stop', 'restart'];
    case 'deactivating':
      return [];
    default:
      return ['restart', 'stop'];
  }
}

function questionOf(words: Words, action: 'stop' | 'restart', unit: string, explanation: ServiceExplanation | null): Question {
  const { t } = words;
  const losses: string[] = [];
  const { neededBy = [], triggeredBy = [] } = explanation ?? {};
  if (neededBy.length > 0) losses.push(`${t('unit.confirm.neededBy')} ${neededBy.join(', ')}`);
  if (action === 'stop' && triggeredBy.length > 0) losses.push(t('unit.confirm.triggered', { units: triggeredBy.join(', ') }));
  losses.push(t('unit.confirm.authorise'));
  return { question: t(`unit.confirm.${action}`, { unit }), losses, verb: t(`unit.action.${action}`) };
}
