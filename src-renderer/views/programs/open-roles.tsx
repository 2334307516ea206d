import { memo } from 'react';
import type { OpenRole } from '../../../src-shared/contract';
import { Button } from '../../components/button';
import { Middle } from '../../components/middle';
import { Panel } from '../../components/panel';
import { useApp, useWindowState } from '../../state/context';
import type { PolledAnswer } from '../../state/use-polled-answer';
import { printable } from '../../words/highlight';
import { formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import { PollProblem } from '../ports/poll-problem';
import styles from './programs.module.css';

/** Names that nothing explains: what people asked for and what is often seen, most first, each with a way to register it. */
export function OpenRoles({ answer: { data, problem, reload } }: { readonly answer: PolledAnswer<readonly OpenRole[]> }) {
  const { t } = useWords();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  return (
    <Panel title={t('program.open.title')} summary={data !== null && data.length > 0 ? String(data.length) : ''} className={styles.open}>
      {problem !== null && <PollProblem says={t('program.unread')} detail={problem} onRetry={reload} />}
      {data === null && problem === null && <p className={styles.still}>{t('program.asking')}</p>}
      {data?.length === 0 && <p className={styles.empty}>{t('program.open.none')}</p>}
      {data !== null && data.length > 0 && (
        <ul className={styles.openList}>
          {data.map((one) => (
            <OpenRow key={one.name} role={one} allowed={allowed} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

const OpenRow = memo(function OpenRow({ role, allowed }: { readonly role: OpenRole; readonly allowed: boolean }) {
  const words = useWords();
  const { t } = words;
  const { ui } = useWindowState();
  const { name, exe, askedCount, seenDayCount, lastAtMs } = role;
  const counts = [
    askedCount > 0 ? t('program.open.asked', { count: askedCount }) : null,
    seenDayCount > 0 ? t('program.open.seen', { count: seenDayCount }) : null,
  ].filter((one) => one !== null);
  return (
    <li className={styles.openRow}>
      <span className={styles.openName}>
        <Middle text={printable(name)} strong />
        <span className={styles.quiet} title={formatDay(words.language, lastAtMs)}>
          {counts.join(' · ')}
        </span>
      </span>
      {allowed && (
        <Button
          aria-label={t('program.open.registerName', { name: printable(name) })}
          onClick={() => ui.setState({ programTarget: { exe, name } })}
        >
          {t('program.open.register')}
        </Button>
      )}
      {exe !== null && (
        <span className={styles.path}>
          <Middle text={printable(exe)} tailLength={16} />
        </span>
      )}
    </li>
  );
});
