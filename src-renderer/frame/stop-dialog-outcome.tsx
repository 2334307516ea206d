import type { StopPreview, StopResult } from '../../src-shared/contract';
import { unknownText } from '../../src-shared/format';
import { LevelShape } from '../components/level-shape';
import { printable } from '../words/highlight';
import { useWords, type Words } from '../words/use-words';
import styles from './stop-dialog.module.css';
import { StopReturnLine } from './stop-dialog-return';

/** What was observed after a signal: of the process, of those below it, and whether it is there again. */
export function StopOutcome({ preview, result }: { readonly preview: StopPreview; readonly result: StopResult }) {
  const words = useWords();
  const { t } = words;
  const left = result.descendants.filter(({ outcome }) => !isGood(outcome));
  return (
    <>
      <p className={styles.result} data-level={isGood(result.outcome) ? 'ok' : 'warning'}>
        <LevelShape level={isGood(result.outcome) ? 'ok' : 'warning'} /> {outcomeText(words, preview, result)}
      </p>
      {left.length > 0 && (
        <ul className={styles.left}>
          {left.map(({ pid, name, outcome }) => (
            <li key={pid}>
              {printable(name)} ({pid}): {t(`stop.outcome.${outcome}`, { user: preview.user ?? unknownText, pid })}
            </li>
          ))}
        </ul>
      )}
      {result.returnWatch !== null && <StopReturnLine watch={result.returnWatch} />}
    </>
  );
}

function isGood(outcome: StopResult['outcome']): boolean {
  return outcome === 'gone' || outcome === 'already-gone' || outcome === 'paused' || outcome === 'continued';
}

function outcomeText(words: Words, preview: StopPreview, result: StopResult): string {
  // With nothing else to say the core's own sentence is the better one: why it refused.
  if (result.outcome === 'refused' && result.text !== '' && words.language === 'en') return result.text;
  return words.tOr(`stop.outcome.${result.outcome}`, result.text, { user: preview.user ?? unknownText, pid: preview.pid });
}
