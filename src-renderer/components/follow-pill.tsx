import styles from './follow-pill.module.css';

interface FollowPillProps {
  readonly says: string;
  readonly onFollow: () => void;
}

/** Over the end of a log that is not followed: what came meanwhile, and the way back. Its frame is positioned. */
export function FollowPill({ says, onFollow }: FollowPillProps) {
  return (
    <button type="button" className={styles.pill} onClick={onFollow}>
      {says}
    </button>
  );
}
