import { useEffect, useId, useState } from 'react';
import styles from './settings-view.module.css';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few, all in sight. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <div className={styles.segments}>
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Switch({
  label,
  on,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <label className={styles.switch}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} /> {label}
    </label>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Saved when the field is left or Enter is pressed, and only when it differs. */
export function TextField({ label, hint, value, onChange }: TextFieldProps) {
  const id = useId();
  const [draft, setDraft] = useDraft(value);
  const save = () => draft.trim() !== value && onChange(draft.trim());
  return (
    <div className={styles.text}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="mono"
        value={draft}
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
      <p id={`${id}-hint`}>{hint}</p>
    </div>
  );
}

interface LinesFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly lines: readonly string[];
  readonly onChange: (lines: string[]) => void;
}

/** A list, one a line; saved when the field is left. */
export function LinesField({ label, hint, lines, onChange }: LinesFieldProps) {
  const id = useId();
  const joined = lines.join('\n');
  const [draft, setDraft] = useDraft(joined);
  function save(): void {
    const next = [...new Set(draft.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
    if (next.join('\n') !== joined) onChange(next);
  }
  return (
    <div className={styles.text}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="mono"
        rows={Math.min(8, Math.max(3, lines.length + 1))}
        value={draft}
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
      />
      <p id={`${id}-hint`}>{hint}</p>
    </div>
  );
}

/** A share as whole percent. Out of range or no number: the old value comes back. */
export function PercentField({
  label,
  ratio,
  onChange,
}: {
  readonly label: string;
  readonly ratio: number;
  readonly onChange: (ratio: number) => void;
}) {
  const shown = String(Math.round(ratio * 100));
  const [draft, setDraft] = useDraft(shown);
  function save(): void {
    const percent = Number(draft);
    if (draft.trim() === '' || !Number.isFinite(percent) || percent < 0 || percent > 100) setDraft(shown);
    else if (draft !== shown) onChange(percent / 100);
  }
  return (
    <span className={styles.percent}>
      <input
        type="number"
        min={0}
        max={100}
        aria-label={label}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
      %
    </span>
  );
}

/** What is being typed; follows the saved value when that changes. */
function useDraft(saved: string) {
  const [draft, setDraft] = useState(saved);
  useEffect(() => setDraft(saved), [saved]);
  return [draft, setDraft] as const;
}
