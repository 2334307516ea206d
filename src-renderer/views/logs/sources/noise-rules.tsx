import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { createNoiseMatch } from '../../../../src-shared/logs/noise-match';
import type { Settings } from '../../../../src-shared/settings';
import { Button } from '../../../components/button';
import { Choice } from '../../../components/choice';
import { joinClasses } from '../../../components/join-classes';
import { RemoveButton } from '../../../components/remove-button';
import { useApp, useReadingsShallow } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { useSavedChange } from '../use-saved-change';
import styles from './cards.module.css';

type Rule = Settings['logs']['noiseRules'][number];
const actions = ['drop', 'keep-only'] as const;

/** Lines that are not kept, or the only ones that are, source by source. */
export function NoiseRules({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useWords();
  const rules = useApp((app) => app.settings.logs.noiseRules);
  const names = useReadingsShallow((readings) => (readings.logs.lastOk?.data.sources ?? []).map(({ name }) => name));
  const { save, problem } = useSavedChange();
  const list = useId();
  const [draft, setDraft] = useState<Rule>({ source: '', match: '', action: 'drop' });
  const put = (next: readonly Rule[]) => save({ logs: { noiseRules: [...next] } });
  const usable = draft.match.trim() === '' || createNoiseMatch(draft.match.trim()) !== null;
  return (
    <fieldset className={styles.card} disabled={readOnly}>
      <legend className="visually-hidden">{t('logs.noise')}</legend>
      <p className={styles.quiet}>{t('logs.noiseHint')}</p>
      {rules.length > 0 && (
        <ul className={styles.list}>
          {rules.map((rule) => (
            <li key={`${rule.source} ${rule.action} ${rule.match}`} className={styles.entry}>
              <span className={styles.rule} title={`${rule.source} ${rule.match}`}>
                <b>{rule.source === '' ? t('logs.noiseAllSources') : rule.source}</b> {t(`logs.noise.${rule.action}`)}{' '}
                <code>{rule.match}</code>
              </span>
              <RemoveButton name={rule.match} onRemove={() => put(rules.filter((one) => one !== rule))} />
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          const rule = { ...draft, source: draft.source.trim(), match: draft.match.trim() };
          if (rule.match === '' || !usable) return;
          put([...rules, rule]);
          setDraft({ ...draft, match: '' });
        }}
      >
        <input
          className={styles.short}
          list={list}
          aria-label={t('logs.noiseSource')}
          placeholder={t('logs.noiseAllSources')}
          value={draft.source}
          onChange={(event) => setDraft({ ...draft, source: event.target.value })}
        />
        <datalist id={list}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Choice
          className={styles.select}
          label={t('logs.noiseAction')}
          value={draft.action}
          values={actions}
          textOf={(action) => t(`logs.noise.${action}`)}
          onChange={(action) => setDraft({ ...draft, action })}
        />
        <input
          className={joinClasses('mono', styles.wide)}
          aria-label={t('logs.noiseMatch')}
          placeholder={t('logs.noiseMatchExample')}
          value={draft.match}
          spellCheck={false}
          aria-invalid={!usable}
          onChange={(event) => setDraft({ ...draft, match: event.target.value })}
        />
        <Button type="submit" disabled={draft.match.trim() === '' || !usable}>
          <Plus size={12} aria-hidden="true" /> {t('logs.add')}
        </Button>
      </form>
      {(problem !== null || !usable) && (
        <p className={styles.problem} role="alert">
          {problem ?? t('logQuery.bad-regex', { value: draft.match.trim() })}
        </p>
      )}
    </fieldset>
  );
}
