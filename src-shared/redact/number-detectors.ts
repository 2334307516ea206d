import { hasIbanSum, hasLuhnSum, ibanLengths } from './check-digits';
import { expressionDetector, leftBorder } from './expression-detector';
import type { SecretDetector } from './secret-kinds';

/** Grouped as people write them: 4-4-4-4(-3), 4-6-5 and 4-6-4. Other groups of digits are other numbers. */
const groupedCard = String.raw`[2-6]\d{3}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|3\d{3}([ -])\d{6}\2\d{4,5}`;
// What a number begins with comes first: looking behind at every character costs more than the rest.
const card = new RegExp(String.raw`(?=[2-6]\d{3})${leftBorder}(?<![.+-])(?:[2-6]\d{12,18}|${groupedCard})(?![A-Za-z0-9_]|[.,:-]\d)`, 'g');
const cardWord = /card|visa|amex|\bpan\b|mastercard|payment/i;

/**
 * Card numbers: 13 to 19 digits of an issuer's range with a fitting check digit. One in ten numbers has one by chance, so a
 * length that is common among other ids (13, 14, 17 and more in one run) counts only beside a word of payment.
 */
export const cardDetector: SecretDetector = {
  keywords: [],
  find(text, _isCut, add) {
    card.lastIndex = 0;
    for (let found = card.exec(text); found !== null; found = card.exec(text)) {
      const digits = found[0].replace(/[ -]/g, '');
      const isUsual = digits.length === 15 || digits.length === 16 || digits.length !== found[0].length;
      if (!hasIssuer(digits) || !hasLuhnSum(digits) || !(isUsual || cardWord.test(text.slice(Math.max(0, found.index - 60), found.index))))
        continue;
      add({ kind: 'card', start: found.index, end: found.index + found[0].length, contextStart: found.index });
    }
  },
};

/** Ranges of the big issuers with the lengths they give out. */
function hasIssuer(digits: string): boolean {
  const { length } = digits;
  if (/^4/.test(digits)) return length === 13 || length === 16 || length === 19;
  if (/^5[1-5]/.test(digits) || /^2(?:2[2-9]|[3-6]|7[01]|720)/.test(digits)) return length === 16;
  if (/^3[47]/.test(digits)) return length === 15;
  if (/^3(?:0[0-5]|[689])/.test(digits)) return length === 14 || length === 16;
  if (/^35/.test(digits)) return length >= 16;
  return /^(?:6011|64[4-9]|65|62|50|5[6-9]|6[37])/.test(digits) && length >= 16;
}

const iban = new RegExp(`(?=[A-Z]{2}\\d{2})${leftBorder}[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])`, 'g');

/** IBANs of countries that have them, in their length and with fitting check digits. */
export const ibanDetector: SecretDetector = {
  keywords: [],
  find(text, _isCut, add) {
    iban.lastIndex = 0;
    for (let found = iban.exec(text); found !== null; found = iban.exec(text)) {
      // Capitals behind it may look like one more group: take as many characters as the country has.
      const end = endOfIban(found[0]);
      if (end !== null) add({ kind: 'iban', start: found.index, end: found.index + end, contextStart: found.index });
      iban.lastIndex = found.index + (end ?? 4);
    }
  },
};

function endOfIban(text: string): number | null {
  const length = ibanLengths[text.slice(0, 2)];
  if (length === undefined) return null;
  let taken = '';
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== ' ') taken += text[at];
    if (taken.length === length) return hasIbanSum(taken) ? at + 1 : null;
  }
  return null;
}

/** Only when asked for: an address is often the very thing one looks for in a log. */
export const emailDetector: SecretDetector = expressionDetector(
  'email',
  ['@'],
  String.raw`(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9-])`,
);
