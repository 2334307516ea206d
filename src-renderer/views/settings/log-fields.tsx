import { Plus } from 'lucide-react';
import { useState } from 'react';
import { highlightColours, type Settings, type SettingsPatch } from '../../../src-shared/settings';
import { Button } from '../../components/button';
import { Choice } from '../../components/choice';
import { RemoveButton } from '../../components/remove-button';
import { useWords } from '../../words/use-words';
import styles from './log-fields.module.css';
import { LinesField, Switch } from './setting-fields';

type Logs = Settings['logs'];
type Colour = (typeof highlightColours)[number];

interface LogFieldsProps {
  readonly value: Logs;
  readonly onChange: (patch: NonNullable<SettingsPatch['logs']>) => void;
}

/** Which words count, which are shown in a colour, and whether addresses are masked. */
export function LogFields({ value, onChange }: LogFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <LinesField
        label={t('settings.keywords')}
        hint={t('settings.keywordsHint')}
        lines={value.keywords}
        onChange={(keywords) => onChange({ keywords })}
      />
      <div className={styles.group}>
        <p className={styles.label}>{t('settings.highlights')}</p>
        <Highlights words={value.highlights} onChange={(highlights) => onChange({ highlights: [...highlights] })} />
        <p className={styles.hint}>{t('settings.highlightsHint')}</p>
      </div>
      <Switch label={t('settings.maskEmail')} on={value.maskEmail} onChange={(maskEmail) => onChange({ maskEmail })} />
    </>
  );
}

interface HighlightsProps {
  readonly words: Logs['highlights'];
  readonly onChange: (words: Logs['highlights']) => void;
}

function Highlights({ words, onChange }: HighlightsProps) {
  const { t } = useWords();
  const [word, setWord] = useState('');
  const [colour, setColour] = useState<Colour>('purple');
  const colours = { className: styles.select, values: highlightColours, textOf: (one: Colour) => t(`settings.colour.${one}`) };
  return (
    <>
      <ul className={styles.words}>
        {words.map((one) => (
          <li key={one.word} className={styles.entry}>
            <span className={styles.word} data-colour={one.colour} title={one.word}>
              {one.word}
            </span>
            <Choice
              {...colours}
              label={t('settings.colourOf', { word: one.word })}
              value={one.colour}
              onChange={(next) => onChange(words.map((other) => (other === one ? { ...one, colour: next } : other)))}
            />
            <RemoveButton name={one.word} onRemove={() => onChange(words.filter((other) => other !== one))} />
          </li>
        ))}
      </ul>
      <form
        className={styles.entry}
        onSubmit={(event) => {
          event.preventDefault();
          const text = word.trim();
          if (text === '') return;
          onChange([...words.filter((one) => one.word.toLowerCase() !== text.toLowerCase()), { word: text, colour }]);
          setWord('');
        }}
      >
        <input
          className={styles.input}
          aria-label={t('settings.highlightWord')}
          placeholder={t('settings.highlightWord')}
          value={word}
          maxLength={64}
          onChange={(event) => setWord(event.target.value)}
        />
        <Choice {...colours} label={t('settings.colourOfNew')} value={colour} onChange={setColour} />
        <Button type="submit" disabled={word.trim() === ''}>
          <Plus size={12} aria-hidden="true" /> {t('logs.add')}
        </Button>
      </form>
    </>
  );
}
