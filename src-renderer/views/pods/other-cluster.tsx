import { useEffect, useState } from 'react';
import { type KubernetesContexts, RequestError } from '../../../src-shared/contract';
import { Button } from '../../components/button';
import { useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import { ContextChoice } from './cluster-switch';
import styles from './pods-view.module.css';

/** The way out where the chosen cluster cannot be read: another context of the kubeconfig, or the settings where none is known. */
export function OtherCluster() {
  const { t } = useWords();
  const { ui } = useWindowState();
  const known = useContexts();
  // Without a kubeconfig there is nothing to choose: the remedy above says all.
  if (known === null || (known !== 'unknown' && known.contexts.length === 0)) return null;
  return (
    <p className={styles.other}>
      {t('pods.otherCluster')}
      {known === 'unknown' ? (
        <Button kind="link" onClick={() => goTo(ui, { section: 'settings' })}>
          {t('pods.toSettings')}
        </Button>
      ) : (
        <ContextChoice names={known.contexts.map(({ name }) => name)} current={known.current} />
      )}
    </p>
  );
}

/** Null until the answer. */
function useContexts(): KubernetesContexts | 'unknown' | null {
  const { client } = useWindowState();
  const [known, setKnown] = useState<KubernetesContexts | 'unknown' | null>(null);
  useEffect(() => {
    let left = false;
    client.request('pods.contexts', null).then(
      (contexts) => {
        if (!left) setKnown(contexts);
      },
      (error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        if (!left) setKnown('unknown');
      },
    );
    return () => {
      left = true;
    };
  }, [client]);
  return known;
}
