import { memo, useCallback } from 'react';
import type { Leftover } from '../../../src-shared/contract';
import { formatBytes } from '../../../src-shared/format';
import { LevelShape } from '../../components/level-shape';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useApp, useWindowState } from '../../state/context';
import { type PolledAnswer, usePolledAnswer } from '../../state/use-polled-answer';
import { useWords } from '../../words/use-words';
import { PollProblem } from '../ports/poll-problem';
import { LeftoverRow } from './leftover-row';
import styles from './leftovers.module.css';

const everyMs = 10_000;

/** What did I leave running? Development servers nobody seems to need any more, each with its reasons and one question before its end. */
export function LeftoversView() {
  const { t } = useWords();
  const { client } = useWindowState();
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? true);
  const ask = useCallback(() => client.request('ports.leftovers', null), [client]);
  const answer = usePolledAnswer(ask, everyMs);
  const { data } = answer;
  const summary = data === null || data.length === 0 ? '' : t('leftover.count', { count: data.length, size: formatBytes(heldBytes(data)) });
  return (
    <Panel
      title={t('leftover.title')}
      summary={actionsAllowed ? summary : [summary, t('processes.readOnly')].filter((one) => one !== '').join(' · ')}
      className={styles.panel}
    >
      <SourceBody source="processes">{() => <Body answer={answer} actionsAllowed={actionsAllowed} />}</SourceBody>
    </Panel>
  );
}

interface BodyProps {
  readonly answer: PolledAnswer<readonly Leftover[]>;
  readonly actionsAllowed: boolean;
}

const Body = memo(
  function Body({ answer: { data, problem, reload }, actionsAllowed }: BodyProps) {
    const { t } = useWords();
    return (
      <div className={styles.body}>
        {problem !== null && <PollProblem says={t('leftover.unread')} detail={problem} onRetry={reload} />}
        {data === null && problem === null && (
          <p className={styles.still} role="status">
            {t('leftover.asking')}
          </p>
        )}
        {data?.length === 0 && (
          <div className={styles.calm}>
            <p className={styles.none}>
              <LevelShape level="ok" /> {t('leftover.none')}
            </p>
            <p className={styles.quiet}>{t('leftover.what')}</p>
          </div>
        )}
        {data !== null && data.length > 0 && (
          <>
            <ul className={styles.list} aria-label={t('leftover.title')}>
              {data.map((one) => (
                <LeftoverRow key={one.processId} leftover={one} actionsAllowed={actionsAllowed} />
              ))}
            </ul>
            <p className={styles.foot}>
              <strong>{t('leftover.free', { count: data.length, size: formatBytes(heldBytes(data)) })}</strong> {t('leftover.one')}
            </p>
            <p className={styles.foot}>{t('leftover.what')}</p>
          </>
        )}
      </div>
    );
  },
  (before, next) =>
    before.answer.data === next.answer.data &&
    before.answer.problem === next.answer.problem &&
    before.actionsAllowed === next.actionsAllowed,
);

function heldBytes(leftovers: readonly Leftover[]): number {
  return leftovers.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
}
