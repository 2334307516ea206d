import { useEffect, useState } from 'react';
import { type PodEvent, type PodEvents, RequestError } from '../../../src-shared/contract';
import { Fold } from '../../components/fold';
import { LevelShape } from '../../components/level-shape';
import { useNow, useWindowState } from '../../state/context';
import { formatAgo, formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import styles from './pod-detail.module.css';

/** Events are not watched: asked for again this often while they are looked at. */
const againMs = 15_000;

interface PodEventListProps {
  readonly namespace: string;
  readonly name: string;
  /** Changes when the pod did: its events are then read at once. */
  readonly changed: string;
}

/** What the cluster noted about the pod and what owns it, newest first. */
export function PodEventList(props: PodEventListProps) {
  const { t } = useWords();
  const answer = usePodEvents(props);
  return (
    <Fold id="pod.events" title={t('pod.events')} summary={answer?.unreadable === null ? answer.events.length : undefined}>
      {answer === null && <p className={styles.quiet}>{t('pod.eventsLoading')}</p>}
      {answer !== null && answer.unreadable !== null && (
        <p className={styles.quiet}>
          {t('pod.eventsUnreadable')} {answer.unreadable}
        </p>
      )}
      {answer?.unreadable === null && answer.events.length === 0 && (
        <p className={styles.quiet}>{t('pod.noEvents', { kept: t('pod.eventsFor') })}</p>
      )}
      <ul className={styles.events}>
        {answer?.events.map((event) => (
          <OneEvent key={`${event.atMs} ${event.object} ${event.reason} ${event.message}`} event={event} />
        ))}
      </ul>
    </Fold>
  );
}

function OneEvent({ event }: { readonly event: PodEvent }) {
  const warning = event.type === 'Warning';
  return (
    <li className={styles.event} title={event.object}>
      <LevelShape level={warning ? 'warning' : 'inactive'} size={9} />
      <div>
        <p className={styles.eventHead}>
          <strong>{event.reason}</strong>
          {event.count > 1 && <span className={styles.quiet}>×{event.count}</span>}
          {event.atMs !== null && <When atMs={event.atMs} />}
        </p>
        <p className={styles.message}>{event.message}</p>
      </div>
    </li>
  );
}

function When({ atMs }: { readonly atMs: number }) {
  const words = useWords();
  return (
    <time className={styles.when} title={formatDay(words.language, atMs)}>
      {formatAgo(words, atMs, useNow())}
    </time>
  );
}

/** Null before the first answer; a refused request is an answer too. */
function usePodEvents({ namespace, name, changed }: PodEventListProps): PodEvents | null {
  const { client } = useWindowState();
  const [answer, setAnswer] = useState<PodEvents | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the pod is a reason to ask again
  useEffect(() => {
    let left = false;
    async function ask(): Promise<void> {
      try {
        const events = await client.request('pods.events', { namespace, name });
        if (!left) setAnswer(events);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (!left) setAnswer({ events: [], unreadable: error.message });
      }
    }
    void ask();
    const timer = setInterval(() => {
      if (!document.hidden) void ask();
    }, againMs);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [client, namespace, name, changed]);
  return answer;
}
