import { X } from 'lucide-react';
import { useWords } from '../words/use-words';
import styles from './remove-button.module.css';

interface RemoveButtonProps {
  /** What is taken out of the list. */
  readonly name: string;
  /** In full, where the name alone does not tell it from its neighbours. */
  readonly says?: string;
  readonly onRemove: () => void;
}

/** The cross at the end of a row in a list that a person keeps. */
export function RemoveButton({ name, says = name, onRemove }: RemoveButtonProps) {
  const { t } = useWords();
  return (
    <button
      type="button"
      className={styles.remove}
      aria-label={t('logs.remove', { name: says })}
      title={t('logs.remove', { name })}
      onClick={onRemove}
    >
      <X size={13} aria-hidden="true" />
    </button>
  );
}
