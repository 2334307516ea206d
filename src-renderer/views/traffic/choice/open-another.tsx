import { useId, useState } from 'react';
import { Button } from '../../../components/button';
import { useApp } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import styles from './source-choice.module.css';

/** A path or a glob by hand. */
export function OpenAnother({ onOpen }: { readonly onOpen: (path: string, format: string) => void }) {
  const { t } = useWords();
  const id = useId();
  // A read-only door opens what is listed, or its token would open every file of the person.
  const readOnly = useApp((app) => !(app.info?.actionsAllowed ?? false));
  const [text, setText] = useState('');
  const path = text.trim();
  const isAbsolute = path.startsWith('/') || path.startsWith('~/') || /^[A-Za-z]:[\\/]/.test(path);
  return (
    <form
      className={styles.another}
      onSubmit={(event) => {
        event.preventDefault();
        if (isAbsolute) onOpen(path, 'auto');
      }}
    >
      <label htmlFor={id}>{t('traffic.another')}</label>
      <div className={styles.field}>
        <input
          id={id}
          className="mono"
          value={text}
          maxLength={4_096}
          spellCheck={false}
          autoComplete="off"
          placeholder="/var/log/nginx/access.log*"
          disabled={readOnly}
          aria-invalid={path !== '' && !isAbsolute}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={readOnly || !isAbsolute}>
          {t('traffic.open')}
        </Button>
      </div>
      <p id={`${id}-hint`} className={styles.quiet}>
        {t(readOnly ? 'traffic.anotherReadOnly' : path !== '' && !isAbsolute ? 'traffic.anotherAbsolute' : 'traffic.anotherHint')}
      </p>
    </form>
  );
}
