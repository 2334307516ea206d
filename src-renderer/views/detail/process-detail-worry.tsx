import { useEffect, useState } from 'react';
import { type ProcessExplanation, RequestError } from '../../../src-shared/contract';
import { formatPercent } from '../../../src-shared/format';
import type { Level } from '../../../src-shared/level';
import { type Process, riskAxes } from '../../../src-shared/snapshots';
import { Bar } from '../../components/bar';
import { Button } from '../../components/button';
import { Fold } from '../../components/fold';
import { LevelShape } from '../../components/level-shape';
import { useApp, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { badgeFrom } from '../processes/process-cells';
import styles from './process-detail.module.css';
import { ReasonItem } from './process-detail-reason';

interface WorrySectionProps {
  readonly process: Process;
  readonly explanation: ProcessExplanation | null;
  readonly onExpected: () => void;
}

/** How unusual it looks, on which axes, how much could be seen, and each reason with what to make of it. */
export function WorrySection({ process, explanation, onExpected }: WorrySectionProps) {
  const words = useWords();
  const { t } = words;
  const { client } = useWindowState();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const { id, risk } = process;
  const [said, setSaid] = useState<{ readonly rules: readonly string[]; readonly problem: string | null } | null>(null);
  const counted = risk.expectedRules.join();
  // The next reading knows what was said: from then on it is the truth.
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted says when
  useEffect(() => setSaid(null), [counted]);
  const expected = said?.rules ?? risk.expectedRules;

  async function expect(rule: string, isExpected: boolean): Promise<void> {
    try {
      const { expectedRules } = await client.request('processes.expect', { id, rule, expected: isExpected });
      setSaid({ rules: expectedRules, problem: null });
      onExpected();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setSaid({ rules: expected, problem: words.tOr(`stop.problem.${error.code}`, error.message) });
    }
  }

  const reasons = risk.reasons.filter(({ rule }) => !expected.includes(rule));
  const hasPoints = riskAxes.some((axis) => risk.axes[axis] > 0);
  const isQuiet = risk.riskLevel === 'ordinary' || risk.riskLevel === 'notice';
  return (
    <Fold id="process.worry" title={t('process.worry')} summary={t('detail.scoreOf', { score: risk.score })}>
      <div className={styles.worry}>
        <p className={styles.verdict} data-level={isQuiet ? 'ok' : risk.level}>
          <LevelShape level={risk.level} /> <b>{t(`process.level.${risk.riskLevel}`)}</b>
          {risk.axes.exposure >= badgeFrom && <span className={styles.also}>{t('process.badge.exposure')}</span>}
          {risk.axes.health >= badgeFrom && <span className={styles.also}>{t('process.badge.health')}</span>}
        </p>
        <dl className={styles.axes}>
          {riskAxes
            .filter(() => hasPoints)
            .map((axis) => (
              <div key={axis}>
                <dt>{t(`process.axis.${axis}`)}</dt>
                <dd>
                  <Bar ratio={risk.axes[axis] / 100} level={axisLevel(risk.axes[axis])} />
                  <span>{Math.round(risk.axes[axis])}</span>
                </dd>
              </div>
            ))}
          <EvidenceMeter process={process} explanation={explanation} />
        </dl>
        {reasons.length === 0 && <p className={styles.quiet}>{t('process.worry.none')}</p>}
        {reasons.length > 0 && (
          <ul className={styles.reasons}>
            {reasons.map((reason, index) => (
              <ReasonItem
                key={reason.rule}
                reason={reason}
                startsOpen={index === 0 && !isQuiet}
                onExpect={allowed ? () => expect(reason.rule, true) : null}
              />
            ))}
          </ul>
        )}
        {expected.map((rule) => (
          <p key={rule} className={styles.expected}>
            <span>{t('process.expected', { rule: ruleText(words.tOr(`reason.${rule}`, rule)) })}</span>
            {allowed && (
              <Button kind="link" onClick={() => expect(rule, false)}>
                {t('process.expect.takeBack')}
              </Button>
            )}
          </p>
        ))}
        <div aria-live="polite" className={styles.live}>
          {said !== null && said.problem !== null && <p className={styles.problem}>{said.problem}</p>}
        </div>
        {!isQuiet && <p className={styles.quiet}>{t('process.worry.limits')}</p>}
      </div>
    </Fold>
  );
}

/** How much of what the rules ask for could be seen, and what not. */
function EvidenceMeter({ process, explanation }: Omit<WorrySectionProps, 'onExpected'>) {
  const { t } = useWords();
  const { evidenceRatio } = process.risk;
  const missing = explanation?.evidence?.missing ?? [];
  const pending = explanation !== null && explanation.evidence === null && !process.kernelThread;
  const parts = missing.map((part) => t(`process.evidence.part.${part}`)).join(', ');
  return (
    <div className={styles.evidence}>
      <dt>{t('process.evidence')}</dt>
      <dd>
        <Bar ratio={evidenceRatio} level="ok" />
        <span>{formatPercent(evidenceRatio)}</span>
      </dd>
      {(pending || parts !== '') && (
        <dd className={styles.missing}>{pending ? t('process.evidence.pending') : t('process.evidence.missing', { parts })}</dd>
      )}
    </div>
  );
}

/** The borders of "looks unusual" and "looks very unusual". */
function axisLevel(points: number): Level {
  if (points >= 70) return 'critical';
  return points >= 40 ? 'warning' : 'ok';
}

/** A sentence of a rule without the values it had: those are gone with the match. */
function ruleText(sentence: string): string {
  return sentence.replace(/\s*\(?\{\{\w+\}\}\)?/g, ' …').trim();
}
