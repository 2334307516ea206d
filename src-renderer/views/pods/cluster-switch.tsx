import { useEffect, useState } from 'react';
import { type InputOf, RequestError } from '../../../src-shared/contract';
import type { PodsSnapshot } from '../../../src-shared/snapshots';
import { useApp } from '../../state/context';
import { useChangeSettings } from '../../state/use-change-settings';
import { useWords } from '../../words/use-words';
import styles from './cluster-switch.module.css';

type Seen = Pick<PodsSnapshot, 'contexts' | 'context' | 'namespace' | 'namespaces'>;

/** Which cluster and which of its namespaces; changes the settings, so that the choice stays. */
export function ClusterSwitch({ seen }: { readonly seen: Seen }) {
  const { t, tOr } = useWords();
  const change = useChangeSettings();
  const mayChange = useApp((app) => app.info?.actionsAllowed ?? false);
  const asked = useApp((app) => app.settings.kubernetes);
  const [problem, setProblem] = useState<string | null>(null);
  const hint = mayChange ? undefined : t('pods.switchReadOnly');
  const context = asked.context === '' ? seen.context : asked.context;
  const switching = mayChange && (context !== seen.context || (asked.namespace || null) !== seen.namespace);

  async function choose(kubernetes: NonNullable<InputOf<'settings.change'>['kubernetes']>): Promise<void> {
    setProblem(null);
    try {
      await change({ kubernetes });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setProblem(tOr(`settings.problem.${error.code}`, error.message));
    }
  }

  return (
    <>
      <span role="status" className={styles.said}>
        {problem ?? (switching ? t('pods.switching') : '')}
      </span>
      <select
        className={styles.choice}
        aria-label={t('pods.context')}
        title={hint ?? t('pods.context')}
        disabled={!mayChange}
        value={context}
        // A namespace of one cluster says nothing about another.
        onChange={(event) => choose({ context: event.target.value, namespace: '' })}
      >
        {withChosen(
          seen.contexts.map(({ name }) => name),
          context,
        ).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      {seen.namespaces === null ? (
        <NamespaceField value={asked.namespace} disabled={!mayChange} hint={hint} onChange={(namespace) => choose({ namespace })} />
      ) : (
        <select
          className={styles.choice}
          aria-label={t('pods.namespace')}
          title={hint ?? t('pods.namespace')}
          disabled={!mayChange}
          value={mayChange ? asked.namespace : (seen.namespace ?? '')}
          onChange={(event) => choose({ namespace: event.target.value })}
        >
          <option value="">{t('pods.allNamespaces')}</option>
          {withChosen(seen.namespaces, mayChange ? asked.namespace : (seen.namespace ?? '')).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

/** What is chosen stands in the list even when it is not there any more. */
function withChosen(names: readonly string[], chosen: string): readonly string[] {
  return chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
}

interface NamespaceFieldProps {
  readonly value: string;
  readonly disabled: boolean;
  readonly hint: string | undefined;
  readonly onChange: (namespace: string) => void;
}

/** Where namespaces cannot be listed one is written; taken when the field is left or Enter is pressed. */
function NamespaceField({ value, disabled, hint, onChange }: NamespaceFieldProps) {
  const { t } = useWords();
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const take = () => draft.trim() !== value && onChange(draft.trim());
  return (
    <input
      className={styles.choice}
      aria-label={t('pods.namespace')}
      placeholder={t('pods.allNamespaces')}
      title={hint ?? t('pods.namespaceHint')}
      disabled={disabled}
      value={draft}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}
