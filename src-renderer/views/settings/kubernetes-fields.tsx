import { useEffect, useId, useState } from 'react';
import type { KubernetesProgram } from '../../../src-shared/contract';
import type { Settings } from '../../../src-shared/settings';
import { Button } from '../../components/button';
import { useReadings, useWindowState } from '../../state/context';
import { commandText } from '../../words/command-text';
import { useWords } from '../../words/use-words';
import { NumberField } from './process-fields';
import { TextField } from './setting-fields';
import styles from './settings-view.module.css';

type Kubernetes = Settings['kubernetes'];

interface KubernetesFieldsProps {
  readonly value: Kubernetes;
  /** Of how many pods the logs are kept. */
  readonly followedPods: number;
  readonly onFollowedPods: (count: number) => void;
  readonly onChange: (patch: Partial<Kubernetes>) => void;
}

/** Which cluster, which namespace, and the programs of kubeconfigs that were agreed to. */
export function KubernetesFields({ value, followedPods, onFollowedPods, onChange }: KubernetesFieldsProps) {
  const { t } = useWords();
  const programs = usePrograms(value.agreedCommands.length > 0);
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
        <span className={styles.label}>{t('settings.followedPods')}</span>
        <NumberField label={t('settings.followedPods')} value={followedPods} min={0} max={500} step={1} onChange={onFollowedPods} />
        <p>{t('settings.followedPodsHint')}</p>
      </div>
      <div className={styles.text}>
        <span id={id} className={styles.label}>
          {t('settings.kubernetesAgreed')}
        </span>
        <p>{t(value.agreedCommands.length === 0 ? 'settings.kubernetesNoneAgreed' : 'settings.kubernetesAgreedHint')}</p>
        <ul className={styles.agreed} aria-labelledby={id}>
          {value.agreedCommands.map((key) => (
            <AgreedProgram
              key={key}
              hash={key}
              program={programs?.find((one) => one.key === key)}
              known={programs !== null}
              onTakeBack={() => onChange({ agreedCommands: value.agreedCommands.filter((one) => one !== key) })}
            />
          ))}
        </ul>
      </div>
    </>
  );
}

/** What the kubeconfigs name at the moment; null before the answer, and where it does not come. */
function usePrograms(wanted: boolean): readonly KubernetesProgram[] | null {
  const { client } = useWindowState();
  const [programs, setPrograms] = useState<readonly KubernetesProgram[] | null>(null);
  useEffect(() => {
    if (!wanted) return;
    client.request('pods.contexts', null).then(
      (answer) => setPrograms(answer.programs),
      (error: unknown) => console.warn('LogScope: the kubeconfig could not be asked for its programs', error),
    );
  }, [client, wanted]);
  return programs;
}

interface AgreedProgramProps {
  readonly hash: string;
  readonly program: KubernetesProgram | undefined;
  /** The kubeconfigs were asked. */
  readonly known: boolean;
  readonly onTakeBack: () => void;
}

function AgreedProgram({ hash, program, known, onTakeBack }: AgreedProgramProps) {
  const { t } = useWords();
  const name = program === undefined ? hash.slice(0, 16) : commandText(program.command);
  return (
    <li>
      <div className={styles.program}>
        <code title={hash}>{name}</code>
        {known && (
          <p>
            {program === undefined
              ? t('settings.kubernetesProgramGone')
              : t('settings.kubernetesProgramOf', { contexts: program.contexts.join(', ') })}
          </p>
        )}
      </div>
      <Button aria-label={t('settings.takeBackName', { key: name })} onClick={onTakeBack}>
        {t('settings.takeBack')}
      </Button>
    </li>
  );
}
