import type { Quantity } from '../../../../src-shared/format';
import { bytesQuantity, unknownText } from '../../../../src-shared/format';
import { Figure } from '../../../components/figure';
import { joinClasses } from '../../../components/join-classes';
import { LevelShape } from '../../../components/level-shape';
import { Panel } from '../../../components/panel';
import { useWords } from '../../../words/use-words';
import { DropDown } from '../../processes/drop-down';
import { countText, logText, shareQuantity, shareText, shortCount, timeQuantity } from '../figure-text';
import { spanText } from '../time-text';
import styles from './figure-cards.module.css';
import type { MaybeReport } from './maybe-report';
import layout from './traffic-figures.module.css';

/** The eight figures one asks for first. What the log does not carry is a dash that says so. */
export function FigureCards({ report, isNarrowed }: { readonly report: MaybeReport; readonly isNarrowed: boolean }) {
  const words = useWords();
  const { t } = words;
  const times = ['meanMs', 'p50Ms', 'p90Ms', 'p99Ms'] as const;
  const noTimes = report !== null && report.meanMs === null;
  const noSizes = report !== null && report.bytes === null;
  return (
    <Panel
      title={t('traffic.figures')}
      summary={report?.firstAtMs == null ? '' : spanText(words, report.firstAtMs, report.lastAtMs)}
      className={joinClasses(layout.cards, styles.panel)}
    >
      <div className={styles.cards}>
        <Card
          name={t('traffic.requests')}
          value={{ figure: report === null ? unknownText : shortCount(report.requests), unit: '' }}
          title={report?.requests.toLocaleString('en')}
          below={report === null ? '' : t('traffic.succeeded', { percent: shareText(report.successRatio) })}
        />
        <Card
          name={t('traffic.errors')}
          value={shareQuantity(report?.errorRatio ?? null)}
          level={levelOfErrors(report?.errorRatio ?? null)}
          below={t('traffic.errorsWhat')}
        />
        <Card
          name={t('traffic.sent')}
          value={bytesQuantity(report?.bytes ?? null)}
          absent={noSizes}
          below={noSizes ? t('traffic.notInLog') : perRequest(report, words.t)}
        />
        <MalformedCard report={report} isNarrowed={isNarrowed} />
        {times.map((key) => (
          <Card
            key={key}
            name={t(`traffic.${key}`)}
            value={timeQuantity(report?.[key] ?? null)}
            absent={noTimes}
            below={noTimes ? t('traffic.notInLog') : t(`traffic.what.${key}`)}
          />
        ))}
      </div>
    </Panel>
  );
}

interface CardProps {
  readonly name: string;
  readonly value: Quantity;
  readonly title?: string | undefined;
  readonly below: string;
  readonly level?: 'ok' | 'warning' | 'critical';
  readonly absent?: boolean;
}

function Card({ name, value, title, below, level = 'ok', absent = false }: CardProps) {
  return (
    <div className={styles.card} data-level={level} data-absent={absent} role="group" aria-label={name}>
      <span className={styles.name}>{name}</span>
      <span className={styles.figure} title={title}>
        <Figure {...value} />
        {level !== 'ok' && <LevelShape level={level} size={11} />}
      </span>
      <span className={styles.below} title={below}>
        {below}
      </span>
    </div>
  );
}

/** Lines that were not read belong to no request: how many there are is always said of the whole log. */
function MalformedCard({ report, isNarrowed }: { readonly report: MaybeReport; readonly isNarrowed: boolean }) {
  const { t } = useWords();
  const count = report?.malformed ?? null;
  const examples = report?.malformedExamples ?? [];
  const total = (report?.requests ?? 0) + (count ?? 0);
  return (
    <div className={styles.card} role="group" aria-label={t('traffic.malformed')}>
      <span className={styles.name}>{t('traffic.malformed')}</span>
      <span className={styles.figure}>
        <Figure figure={countText(count)} unit="" />
        {count !== null && !isNarrowed && count > total * 0.01 && <LevelShape level="warning" size={11} />}
      </span>
      {examples.length === 0 ? (
        <span className={styles.below}>{count === null ? '' : t('traffic.malformedNone')}</span>
      ) : (
        <DropDown label={t('traffic.examples')} icon={null} align="start">
          <ol className={styles.examples} aria-label={t('traffic.malformedExamples')}>
            {examples.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: examples may be alike; their place is their name
              <li key={index}>
                <code>{logText(line)}</code>
              </li>
            ))}
          </ol>
        </DropDown>
      )}
    </div>
  );
}

function levelOfErrors(ratio: number | null): 'ok' | 'warning' | 'critical' {
  if (ratio === null || ratio < 0.05) return 'ok';
  return ratio < 0.2 ? 'warning' : 'critical';
}

function perRequest(report: MaybeReport, t: ReturnType<typeof useWords>['t']): string {
  if (report === null || report.bytes === null || report.requests === 0) return '';
  const { figure, unit } = bytesQuantity(report.bytes / report.requests);
  return t('traffic.perRequest', { size: `${figure} ${unit}` });
}
