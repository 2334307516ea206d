import type { ProcessExplanation } from '../../../src-shared/contract';
import type { Process } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { Fold } from '../../components/fold';
import { useApp, useWindowState } from '../../state/context';
import { printable } from '../../words/highlight';
import { useWords } from '../../words/use-words';
import { BetterActionButton } from '../processes/better-action';
import { portsText } from '../processes/process-columns';
import styles from './process-detail.module.css';

interface EndSectionProps {
  readonly process: Process;
  readonly explanation: ProcessExplanation | null;
}

/** What ending it would mean, the better way where there is one, and the way to the dialog. */
export function EndSection({ process, explanation }: EndSectionProps) {
  const words = useWords();
  const { t, tOr } = words;
  const { ui } = useWindowState();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const { id, name, killClass, listening } = process;
  const because = explanation?.killReason;
  const sentence =
    because === undefined ? t(`process.class.${killClass}`) : tOr(`kill.because.${because.rule}`, because.text, because.values);
  const childCount = explanation?.children.length ?? 0;
  return (
    <Fold id="process.end" title={t('process.end')}>
      <div className={styles.end}>
        <ul>
          <li>{printable(sentence)}</li>
          {explanation !== null && killClass !== 'K0' && (
            <li data-strong={explanation.comesBack !== null}>
              {explanation.comesBack === null
                ? t('process.end.staysGone')
                : t('process.end.comesBack', { text: printable(words.reason(explanation.comesBack.reason)) })}
            </li>
          )}
          {killClass !== 'K0' && listening.length > 0 && <li>{t('process.end.ports', { ports: portsText(listening) })}</li>}
          {killClass !== 'K0' && childCount > 0 && <li>{t('process.end.children', { count: childCount })}</li>}
        </ul>
        <div className={styles.ways}>
          {explanation?.betterAction && <BetterActionButton action={explanation.betterAction} />}
          {allowed && killClass !== 'K0' && (
            <Button onClick={() => ui.setState({ stopTarget: { id, name } })}>{t('processes.killLong')}</Button>
          )}
        </div>
        {!allowed && <p className={styles.quiet}>{t('processes.readOnly')}</p>}
      </div>
    </Fold>
  );
}
