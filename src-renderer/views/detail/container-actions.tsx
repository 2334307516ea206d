import { useState } from 'react';
import { type ContainerAction, type ContainerDetail, RequestError, type ShellResult } from '../../../src-shared/contract';
import type { Container, ContainerState } from '../../../src-shared/snapshots';
import { type Action, ActionBar } from '../../components/action-bar';
import { Button } from '../../components/button';
import type { Question } from '../../components/confirm-action';
import { CopyButton } from '../../components/copy-button';
import { useApp, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { useWords, type Words } from '../../words/use-words';
import styles from './container-detail.module.css';

/** What makes sense in which state, most wanted first. */
const actionsOf: Readonly<Record<ContainerState, readonly ContainerAction[]>> = {
  running: ['restart', 'stop', 'pause'],
  paused: ['unpause', 'stop'],
  restarting: ['stop', 'restart'],
  created: ['start', 'remove'],
  exited: ['start', 'remove'],
  dead: ['remove'],
  removing: [],
};
const destroying: ReadonlySet<ContainerAction> = new Set(['stop', 'restart', 'remove']);

interface ContainerActionsProps {
  readonly container: Container;
  /** Null until it was read; what is lost is then told in general. */
  readonly detail: ContainerDetail | null;
}

export function ContainerActions({ container, detail }: ContainerActionsProps) {
  const words = useWords();
  const { client, ui } = useWindowState();
  const { id, name, state } = container;
  const { t } = words;
  const actions = actionsOf[state].map(
    (action): Action => ({
      key: action,
      label: t(`container.action.${action}`),
      name: `${t(`container.action.${action}`)} ${name}`,
      confirm: destroying.has(action) ? questionOf(words, action, container, detail) : null,
      run: () => client.request('containers.act', { id, action }),
    }),
  );
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const [shell, setShell] = useState<ShellSaid | null>(null);
  async function openShell(): Promise<void> {
    setShell(null);
    try {
      setShell(await client.request('containers.shell', { id }));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setShell({ outcome: 'refused', command: [], text: error.message });
    }
  }
  return (
    <>
      <ActionBar actions={actions}>
        {allowed && state === 'running' && (
          <Button onClick={openShell} aria-label={`${t('container.shell')}: ${name}`}>
            {t('container.shell')}
          </Button>
        )}
        <Button onClick={() => goTo(ui, { section: 'logs', item: id })}>{t('containers.errorLines')}</Button>
      </ActionBar>
      <ShellAnswer said={shell} />
    </>
  );
}

type ShellSaid = ShellResult | { readonly outcome: 'refused'; readonly command: readonly string[]; readonly text: string };

/** What a person should know before: nothing is destroyed without its name being said. */
function questionOf(words: Words, action: ContainerAction, container: Container, detail: ContainerDetail | null): Question {
  const { t } = words;
  const losses: string[] = [];
  const ports = [...new Set(container.ports.flatMap(({ hostPort }) => (hostPort === null ? [] : [hostPort])))];
  if (action === 'remove') {
    losses.push(t('container.loss.layer'), t('container.loss.logs'));
    const volumes = (detail?.mounts ?? []).filter(({ kind }) => kind === 'volume').map(({ source }) => source);
    losses.push(volumes.length > 0 ? t('container.loss.volumesStay', { names: volumes.join(', ') }) : t('container.loss.noVolumes'));
  } else {
    losses.push(t(action === 'stop' ? 'container.loss.stop' : 'container.loss.restart'));
    if (ports.length > 0) losses.push(t('container.loss.ports', { ports: ports.join(', ') }));
  }
  const verb = t(`container.action.${action}`);
  return { question: t(`container.ask.${action as 'stop' | 'restart' | 'remove'}`, { name: container.name }), losses, verb };
}

/** What came of opening a shell in the person's terminal; where there is none, the command to type. */
function ShellAnswer({ said }: { readonly said: ShellSaid | null }) {
  const words = useWords();
  const command = said !== null && said.outcome !== 'started' ? shellText(said.command) : '';
  return (
    <div aria-live="polite" className={styles.shell}>
      {said !== null && <span>{words.tOr(`container.shell.${said.outcome}`, said.text)}</span>}
      {command !== '' && (
        <span className={styles.command}>
          <code>{command}</code>
          <CopyButton text={command} label={words.t('container.shell.copy')} iconOnly />
        </span>
      )}
    </div>
  );
}

/** Arguments as one would type them into a POSIX shell. */
export function shellText(command: readonly string[]): string {
  return command.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`)).join(' ');
}
