import { Button } from '../../../components/button';
import { LevelShape } from '../../../components/level-shape';
import { Panel } from '../../../components/panel';
import { useWords } from '../../../words/use-words';
import styles from './insight-panel.module.css';
import { insightLevel, insightWay, insightWords } from './insight-words';
import type { MaybeReport } from './maybe-report';
import type { Narrow } from './narrow';
import layout from './traffic-figures.module.css';

/** What the log says in words: what, how much, what helps. */
export function InsightPanel({ report, narrow }: { readonly report: MaybeReport; readonly narrow: Narrow }) {
  const words = useWords();
  const { t } = words;
  const insights = report?.insights ?? [];
  return (
    <Panel
      title={t('traffic.insights')}
      summary={report === null ? '' : t('traffic.insightsCount', { count: insights.length })}
      className={layout.insights}
    >
      {report !== null && insights.length === 0 && <p className={styles.quiet}>{t('traffic.insightsNone')}</p>}
      {insights.length > 0 && (
        <ul className={styles.list} aria-label={t('traffic.insights')}>
          {insights.map((insight, index) => {
            const { text, remedy } = insightWords(words, insight);
            const way = insightWay(insight, narrow);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two of a kind differ in their figures, which change; the order is that of the rules
              <li key={`${insight.kind} ${index}`} className={styles.insight}>
                <LevelShape level={insightLevel(insight)} />
                <div>
                  <p className={styles.text}>{text}</p>
                  <p className={styles.remedy}>{remedy}</p>
                </div>
                {way !== null && (
                  <Button aria-label={t('traffic.showOf', { text })} onClick={way}>
                    {t('traffic.show')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
