import { useCallback } from 'react';
import type { StopAudit } from '../../../src-shared/contract';
import { unknownText } from '../../../src-shared/format';
import { LevelShape } from '../../components/level-shape';
import { Panel } from '../../components/panel';
import { useWindowState } from '../../state/context';
import { usePolledAnswer } from '../../state/use-polled-answer';
import { printable } from '../../words/highlight';
import { formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import { PollProblem } from '../ports/poll-problem';
import styles from './attempts.module.css';

const everyMs = 5_000;
const shownAttempts = 500;
const good: readonly StopAudit['outcome'][] = ['gone', 'already-gone', 'paused', 'continued'];

/** Every signal that was asked for through LogScope and what came of it, the newest first. Written once and changed by nobody. */
export function AttemptsView() {
  const { t } = useWords();
  const { client } = useWindowState();
  const ask = useCallback(() => client.request('processes.audit', { limit: shownAttempts }), [client]);
  const { data, problem, reload } = usePolledAnswer(ask, everyMs);
  return (
    <Panel title={t('attempt.title')} summary={data === null ? '' : t('attempt.count', { count: data.length })} className={styles.panel}>
      <div className={styles.body}>
        {problem !== null && <PollProblem says={t('attempt.unread')} detail={problem} onRetry={reload} />}
        {data === null && problem === null && (
          <p className={styles.quiet} role="status">
            {t('panel.loading')}
          </p>
        )}
        {data?.length === 0 && <p className={styles.quiet}>{t('attempt.none')}</p>}
        {data !== null && data.length > 0 && <Attempts attempts={data} />}
      </div>
    </Panel>
  );
}

function Attempts({ attempts }: { readonly attempts: readonly StopAudit[] }) {
  const { t } = useWords();
  return (
    <table className={styles.table} aria-label={t('attempt.title')}>
      <thead>
        <tr>
          <th scope="col">{t('attempt.when')}</th>
          <th scope="col">{t('attempt.process')}</th>
          <th scope="col">{t('attempt.signal')}</th>
          <th scope="col">{t('attempt.outcome')}</th>
          <th scope="col">{t('attempt.door')}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((one) => (
          <Attempt key={`${one.atMs} ${one.pid} ${one.signal}`} attempt={one} />
        ))}
      </tbody>
    </table>
  );
}

function Attempt({ attempt }: { readonly attempt: StopAudit }) {
  const { t, language } = useWords();
  const { atMs, pid, name, exe, user, killClass, signal, outcome, door } = attempt;
  return (
    <tr>
      <td className={styles.when}>{formatDay(language, atMs)}</td>
      <td className={styles.process} title={printable(exe ?? '')}>
        <strong>{printable(name)}</strong> <span className={styles.still}>PID {pid}</span>
        <div className={styles.path}>{printable(exe ?? t('unknown.notReadable'))}</div>
      </td>
      <td>
        {signal} <span className={styles.still}>{killClass}</span>
      </td>
      <td>
        <div className={styles.outcome}>
          <LevelShape level={good.includes(outcome) ? 'ok' : 'warning'} />
          <span>{t(`stop.outcome.${outcome}`, { user: user ?? unknownText, pid })}</span>
        </div>
      </td>
      <td className={styles.still}>
        {t(`attempt.door.${door}`)}
        {user !== null && <div>{t('attempt.owner', { user: printable(user) })}</div>}
      </td>
    </tr>
  );
}
