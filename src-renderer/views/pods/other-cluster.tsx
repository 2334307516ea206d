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
  return (
    <p className={styles.other}>
      {t('pods.otherCluster')}
      {known !== null && known.contexts.length > 0 ? (
        <ContextChoice names={known.contexts.map(({ name }) => name)} current={known.current} />
      ) : (
        <Button kind="link" onClick={() => goTo(ui, { section: 'settings' })}>
          {t('pods.toSettings')}
        </Button>
      )}
    </p>
  );
}

/** Null until they were read, and where they cannot be. */
function useContexts(): KubernetesContexts | null {
  const { client } = useWindowState();
  const [known, setKnown] = useState<KubernetesContexts | null>(null);
  useEffect(() => {
    let left = false;
    client.request('pods.contexts', null).then(
      (contexts) => {
        if (!left) setKnown(contexts);
      },
      (error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
      },
    );
    return () => {
      left = true;
    };
  }, [client]);
  return known;
}
