import type { TrafficPreview } from '../../../../src-shared/contract';
import { LevelShape } from '../../../components/level-shape';
import { formatClock } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import { logText, timeText } from '../figure-text';
import styles from './format-preview.module.css';

/** The first lines, and what was read out of each. */
export function PreviewLines({ lines }: { readonly lines: TrafficPreview['lines'] }) {
  const { t, language } = useWords();
  if (lines.length === 0) return <p className={styles.still}>{t('traffic.noLines')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keys have to reach it
    <ol tabIndex={0} className={styles.lines} aria-label={t('traffic.firstLines')}>
      {lines.map(({ text, request }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines may be alike; their place is their name
        <li key={index} data-read={request !== null}>
          <LevelShape level={request === null ? 'unknown' : 'ok'} size={10} />
          <code title={logText(text)}>{logText(text)}</code>
          <p className={styles.quiet}>
            {request === null
              ? t('traffic.notRead')
              : [
                  request.atMs === null ? t('traffic.noTime') : formatClock(language, request.atMs),
                  `${logText(request.method)} ${logText(request.path)}`,
                  String(request.status),
                  request.timeMs === null ? null : timeText(request.timeMs),
                  logText(request.client),
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
          </p>
        </li>
      ))}
    </ol>
  );
}
