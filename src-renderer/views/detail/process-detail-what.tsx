import type { ProcessExplanation } from '../../../src-shared/contract';
import type { Process, ProcessRole } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { Fold } from '../../components/fold';
import { useWindowState } from '../../state/context';
import { openProgram } from '../../state/ui-store';
import { printable } from '../../words/highlight';
import { useWords, type Words } from '../../words/use-words';
import { categoryText, type RoleBase, roleSentence } from '../processes/role-base';
import styles from './process-detail.module.css';

interface WhatCardProps {
  readonly process: Process;
  readonly explanation: ProcessExplanation | null;
  readonly roles: RoleBase | null;
}

/** What it is, in one sentence with where that comes from; whatever else is known of it folded below. */
export function WhatCard({ process, explanation, roles }: WhatCardProps) {
  const words = useWords();
  const { t } = words;
  const { ui } = useWindowState();
  const [first = process.role, ...others] = explanation?.roles ?? [];
  // The row is the newer of the two; the answer only adds the other layers.
  const winner = first.layer === process.role.layer ? first : process.role;
  const more = others.filter((role) => role.layer !== 'unknown' && role.layer !== winner.layer);
  const note = explanation?.policy?.note ?? '';
  return (
    <section className={styles.what} aria-label={t('process.what')} data-claimed={winner.claimed}>
      <p className={styles.sentence}>{sentenceOf(words, winner, roles)}</p>
      <p className={styles.quiet}>{sourceOf(words, winner)}</p>
      {note !== '' && (
        <p>
          <span className={styles.quiet}>{t('process.what.note')}:</span> {printable(note)}
        </p>
      )}
      {explanation !== null && process.exe !== null && (
        <p className={styles.verdict}>
          <span className={styles.quiet}>{t('process.what.verdict')}:</span> {t(`program.verdict.${explanation.policy?.verdict ?? 'none'}`)}
          <Button kind="link" onClick={() => openProgram(ui, { exe: process.exe, name: process.name })}>
            {t(explanation.policy === null ? 'process.what.register' : 'process.what.change')}
          </Button>
        </p>
      )}
      {more.length > 0 && (
        <Fold id="process.what" title={t('process.what.more')} summary={more.length} startsOpen={false}>
          <ul className={styles.layers}>
            {more.map((role) => (
              <li key={`${role.layer} ${role.entry ?? ''}`}>
                {sentenceOf(words, role, roles)} <span className={styles.quiet}>{sourceOf(words, role)}</span>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </section>
  );
}

function sentenceOf(words: Words, role: ProcessRole, roles: RoleBase | null): string {
  const sentence = printable(roleSentence(words, role, roles));
  return sentence === '' ? words.t('process.what.unknownYet') : sentence;
}

/** "Database · from: role base" */
function sourceOf(words: Words, role: ProcessRole): string {
  const source = words.t('process.what.source', { layer: words.t(`role.layer.${role.layer}`) });
  return [categoryText(words, role), source].filter((one) => one !== '').join(' · ');
}
