import { Panel } from '../../../components/panel';
import { useWords } from '../../../words/use-words';
import { countText, timeText } from '../figure-text';
import styles from './hour-panel.module.css';
import type { MaybeReport } from './maybe-report';
import layout from './traffic-figures.module.css';

/** Hour of day as the log writes it: how much, how slow, how much of it failed. */
export function HourPanel({ report }: { readonly report: MaybeReport }) {
  const { t } = useWords();
  const hours = report?.byHour ?? [];
  const most = Math.max(1, ...hours.map(({ requests }) => requests));
  const slowest = Math.max(1, ...hours.map(({ meanMs }) => meanMs ?? 0));
  const hasTimes = hours.some(({ meanMs }) => meanMs !== null);
  return (
    <Panel title={t('traffic.hours')} summary={t(hasTimes ? 'traffic.hoursWhat' : 'traffic.hoursWhatNoTimes')} className={layout.hours}>
      <ol className={styles.hours} aria-label={t('traffic.hours')}>
        {hours.map(({ requests, errors, meanMs }, hour) => {
          const says = [
            `${hour}:00`,
            t('traffic.requestsCount', { count: requests, requests: countText(requests) }),
            t('traffic.errorsCount', { count: errors, errors: countText(errors) }),
            meanMs === null ? null : `${t('traffic.meanMs')} ${timeText(meanMs)}`,
          ]
            .filter((part) => part !== null)
            .join(' · ');
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the hour is the place
            <li key={hour} title={says}>
              <span className="visually-hidden">{says}</span>
              <span className={styles.column} aria-hidden="true">
                <i data-kind="fine" style={{ height: `${tall(requests - errors, most)}%` }} />
                <i data-kind="errors" data-many={errors >= requests * manyErrors} style={{ height: `${tall(errors, most)}%` }} />
                {meanMs !== null && <b style={{ bottom: `${Math.min(98, (meanMs / slowest) * 96)}%` }} />}
              </span>
              <span className={styles.label} aria-hidden="true">
                {hour % 3 === 0 ? hour : ''}
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

/** Errors from this share on are marked. */
const manyErrors = 0.1;

function tall(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1.5, (count / most) * 96);
}
