import { X } from 'lucide-react';
import type { TrafficFilter, TrafficReach } from '../../../../src-shared/contract';
import { allTraffic } from '../../../../src-shared/contract';
import { Button } from '../../../components/button';
import { formatDay } from '../../../words/time';
import { useWords, type Words } from '../../../words/use-words';
import { countText, logText } from '../figure-text';
import { spanText } from '../time-text';
import { type FilterPart, filterParts, withoutPart } from '../traffic-filter';
import styles from './filter-chips.module.css';

interface FilterChipsProps {
  readonly filter: TrafficFilter;
  readonly reach: TrafficReach | null;
  readonly onChange: (filter: TrafficFilter) => void;
}

/** What the figures are narrowed to, each removable; and how far back they then go. */
export function FilterChips({ filter, reach, onChange }: FilterChipsProps) {
  const words = useWords();
  const { t, language } = words;
  const parts = filterParts(filter);
  return (
    <div className={styles.chips}>
      {parts.length === 0 ? (
        <p className={styles.quiet}>{t('traffic.everything')}</p>
      ) : (
        <>
          <ul aria-label={t('traffic.filters')}>
            {parts.map((part) => {
              const says = partText(words, filter, part);
              return (
                <li key={part} className={styles.chip}>
                  <span className={styles.kind}>{t(`traffic.filter.${part}`)}</span>
                  <span className={styles.value} title={says}>
                    {says}
                  </span>
                  <button
                    type="button"
                    aria-label={t('traffic.filterRemove', { name: `${t(`traffic.filter.${part}`)} ${says}` })}
                    onClick={() => onChange(withoutPart(filter, part))}
                  >
                    <X size={12} aria-hidden="true" />
                  </button>
                </li>
              );
            })}
          </ul>
          {parts.length > 1 && (
            <Button kind="link" onClick={() => onChange(allTraffic)}>
              {t('traffic.filterClear')}
            </Button>
          )}
        </>
      )}
      {reach !== null && (
        <p className={styles.reach} role="status" title={t('traffic.reachWhy')}>
          {t('traffic.reach', { requests: countText(reach.requests), from: formatDay(language, reach.fromAtMs) })}
        </p>
      )}
    </div>
  );
}

function partText(words: Words, filter: TrafficFilter, part: FilterPart): string {
  switch (part) {
    case 'time':
      return spanText(words, filter.fromMs, filter.toMs);
    case 'endpoint':
      return logText(`${filter.endpoint?.method} ${filter.endpoint?.path}`);
    case 'status':
      return String(filter.status);
    case 'client':
      return logText(filter.client ?? '');
  }
}
