import { memo } from 'react';
import type { Process } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import { useApp, useWindowState } from '../../state/context';
import { showProcesses, toggleSelected } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import styles from './process-candidates.module.css';
import { reasonsText } from './process-columns';

/** More would push the table away; the others are one click off. */
const shownCount = 3;

/** What LogScope recommends to end, with why. Each is still asked about by itself. */
export function ProcessCandidates({ processes }: { readonly processes: readonly Process[] }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const candidates = processes.filter(({ killClass }) => killClass === 'K4');
  if (candidates.length === 0) return null;
  const shown = [...candidates].sort((a, b) => b.risk.score - a.risk.score || a.pid - b.pid).slice(0, shownCount);
  return (
    <section className={styles.candidates} aria-label={t('process.candidates')}>
      <div className={styles.head}>
        <h3>{t('process.candidates')}</h3>
        <p>{t('process.candidates.count', { count: candidates.length })}</p>
        {candidates.length > shownCount && (
          <Button kind="link" onClick={() => showProcesses(ui, 'class:K4')}>
            {t('process.candidates.more', { count: candidates.length - shownCount })}
          </Button>
        )}
      </div>
      <ul>
        {shown.map((process) => (
          <Candidate key={process.id} process={process} />
        ))}
      </ul>
    </section>
  );
}

const Candidate = memo(
  function Candidate({ process }: { readonly process: Process }) {
    const words = useWords();
    const { t } = words;
    const { ui } = useWindowState();
    const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? false);
    const { id, name, pid, risk } = process;
    const why = reasonsText(words, process);
    return (
      <li className={styles.candidate}>
        <LevelShape level={risk.level === 'ok' ? 'inactive' : risk.level} size={9} />
        <button type="button" className={styles.name} onClick={() => toggleSelected(ui, { kind: 'process', id })}>
          <Middle text={name} strong />
          <span className={styles.quiet}>{pid}</span>
        </button>
        <span className={styles.why} title={why}>
          {why === '' ? t('process.class.K4') : why}
        </span>
        {actionsAllowed && (
          <Button aria-label={t('processes.killName', { name })} onClick={() => ui.setState({ stopTarget: { id, name } })}>
            {t('processes.kill')}
          </Button>
        )}
      </li>
    );
  },
  ({ process: a }, { process: b }) =>
    a.id === b.id &&
    a.name === b.name &&
    a.risk.level === b.risk.level &&
    a.risk.reasons.map(({ text }) => text).join() === b.risk.reasons.map(({ text }) => text).join(),
);
