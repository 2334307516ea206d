import { X } from 'lucide-react';
import { useId } from 'react';
import { type PolicyDraft, policyVerdicts } from '../../../src-shared/contract';
import { roleCategories } from '../../../src-shared/roles/role-entry';
import { useWords } from '../../words/use-words';
import styles from './program-form.module.css';

interface ProgramFieldsProps {
  readonly draft: PolicyDraft;
  /** The path is the key: it can be written only once. */
  readonly isNew: boolean;
  /** Content the entry can be held to; null: not known. */
  readonly contentHash: string | null;
  readonly onChange: (change: Partial<PolicyDraft>) => void;
}

const verdicts = ['none', ...policyVerdicts] as const;

export function ProgramFields({ draft, isNew, contentHash, onChange }: ProgramFieldsProps) {
  const { t } = useWords();
  const id = useId();
  const verdict = draft.verdict ?? 'none';
  return (
    <>
      <div className={styles.pair}>
        <label htmlFor={`${id}-name`}>{t('program.form.name')}</label>
        <input
          id={`${id}-name`}
          value={draft.name}
          maxLength={256}
          spellCheck={false}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </div>
      <div className={styles.pair}>
        <label htmlFor={`${id}-exe`}>{t('program.form.path')}</label>
        <div>
          <input
            id={`${id}-exe`}
            className="mono"
            value={draft.exe}
            maxLength={4096}
            spellCheck={false}
            readOnly={!isNew}
            aria-describedby={isNew ? `${id}-exe-hint` : undefined}
            onChange={(event) => onChange({ exe: event.target.value })}
          />
          {isNew && (
            <p id={`${id}-exe-hint`} className={styles.quiet}>
              {t('program.form.pathHint')}
            </p>
          )}
        </div>
      </div>
      <div className={styles.pair}>
        <label htmlFor={`${id}-role`}>{t('program.form.role')}</label>
        <input
          id={`${id}-role`}
          value={draft.role ?? ''}
          maxLength={500}
          placeholder={t('program.form.roleHint')}
          onChange={(event) => onChange({ role: event.target.value })}
        />
      </div>
      <div className={styles.pair}>
        <label htmlFor={`${id}-category`}>{t('program.form.category')}</label>
        <select
          id={`${id}-category`}
          value={draft.category ?? ''}
          onChange={(event) => onChange({ category: roleCategories.find((one) => one === event.target.value) ?? null })}
        >
          <option value="">{t('program.form.noCategory')}</option>
          {roleCategories.map((one) => (
            <option key={one} value={one}>
              {t(`role.category.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.pair}>
        <label htmlFor={`${id}-verdict`}>{t('program.form.verdict')}</label>
        <div className={styles.verdict}>
          <select
            id={`${id}-verdict`}
            value={verdict}
            onChange={(event) => onChange({ verdict: policyVerdicts.find((one) => one === event.target.value) ?? null })}
          >
            {verdicts.map((one) => (
              <option key={one} value={one}>
                {t(`program.verdict.${one}`)}
              </option>
            ))}
          </select>
          <span className={styles.quiet}>{t(`program.verdictHint.${verdict}`)}</span>
        </div>
      </div>
      <div className={styles.pair}>
        <label htmlFor={`${id}-note`}>{t('program.form.note')}</label>
        <textarea
          id={`${id}-note`}
          rows={2}
          value={draft.note}
          maxLength={2000}
          onChange={(event) => onChange({ note: event.target.value })}
        />
      </div>
      <div className={styles.pair}>
        <span />
        <div>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={draft.sha256 !== null}
              disabled={contentHash === null && draft.sha256 === null}
              onChange={(event) => onChange({ sha256: event.target.checked ? contentHash : null })}
            />
            {t('program.form.bound')}
          </label>
          <p className={styles.hash}>
            {contentHash === null && draft.sha256 === null ? t('program.form.boundUnknown') : <code>{draft.sha256 ?? contentHash}</code>}
          </p>
        </div>
      </div>
      {draft.expectedRules.length > 0 && <Rules rules={draft.expectedRules} onChange={onChange} />}
    </>
  );
}

function Rules({ rules, onChange }: { readonly rules: readonly string[]; readonly onChange: ProgramFieldsProps['onChange'] }) {
  const { t } = useWords();
  return (
    <div className={styles.pair}>
      <span className={styles.label}>{t('program.form.rules')}</span>
      <ul className={styles.rules}>
        {rules.map((rule) => (
          <li key={rule}>
            <code>{rule}</code>
            <button
              type="button"
              aria-label={t('program.form.dropRule', { rule })}
              title={t('program.form.dropRule', { rule })}
              onClick={() => onChange({ expectedRules: rules.filter((one) => one !== rule) })}
            >
              <X size={12} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
