import { useId, useState } from 'react';
import { Button } from '../../../components/button';
import { useWords } from '../../../words/use-words';
import styles from './format-preview.module.css';

/** Names that the core knows (formatNames in detect-format). */
const formats = ['auto', 'common', 'combined', 'json', 'w3c', 'alb'] as const;
const longest = 4_000;

interface FormatChoiceProps {
  readonly format: string;
  readonly onChange: (format: string) => void;
}

/** A known format, or a log_format of one's own. */
export function FormatChoice({ format, onChange }: FormatChoiceProps) {
  const { t } = useWords();
  const id = useId();
  const isOwn = !formats.some((one) => one === format);
  const [own, setOwn] = useState(isOwn);
  const [text, setText] = useState(isOwn ? format : '');
  const wanted = text.trim();
  return (
    <form
      className={styles.choice}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '') onChange(wanted);
      }}
    >
      <label htmlFor={id}>{t('traffic.readAs')}</label>
      <select
        id={id}
        value={own ? 'own' : format}
        onChange={({ target }) => {
          setOwn(target.value === 'own');
          if (target.value !== 'own') onChange(target.value);
        }}
      >
        {formats.map((one) => (
          <option key={one} value={one}>
            {t(`traffic.format.${one}`)}
          </option>
        ))}
        <option value="own">{t('traffic.format.own')}</option>
      </select>
      {own && (
        <>
          <input
            className="mono"
            aria-label={t('traffic.ownFormat')}
            placeholder={'$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent $request_time'}
            value={text}
            maxLength={longest}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit" disabled={wanted === '' || wanted === format}>
            {t('traffic.tryFormat')}
          </Button>
          <p className={styles.quiet}>{t('traffic.ownFormatHint')}</p>
        </>
      )}
    </form>
  );
}
