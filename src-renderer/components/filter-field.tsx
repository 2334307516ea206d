import { Search } from 'lucide-react';
import styles from './filter-field.module.css';

interface FilterFieldProps {
  readonly label: string;
  readonly value: string;
  /** Shown while it is empty, instead of the label: what may be written. */
  readonly example?: string;
  /** As wide as its place lets it be. */
  readonly wide?: boolean;
  readonly onChange: (value: string) => void;
}

/** Narrows the list it stands above. `/` puts the cursor into the first one on screen; Esc empties it. */
export function FilterField({ label, value, example, wide = false, onChange }: FilterFieldProps) {
  return (
    <span className={styles.field} data-wide={wide}>
      <Search size={13} aria-hidden="true" />
      <input
        type="search"
        data-filter="true"
        aria-label={label}
        placeholder={example ?? label}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (value === '') event.currentTarget.blur();
          else onChange('');
        }}
      />
    </span>
  );
}
