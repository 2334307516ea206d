import type { Alert } from '../../src-shared/alerts';
import { truncateMiddle } from '../../src-shared/format';
import { type Language, translate, translateOr } from '../../src-shared/messages/translate';

/** "postgres stopped": what and where in one short line. */
export function alertTitle(language: Language, alert: Alert): string {
  const values = { subject: plainText(alert.subject, 60) };
  const other = translate(language, 'notification.what.other', values);
  return familiesOf(alert.reason.rule).reduceRight(
    (title, family) => translateOr(language, `notification.what.${family}`, title, values),
    other,
  );
}

/** "a-b-c" is told by the words of the longest of "a-b-c", "a-b" and "a" that has any. */
function familiesOf(rule: string): readonly string[] {
  const parts = rule.split('-');
  return parts.map((_part, index) => parts.slice(0, parts.length - index).join('-'));
}

/** "Exited with code 1 · container · 3 times today": why, in one line. */
export function alertBody(language: Language, alert: Alert): string {
  const why = translateOr(language, `reason.${alert.reason.rule}`, alert.reason.text, alert.reason.values);
  const parts = [why, translate(language, `notification.where.${alert.source}`)];
  if (alert.countToday > 1) parts.push(translate(language, 'notification.often', { count: alert.countToday }));
  return plainText(parts.join(' · '), 200);
}

/**
 * Text from outside (container names, paths) as plain text wherever it is shown. Notification servers may read the body
 * as markup and may not (freedesktop `body-markup`), so that neither escaping nor not escaping is right: the three
 * characters that start markup become look-alikes. Control and bidirectional characters are dropped.
 */
export function plainText(text: string, maxLength: number): string {
  const plain = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g, ' ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('&', '＆')
    .trim();
  return truncateMiddle(plain, maxLength);
}
