import type { ReactNode } from 'react';
import { joinClasses } from './join-classes';
import styles from './panel.module.css';

interface PanelProps {
  /** Accessible name of the region and its visible heading. */
  readonly title: string;
  readonly summary?: ReactNode;
  /** Right end of the header: filter, legend, a way on. */
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A region of the window: heading, one line about it, content. */
export function Panel({ title, summary, aside, className, children }: PanelProps) {
  return (
    <section className={joinClasses(styles.panel, className)} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {summary !== undefined && <p className={styles.summary}>{summary}</p>}
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </header>
      {children}
    </section>
  );
}
