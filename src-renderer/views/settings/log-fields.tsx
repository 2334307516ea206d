import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { highlightColours, type Settings, type SettingsPatch } from '../../../src-shared/settings';
import { Button } from '../../components/button';
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
  return (
    <>
      <ul className={styles.words}>
        {words.map((one) => (
          <li key={one.word} className={styles.entry}>
            <span className={styles.word} data-colour={one.colour} title={one.word}>
              {one.word}
            </span>
            <ColourChoice
              label={t('settings.colourOf', { word: one.word })}
              value={one.colour}
              onChange={(next) => onChange(words.map((other) => (other === one ? { ...one, colour: next } : other)))}
            />
            <button
              type="button"
              className={styles.remove}
              aria-label={t('logs.remove', { name: one.word })}
              title={t('logs.remove', { name: one.word })}
              onClick={() => onChange(words.filter((other) => other !== one))}
            >
              <X size={13} aria-hidden="true" />
            </button>
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
        <ColourChoice label={t('settings.colourOfNew')} value={colour} onChange={setColour} />
        <Button type="submit" disabled={word.trim() === ''}>
          <Plus size={12} aria-hidden="true" /> {t('logs.add')}
        </Button>
      </form>
    </>
  );
}

interface ColourChoiceProps {
  readonly label: string;
  readonly value: Colour;
  readonly onChange: (colour: Colour) => void;
}

function ColourChoice({ label, value, onChange }: ColourChoiceProps) {
  const { t } = useWords();
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(highlightColours.find((one) => one === event.target.value) ?? value)}
    >
      {highlightColours.map((one) => (
        <option key={one} value={one}>
          {t(`settings.colour.${one}`)}
        </option>
      ))}
    </select>
  );
}
