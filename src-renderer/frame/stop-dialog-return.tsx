import { useEffect, useState } from 'react';
import { RequestError, type StopReturn } from '../../src-shared/contract';
import { LevelShape } from '../components/level-shape';
import { useWindowState } from '../state/context';
import { printable } from '../words/highlight';
import { useWords } from '../words/use-words';
import styles from './stop-dialog.module.css';

type Seen = StopReturn | 'watching' | 'unknown';

/** Whether something starts an ended process again: told when it is known, in a line that stands there from the beginning. */
export function StopReturnLine({ watch }: { readonly watch: string }) {
  const { client } = useWindowState();
  const { t } = useWords();
  const [seen, setSeen] = useState<Seen>('watching');

  useEffect(() => {
    let isAsked = true;
    client.request('processes.came-back', { watch }).then(
      (answer) => isAsked && setSeen(answer),
      (error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        if (isAsked) setSeen('unknown');
      },
    );
    return () => {
      isAsked = false;
    };
  }, [client, watch]);

  if (typeof seen === 'string' || seen.cameBack === null)
    return (
      <p className={styles.result}>
        <LevelShape level={typeof seen === 'string' ? 'inactive' : 'ok'} />{' '}
        {t(typeof seen === 'string' ? `stop.return.${seen}` : 'stop.return.none')}
      </p>
    );
  return (
    <p className={styles.result} data-level="warning">
      <LevelShape level="warning" /> {t('stop.cameBack', { name: printable(seen.cameBack.name), pid: seen.cameBack.pid })}
    </p>
  );
}
