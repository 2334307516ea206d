import type { DetectedFormat } from '../../../src-shared/traffic/log-format';
import type { Words } from '../../words/use-words';

/** "combined, virtual host first, …". The core tells the finer points in English only; other languages say the family and the unit of time. */
export function formatWords({ language, t }: Words, { id, words, timeUnit }: DetectedFormat): string {
  if (language === 'en') return words;
  const family = t(`traffic.family.${id}`);
  return timeUnit === null ? family : t('traffic.familyTimed', { family, unit: t(`traffic.unit.${timeUnit}`) });
}

/** By what the unit was told. In other languages only what is a name in the log, which is the same in all of them. */
export function unitWords({ language, t }: Words, { timeUnit, timeEvidence }: DetectedFormat): string {
  if (timeUnit === null) return t('traffic.unitNone');
  const unit = t(`traffic.unit.${timeUnit}`);
  const evidence = language === 'en' ? timeEvidence : (/^name (.+)$/.exec(timeEvidence ?? '')?.[1] ?? null);
  return evidence === null ? t('traffic.unitAlone', { unit }) : t('traffic.unit', { unit, evidence });
}
