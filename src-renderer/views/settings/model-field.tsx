import { useState } from 'react';
import type { Settings } from '../../../src-shared/settings';
import { Button } from '../../components/button';
import { useWords } from '../../words/use-words';
import { Choice } from './setting-fields';
import styles from './traffic-fields.module.css';

type Model = Settings['traffic']['model'];

interface ModelFieldProps {
  readonly model: Model;
  readonly onChange: (model: Model) => void;
}

const usualUrl = { ollama: 'http://127.0.0.1:11434', openai: 'https://api.example.com/v1' } as const;

/** Ollama, an endpoint like OpenAI's, or nothing. Saved as a whole, since half of it is of no use. */
export function ModelField({ model, onChange }: ModelFieldProps) {
  const { t } = useWords();
  const [kind, setKind] = useState<'none' | 'ollama' | 'openai'>(model?.kind ?? 'none');
  const [url, setUrl] = useState(model?.url ?? '');
  const [name, setName] = useState(model?.model ?? '');
  const [keyVariable, setKeyVariable] = useState(model?.keyVariable ?? '');
  const isUrl = /^https?:\/\/[^\s/]/.test(url.trim()) && URL.canParse(url.trim());
  const isKey = /^([A-Za-z_][A-Za-z0-9_]*)?$/.test(keyVariable.trim());
  const isWhole = isUrl && isKey && name.trim() !== '';
  const wrong = !isKey ? 'settings.modelKeyWrong' : url !== '' && name !== '' && !isWhole ? 'settings.modelWrong' : null;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (kind !== 'none' && isWhole) onChange({ kind, url: url.trim(), model: name.trim(), keyVariable: keyVariable.trim() });
      }}
    >
      <Choice
        label={t('settings.model')}
        value={kind}
        options={[
          { value: 'none', label: t('settings.modelOff') },
          { value: 'ollama', label: 'Ollama' },
          { value: 'openai', label: 'OpenAI API' },
        ]}
        onChange={(next) => {
          setKind(next);
          if (next === 'none' && model !== null) onChange(null);
        }}
      />
      {kind !== 'none' && (
        <>
          <label className={styles.field}>
            <span>{t('settings.modelUrl')}</span>
            <input
              className="mono"
              value={url}
              maxLength={1_024}
              spellCheck={false}
              placeholder={usualUrl[kind]}
              onChange={(event) => setUrl(event.target.value)}
            />
          </label>
          <label className={styles.field}>
            <span>{t('settings.modelName')}</span>
            <input
              className="mono"
              value={name}
              maxLength={256}
              spellCheck={false}
              placeholder={kind === 'ollama' ? 'llama3.1:8b' : ''}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <label className={styles.field}>
            <span>{t('settings.modelKey')}</span>
            <input
              className="mono"
              value={keyVariable}
              maxLength={128}
              spellCheck={false}
              placeholder="OPENAI_API_KEY"
              title={t('settings.modelKeyHint')}
              onChange={(event) => setKeyVariable(event.target.value)}
            />
          </label>
          <div className={styles.foot}>
            <p role="status">
              {wrong !== null ? t(wrong) : model === null ? t('settings.modelKeyHint') : t('settings.modelSaved', { url: model.url })}
            </p>
            <Button type="submit" disabled={!isWhole}>
              {t('settings.modelSave')}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}
