import { useCallback } from 'react';
import type { LocalPort, PortAnswer } from '../../../src-shared/contract';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { LevelShape } from '../../components/level-shape';
import { useApp, useWindowState } from '../../state/context';
import { usePolledAnswer } from '../../state/use-polled-answer';
import { printable } from '../../words/highlight';
import { formatClock } from '../../words/time';
import { useWords, type Words } from '../../words/use-words';
import { BetterActionButton } from '../processes/better-action';
import { PollProblem } from './poll-problem';
import styles from './port-card.module.css';
import { PortHolder } from './port-holder';
import { localAddress } from './port-words';

const everyMs = 2_000;

/** One port: who has it, what that is, what programs complained of, and the right way to get it free. */
export function PortCard({ port, onClose }: { readonly port: number; readonly onClose: () => void }) {
  const words = useWords();
  const { client } = useWindowState();
  const ask = useCallback(() => client.request('ports.who', { port }), [client, port]);
  const { data, problem, reload } = usePolledAnswer(ask, everyMs);
  return (
    <div className={styles.card}>
      {problem !== null && <PollProblem says={words.t('port.unread')} detail={problem} onRetry={reload} />}
      <div aria-live="polite">
        {data === null && problem === null && <p className={styles.quiet}>{words.t('port.card.looking')}</p>}
        {data !== null && data.holders.length === 0 && (
          <p className={styles.free}>
            <LevelShape level="ok" />
            <span>
              <strong>{words.t('port.card.free', { port })}</strong> {words.t('port.card.freeHint')}
            </span>
          </p>
        )}
        {data?.holders.map((holder) => (
          <p key={sentence(words, holder)} className={styles.sentence}>
            {sentence(words, holder)}
          </p>
        ))}
      </div>
      {data?.holders.map((holder) => (
        <PortHolder key={`${holder.protocol} ${holder.process?.id} ${holder.addresses.join()}`} holder={holder} onFollow={onClose} />
      ))}
      {data !== null && data.complaints.length > 0 && <Complaints complaints={data.complaints} />}
      {data !== null && <Ways answer={data} onLeave={onClose} />}
      <div className={styles.foot}>
        <NextFree answer={data} />
        <Button onClick={onClose}>{words.t('action.close')}</Button>
      </div>
    </div>
  );
}

/** The container is named first: the process in front of it only forwards. */
function sentence({ t }: Words, { port, process, container }: LocalPort): string {
  if (container !== null) return t('port.card.byContainer', { name: printable(container.name), port });
  if (process !== null) return t('port.card.byProcess', { name: printable(process.name), pid: process.pid, port });
  return t('port.card.byUnseen', { port });
}

function Complaints({ complaints }: Pick<PortAnswer, 'complaints'>) {
  const words = useWords();
  return (
    <section className={styles.complaints} aria-label={words.t('port.card.complaints')}>
      <h3>{words.t('port.card.complaints')}</h3>
      <ul>
        {complaints.map(({ atMs, source, text }) => (
          <li key={`${atMs} ${source} ${text}`}>
            <time>{formatClock(words.language, atMs)}</time>
            <span className={styles.quiet} title={printable(source)}>
              {printable(source)}
            </span>
            <code title={printable(text)}>{printable(text)}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The right way to free it, and into the browser. Through a read-only door the first is not there, and a line says why. */
function Ways({ answer: { holders, betterAction }, onLeave }: { readonly answer: PortAnswer; readonly onLeave: () => void }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const address = localAddress(holders.find(({ url }) => url !== null)?.url ?? null);
  const [held] = holders;
  if (held === undefined) return null;
  const ends = betterAction !== null && betterAction.kind !== 'look-at-pod';
  return (
    <>
      <div className={styles.ways}>
        {betterAction?.kind === 'stop-process' && allowed && (
          <Button kind="danger" onClick={() => ui.setState({ stopTarget: { id: betterAction.id, name: betterAction.name } })}>
            {t('port.card.end', { name: printable(betterAction.name) })}
          </Button>
        )}
        {betterAction !== null && betterAction.kind !== 'stop-process' && <BetterActionButton action={betterAction} onLeave={onLeave} />}
        {address !== null && (
          <a className={styles.browser} href={address} target="_blank" rel="noreferrer" title={address}>
            {t('port.card.browser')}
          </a>
        )}
      </div>
      {betterAction === null && <p className={styles.quiet}>{t('port.card.nothing')}</p>}
      {ends && !allowed && <p className={styles.quiet}>{t('action.readOnly')}</p>}
    </>
  );
}

function NextFree({ answer }: { readonly answer: PortAnswer | null }) {
  const { t } = useWords();
  if (answer === null || answer.holders.length === 0) return <span />;
  const { nextFreePort } = answer;
  if (nextFreePort === null) return <span className={styles.quiet}>{t('port.card.noFree')}</span>;
  return (
    <span className={styles.next}>
      {t('port.card.nextFree', { port: nextFreePort })}
      <CopyButton text={String(nextFreePort)} label={t('port.card.copyFree', { port: nextFreePort })} />
    </span>
  );
}
