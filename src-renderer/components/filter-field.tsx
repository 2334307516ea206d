import { Search } from 'lucide-react';
import styles from './filter-field.module.css';

interface FilterFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows the list it stands above. `/` puts the cursor into the first one on screen; Esc empties it. */
export function FilterField({ label, value, onChange }: FilterFieldProps) {
  return (
    <span className={styles.field}>
      <Search size={13} aria-hidden="true" />
      <input
        type="search"
        data-filter="true"
        aria-label={label}
        placeholder={label}
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
