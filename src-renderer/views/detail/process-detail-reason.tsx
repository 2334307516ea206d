import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { RiskReason } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { printable } from '../../words/highlight';
import { useWords } from '../../words/use-words';
import styles from './process-detail.module.css';

interface ReasonItemProps {
  readonly reason: RiskReason;
  readonly startsOpen: boolean;
  /** Null through a door that changes nothing. */
  readonly onExpect: (() => void) | null;
}

/** One reason: what was seen and how much it counts; unfolded why that matters, the usual innocent cause, what to look at next. */
export function ReasonItem({ reason, startsOpen, onExpect }: ReasonItemProps) {
  const words = useWords();
  const { t } = words;
  const [open, setOpen] = useState(startsOpen);
  const id = useId();
  const { rule, points, axis, values } = reason;
  const about = (['why', 'innocent', 'check'] as const)
    .map((part) => ({ part, text: words.tOr(`risk.${part}.${rule}`, '', values) }))
    .filter(({ text }) => text !== '');
  return (
    <li className={styles.reason}>
      <button type="button" className={styles.reasonHead} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <ChevronRight size={13} aria-hidden="true" />
        <span className={styles.seen}>{printable(words.reason(reason))}</span>
        <span className={styles.points} title={t(`process.axis.${axis}`)}>
          {t('process.points', { points: Math.round(points), count: Math.round(points) })}
        </span>
      </button>
      {open && (
        <div id={id} className={styles.about}>
          <dl>
            {about.map(({ part, text }) => (
              <div key={part}>
                <dt>{t(`process.reason.${part}`)}</dt>
                <dd>{printable(text)}</dd>
              </div>
            ))}
          </dl>
          {onExpect !== null && (
            <p className={styles.expect}>
              <Button onClick={onExpect}>{t('process.expect')}</Button> <span className={styles.quiet}>{t('process.expect.hint')}</span>
            </p>
          )}
        </div>
      )}
    </li>
  );
}
