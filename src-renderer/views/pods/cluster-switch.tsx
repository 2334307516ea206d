import { useEffect, useState } from 'react';
import { type InputOf, RequestError } from '../../../src-shared/contract';
import type { PodsSnapshot } from '../../../src-shared/snapshots';
import { useApp } from '../../state/context';
import { useChangeSettings } from '../../state/use-change-settings';
import { useWords } from '../../words/use-words';
import styles from './cluster-switch.module.css';

type Kubernetes = NonNullable<InputOf<'settings.change'>['kubernetes']>;

/** Which cluster and which of its namespaces; changes the settings, so that the choice stays. */
export function ClusterSwitch({ seen }: { readonly seen: Pick<PodsSnapshot, 'contexts' | 'context' | 'namespace' | 'namespaces'> }) {
  const { t } = useWords();
  const mayChange = useApp((app) => app.info?.actionsAllowed ?? false);
  const asked = useApp((app) => app.settings.kubernetes);
  const { choose, problem } = useChoose();
  const context = asked.context === '' ? seen.context : asked.context;
  // Where not all namespaces may be read, "all" stands for the context's own.
  const isAskedNamespace =
    asked.namespace === '' ? seen.namespace === null || seen.namespaces === null : asked.namespace === seen.namespace;
  const switching = mayChange && (context !== seen.context || !isAskedNamespace);
  const namespace = mayChange ? asked.namespace : (seen.namespace ?? '');
  return (
    <>
      <span role="status" className={styles.said}>
        {problem ?? (switching ? t('pods.switching') : '')}
      </span>
      <Choice
        label={t('pods.context')}
        value={context}
        names={seen.contexts.map(({ name }) => name)}
        // A namespace of one cluster says nothing about another.
        onChoose={(name) => choose({ context: name, namespace: '' })}
      />
      {seen.namespaces === null ? (
        <NamespaceField value={asked.namespace} onChange={(name) => choose({ namespace: name })} />
      ) : (
        <Choice
          label={t('pods.namespace')}
          value={namespace}
          names={seen.namespaces}
          forNone={t('pods.allNamespaces')}
          onChoose={(name) => choose({ namespace: name })}
        />
      )}
    </>
  );
}

/** Another context while the chosen one cannot be read. */
export function ContextChoice({ names, current }: { readonly names: readonly string[]; readonly current: string | null }) {
  const { t } = useWords();
  const asked = useApp((app) => app.settings.kubernetes.context);
  const { choose, problem } = useChoose();
  return (
    <>
      <Choice
        label={t('pods.context')}
        value={asked === '' ? (current ?? '') : asked}
        names={names}
        onChoose={(name) => choose({ context: name, namespace: '' })}
      />
      {problem !== null && <span role="alert">{problem}</span>}
    </>
  );
}

function useChoose() {
  const { tOr } = useWords();
  const change = useChangeSettings();
  const [problem, setProblem] = useState<string | null>(null);
  async function choose(kubernetes: Kubernetes): Promise<void> {
    setProblem(null);
    try {
      await change({ kubernetes });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setProblem(tOr(`settings.problem.${error.code}`, error.message));
    }
  }
  return { choose, problem };
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly names: readonly string[];
  /** What the empty value means; without it there is none to choose. */
  readonly forNone?: string;
  readonly onChoose: (name: string) => void;
}

function Choice({ label, value, names, forNone, onChoose }: ChoiceProps) {
  const { t } = useWords();
  const mayChange = useApp((app) => app.info?.actionsAllowed ?? false);
  // What is chosen stands in the list even when it is not there any more.
  const listed = value === '' || names.includes(value) ? names : [value, ...names];
  return (
    <select
      className={styles.choice}
      aria-label={label}
      title={mayChange ? label : t('pods.switchReadOnly')}
      disabled={!mayChange}
      value={value}
      onChange={(event) => onChoose(event.target.value)}
    >
      {(forNone !== undefined || value === '') && <option value="">{forNone}</option>}
      {listed.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Where namespaces cannot be listed one is written; taken when the field is left or Enter is pressed. */
function NamespaceField({ value, onChange }: { readonly value: string; readonly onChange: (namespace: string) => void }) {
  const { t } = useWords();
  const mayChange = useApp((app) => app.info?.actionsAllowed ?? false);
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const take = () => draft.trim() !== value && onChange(draft.trim());
  return (
    <input
      className={styles.choice}
      aria-label={t('pods.namespace')}
      placeholder={t('pods.allNamespaces')}
      title={t(mayChange ? 'pods.namespaceHint' : 'pods.switchReadOnly')}
      disabled={!mayChange}
      value={draft}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}
