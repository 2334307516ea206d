import { useEffect, useState } from 'react';
import { type PolicyChange, RequestError } from '../../../src-shared/contract';
import { Fold } from '../../components/fold';
import { useWindowState } from '../../state/context';
import { printable } from '../../words/highlight';
import { formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import { changeTexts } from './program-changes';
import styles from './program-form.module.css';

interface ProgramHistoryProps {
  readonly exe: string;
  /** Another time: there is one more change to read. */
  readonly updatedAtMs: number;
}

/** What was said of a program before: what changed, who, when. Newest first. */
export function ProgramHistory(props: ProgramHistoryProps) {
  const { t } = useWords();
  return (
    <Fold id="program.history" title={t('program.history')} startsOpen={false}>
      <Changes key={`${props.exe} ${props.updatedAtMs}`} {...props} />
    </Fold>
  );
}

function Changes({ exe }: ProgramHistoryProps) {
  const words = useWords();
  const { t } = words;
  const { client } = useWindowState();
  const [state, setState] = useState<{ readonly changes: readonly PolicyChange[] | null; readonly problem: string | null }>({
    changes: null,
    problem: null,
  });
  useEffect(() => {
    let ended = false;
    client.request('policies.history', { exe }).then(
      (changes) => {
        if (!ended) setState({ changes, problem: null });
      },
      (error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        if (!ended) setState({ changes: null, problem: error.message });
      },
    );
    return () => {
      ended = true;
    };
  }, [client, exe]);
  if (state.problem !== null) return <p className={styles.quiet}>{state.problem}</p>;
  if (state.changes === null) return <p className={styles.quiet}>{t('program.asking')}</p>;
  if (state.changes.length === 0) return <p className={styles.quiet}>{t('program.history.none')}</p>;
  const { changes } = state;
  return (
    <ol className={styles.history}>
      {changes.map((change, index) => (
        <li key={`${change.atMs} ${change.policy === null}`}>
          <p className={styles.quiet}>
            {t('program.history.by', { author: printable(change.author), day: formatDay(words.language, change.atMs) })}
          </p>
          <ul>
            {changeTexts(words, change, changes[index + 1]?.policy ?? null).map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
