import { useId } from 'react';
import type { Settings } from '../../../src-shared/settings';
import { Button } from '../../components/button';
import { useReadings } from '../../state/context';
import { useWords } from '../../words/use-words';
import { TextField } from './setting-fields';
import styles from './settings-view.module.css';

type Kubernetes = Settings['kubernetes'];

interface KubernetesFieldsProps {
  readonly value: Kubernetes;
  readonly onChange: (patch: Partial<Kubernetes>) => void;
}

/** Which cluster, which namespace, and the programs of kubeconfigs that were agreed to. */
export function KubernetesFields({ value, onChange }: KubernetesFieldsProps) {
  const { t } = useWords();
  const contexts = useReadings(({ pods }) => pods.lastOk?.data.contexts);
  const id = useId();
  return (
    <>
      <TextField
        label={t('settings.kubernetesContext')}
        hint={
          contexts === undefined || contexts.length === 0
            ? t('settings.kubernetesContextHint')
            : t('settings.kubernetesContexts', { contexts: contexts.map(({ name }) => name).join(', ') })
        }
        value={value.context}
        onChange={(context) => onChange({ context })}
      />
      <TextField
        label={t('settings.kubernetesNamespace')}
        hint={t('settings.kubernetesNamespaceHint')}
        value={value.namespace}
        onChange={(namespace) => onChange({ namespace })}
      />
      <div className={styles.text}>
        <span id={id} className={styles.label}>
          {t('settings.kubernetesAgreed')}
        </span>
        <p>{t(value.agreedCommands.length === 0 ? 'settings.kubernetesNoneAgreed' : 'settings.kubernetesAgreedHint')}</p>
        <ul className={styles.agreed} aria-labelledby={id}>
          {value.agreedCommands.map((key) => (
            <li key={key}>
              <code title={key}>{key.slice(0, 16)}</code>
              <Button
                aria-label={t('settings.takeBackName', { key: key.slice(0, 16) })}
                onClick={() => onChange({ agreedCommands: value.agreedCommands.filter((one) => one !== key) })}
              >
                {t('settings.takeBack')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
