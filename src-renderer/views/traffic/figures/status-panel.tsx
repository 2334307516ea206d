import type { TrafficFilter } from '../../../../src-shared/contract';
import { LevelShape } from '../../../components/level-shape';
import { Panel } from '../../../components/panel';
import { useWords } from '../../../words/use-words';
import { countText, shareText, statusClassOf } from '../figure-text';
import type { MaybeReport } from './maybe-report';
import styles from './status-panel.module.css';
import layout from './traffic-figures.module.css';

interface StatusPanelProps {
  readonly report: MaybeReport;
  readonly filter: TrafficFilter;
  readonly onStatus: (status: NonNullable<TrafficFilter['status']>) => void;
}

const classes = ['2xx', '3xx', '4xx', '5xx', '1xx', 'other'] as const;
const levels = { '2xx': 'ok', '3xx': 'inactive', '4xx': 'warning', '5xx': 'critical', '1xx': 'inactive', other: 'unknown' } as const;

/** Classes of status as bars, and the codes of each; a click narrows everything. */
export function StatusPanel({ report, filter, onStatus }: StatusPanelProps) {
  const { t } = useWords();
  const codes = Object.entries(report?.byStatus ?? {})
    .map(([code, count]) => ({ code: Number(code), count }))
    .sort((a, b) => b.count - a.count);
  const total = Math.max(1, report?.requests ?? 1);
  const rows = classes
    .map((name) => ({ name, codes: codes.filter(({ code }) => statusClassOf(code) === name) }))
    .filter(({ codes: inClass }) => inClass.length > 0)
    .map((one) => ({ ...one, count: one.codes.reduce((sum, { count }) => sum + count, 0) }));
  return (
    <Panel title={t('traffic.status')} className={layout.status}>
      <ul className={styles.classes} aria-label={t('traffic.status')}>
        {rows.map(({ name, codes: inClass, count }) => (
          <li key={name}>
            <button
              type="button"
              className={styles.class}
              aria-pressed={filter.status === name}
              disabled={name === 'other'}
              aria-label={t('traffic.narrowTo', { name })}
              onClick={() => name !== 'other' && onStatus(name)}
            >
              <LevelShape level={levels[name]} size={10} />
              <span className={styles.name}>{name === 'other' ? t('traffic.statusOther') : name}</span>
              <span className={styles.track}>
                <i data-level={levels[name]} style={{ width: `${Math.max(0.5, (count / total) * 100)}%` }} />
              </span>
              <span className={styles.share}>{shareText(count / total)}</span>
              <span className={styles.count}>{countText(count)}</span>
            </button>
            <ul className={styles.codes} aria-label={name}>
              {inClass.map(({ code, count: ofCode }) => (
                <li key={code}>
                  <button
                    type="button"
                    className={styles.code}
                    aria-pressed={filter.status === code}
                    aria-label={t('traffic.narrowTo', { name: code })}
                    title={t(`traffic.statusWhat.${code in known ? (code as keyof typeof known) : 'other'}`)}
                    onClick={() => onStatus(code)}
                  >
                    <b>{code}</b> {countText(ofCode)}
                  </button>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Codes whose meaning is said in a tooltip. */
const known = {
  200: 1,
  201: 1,
  204: 1,
  206: 1,
  301: 1,
  302: 1,
  304: 1,
  400: 1,
  401: 1,
  403: 1,
  404: 1,
  405: 1,
  408: 1,
  409: 1,
  413: 1,
  422: 1,
  429: 1,
  499: 1,
  500: 1,
  502: 1,
  503: 1,
  504: 1,
} as const;
