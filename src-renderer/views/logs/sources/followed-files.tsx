import { Plus } from 'lucide-react';
import { useState } from 'react';
import { type LogKind, logKinds } from '../../../../src-shared/logs/log-record';
import { Button } from '../../../components/button';
import { Choice } from '../../../components/choice';
import { RemoveButton } from '../../../components/remove-button';
import { useApp } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { Switch } from '../../settings/setting-fields';
import { useSavedChange } from '../use-saved-change';
import styles from './cards.module.css';

/** Files besides the well-known ones, by glob. */
export function FollowedFiles({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useWords();
  const { files, wellKnownFiles } = useApp((app) => app.settings.logs);
  const { save, problem } = useSavedChange();
  const [pattern, setPattern] = useState('');
  const [kind, setKind] = useState<LogKind>('event');
  const put = (next: readonly (typeof files)[number][]) => save({ logs: { files: [...next] } });
  const path = pattern.trim();
  const kinds = { className: styles.select, values: logKinds, textOf: (one: LogKind) => t(`logs.kind.${one}`) };
  return (
    <fieldset className={styles.card} disabled={readOnly}>
      <legend className="visually-hidden">{t('logs.files')}</legend>
      <Switch label={t('logs.wellKnownFiles')} on={wellKnownFiles} onChange={(on) => save({ logs: { wellKnownFiles: on } })} />
      {files.length > 0 && (
        <ul className={styles.list}>
          {files.map((file) => (
            <li key={file.pattern} className={styles.entry}>
              <code title={file.pattern}>{file.pattern}</code>
              <Choice
                {...kinds}
                value={file.kind}
                label={t('logs.kindOf', { name: file.pattern })}
                onChange={(next) => put(files.map((one) => (one === file ? { ...one, kind: next } : one)))}
              />
              <RemoveButton name={file.pattern} onRemove={() => put(files.filter((one) => one !== file))} />
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!path.startsWith('/') && !path.startsWith('~')) return;
          put([...files.filter((one) => one.pattern !== path), { pattern: path, kind }]);
          setPattern('');
        }}
      >
        <input
          className="mono"
          aria-label={t('logs.fileGlob')}
          placeholder="/srv/app/logs/*.log"
          value={pattern}
          spellCheck={false}
          onChange={(event) => setPattern(event.target.value)}
        />
        <Choice {...kinds} value={kind} label={t('logs.kindOfNew')} onChange={setKind} />
        <Button type="submit" disabled={path === ''}>
          <Plus size={12} aria-hidden="true" /> {t('logs.add')}
        </Button>
      </form>
      <p className={styles.quiet} role="status">
        {problem ?? t(path !== '' && !path.startsWith('/') && !path.startsWith('~') ? 'logs.fileAbsolute' : 'logs.fileHint')}
      </p>
    </fieldset>
  );
}
