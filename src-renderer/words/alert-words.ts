import type { Alert } from '../../src-shared/alerts';
import type { Words } from './use-words';

/** An alert in words: what and where, why, and how often today when it is not the first time. */
export function alertWords(words: Words, alert: Alert): { readonly what: string; readonly why: string; readonly often: string | null } {
  return {
    what: words.t(`alert.what.${isOfEngine(alert) ? 'engine' : alert.source}`, { subject: alert.subject }).trim(),
    why: words.reason(alert.reason),
    often: alert.countToday > 1 ? words.t('alert.often', { ordinal: ordinal(words, alert.countToday) }) : null,
  };
}

/** Engines are told of by the source of their containers. */
function isOfEngine({ reason }: Alert): boolean {
  return reason.rule.startsWith('engine-');
}

function ordinal(words: Words, count: number): string {
  if (words.language === 'ko') return String(count);
  const tens = count % 100;
  if (tens >= 11 && tens <= 13) return `${count}th`;
  return `${count}${['th', 'st', 'nd', 'rd'][count % 10] ?? 'th'}`;
}
