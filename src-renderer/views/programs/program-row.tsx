import { type CSSProperties, memo } from 'react';
import { useStore } from 'zustand';
import type { Policy } from '../../../src-shared/contract';
import { joinClasses } from '../../components/join-classes';
import { Middle } from '../../components/middle';
import row from '../../components/row.module.css';
import { useWindowState } from '../../state/context';
import { printable } from '../../words/highlight';
import { formatAgo, formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import styles from './programs.module.css';

interface ProgramRowProps {
  /** The same object as long as it was not changed. */
  readonly policy: Policy;
  readonly place: CSSProperties;
  readonly rowIndex: number;
}

/** One program a person said something of: name and verdict, what for, where it stands. */
export const ProgramRow = memo(function ProgramRow({ policy, place, rowIndex }: ProgramRowProps) {
  const words = useWords();
  const { t } = words;
  const { ui, clock } = useWindowState();
  const { exe, name, role, category, verdict, note, author, updatedAtMs, sha256, expectedRules } = policy;
  const ago = useStore(clock, ({ nowMs }) => formatAgo(words, updatedAtMs, nowMs));
  const says = [
    role === null || role === '' ? null : printable(role),
    note === '' ? null : printable(note),
    expectedRules.length === 0 ? null : t('program.expectedRules', { count: expectedRules.length }),
  ].filter((one) => one !== null);
  return (
    <div role="row" aria-rowindex={rowIndex} className={joinClasses(row.row, styles.program)} style={place}>
      <div role="cell" className={styles.first}>
        <button type="button" className={row.open} data-opens="true" onClick={() => ui.setState({ programTarget: { exe, name } })}>
          <strong className={styles.name}>{printable(name)}</strong>
          {category !== null && <span className={styles.quiet}>{words.tOr(`role.category.${category}`, printable(category))}</span>}
        </button>
      </div>
      <div role="cell" className={styles.verdict} data-verdict={verdict ?? 'none'}>
        {verdict !== null && t(`program.verdict.${verdict}`)}
      </div>
      <div role="cell" className={styles.changed} title={formatDay(words.language, updatedAtMs)}>
        {t('program.changed', { author: printable(author), ago })}
      </div>
      <div role="cell" className={styles.says} title={says.join('\n')}>
        {says.length === 0 ? <span className={styles.quiet}>{t('program.noRole')}</span> : says.join(' · ')}
      </div>
      <div role="cell" className={styles.path}>
        <Middle text={printable(exe)} tailLength={16} />
        {sha256 !== null && (
          <span className={styles.bound} title={sha256}>
            {t('program.bound')}
          </span>
        )}
      </div>
    </div>
  );
});
