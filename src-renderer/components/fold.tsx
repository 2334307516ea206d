import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useUi, useWindowState } from '../state/context';
import styles from './fold.module.css';

interface FoldProps {
  /** Under this name the window remembers whether it is open, e.g. "container.mounts": the next thing's section opens alike. */
  readonly id: string;
  readonly title: string;
  /** One quiet fact beside the title: a count, "none". Shown open and closed. */
  readonly summary?: ReactNode;
  readonly startsOpen?: boolean;
  /** Right end of the heading; outside the button that folds. */
  readonly aside?: ReactNode;
  /** Not mounted while closed. */
  readonly children: ReactNode;
}

/** A section of the detail panel that can be folded away. */
export function Fold({ id, title, summary, startsOpen = true, aside, children }: FoldProps) {
  const { ui } = useWindowState();
  const open = useUi((state) => state.folds[id] ?? startsOpen);
  const bodyId = useId();
  return (
    <section className={styles.fold} aria-label={title}>
      <div className={styles.head}>
        <h3 className={styles.title}>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={bodyId}
            onClick={() => ui.setState({ folds: { ...ui.getState().folds, [id]: !open } })}
          >
            <ChevronRight size={13} aria-hidden="true" className={styles.arrow} />
            {title}
            {summary !== undefined && <span className={styles.summary}>{summary}</span>}
          </button>
        </h3>
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </div>
      {open && (
        <div id={bodyId} className={styles.body}>
          {children}
        </div>
      )}
    </section>
  );
}
