import { headerDetectors } from './header-detectors';
import { createKeywordScan } from './keyword-scan';
import { cardDetector, emailDetector, ibanDetector } from './number-detectors';
import { namedValueDetector, optionDetector, pairDetector } from './pair-detectors';
import type { FoundSecret, SecretDetector } from './secret-kinds';
import { tokenBeginning, tokenDetectors } from './token-detectors';

export interface FindOptions {
  /** Mask e-mail addresses too. */
  readonly email?: boolean;
  /** The text goes on behind its end: the beginning of a secret there counts as one. */
  readonly isCut?: boolean;
}

/** Of two that overlap the first in this list names the kind. */
const detectors: readonly SecretDetector[] = [...tokenDetectors, ...headerDetectors, pairDetector, optionDetector, namedValueDetector];
const byKeyword = new Map<string, SecretDetector[]>();
for (const detector of detectors) {
  for (const keyword of detector.keywords) byKeyword.set(keyword, [...(byKeyword.get(keyword) ?? []), detector]);
}
const scan = createKeywordScan<readonly SecretDetector[]>([...byKeyword]);

/** All secrets of a text in the order in which they stand, none overlapping another. Linear; never throws. */
export function findSecrets(text: string, options: FindOptions = {}): readonly FoundSecret[] {
  const isCut = options.isCut === true;
  const { owners, hasDigitRun } = scan(text);
  const wantsEmail = options.email === true && text.includes('@');
  if (owners.length === 0 && !hasDigitRun && !wantsEmail && !isCut) return [];
  const wanted = new Set<SecretDetector>(owners.flat());
  if (hasDigitRun) wanted.add(cardDetector).add(ibanDetector);
  if (wantsEmail) wanted.add(emailDetector);
  const found: FoundSecret[] = [];
  for (const detector of wanted) detector.find(text, isCut, (one) => found.push(one));
  if (isCut) found.push(...cutSecret(text));
  return found.length < 2 ? found : joined(found);
}

/** Whether a word stands in the text beside which secrets are looked for; numbers are looked at beside. */
export function namesSecret(text: string): boolean {
  return scan(text).owners.length > 0;
}

const cutDigits = /(?<![\w.+-])(?:\d[ -]?){8,18}$/;
const cutIban = /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){1,7}$/;
const cutUserInfo = /:\/\/[^:/?#@]{0,256}:(?!\d{1,5}\/)./;

const cutContext =
  /(?:key=|sig=|bearer |basic |authorization["']?[:=] ?["']?|_auth(?:token)? ?= ?|webhooks\/|webhookb2\/|\/services\/)([^ \t"',;]{1,200})$/i;

/** What stands at the end of a cut text and begins like a secret, though nobody can tell any more whether it is one. */
function cutSecret(text: string): readonly FoundSecret[] {
  const end = text.length;
  const tail = text.slice(-64);
  const numbers = cutDigits.exec(tail) ?? cutIban.exec(tail);
  if (numbers !== null) {
    const start = end - tail.length + numbers.index;
    return [{ kind: /^\d/.test(numbers[0]) ? 'card' : 'iban', start, end, contextStart: start }];
  }
  const value = cutContext.exec(text.slice(-256))?.[1];
  if (value !== undefined) return [{ kind: 'secret', start: end - value.length, end, contextStart: end - value.length }];
  let wordStart = end;
  while (wordStart > 0 && !isSeparator(text.charCodeAt(wordStart - 1))) wordStart -= 1;
  const word = text.slice(wordStart);
  const userInfo = cutUserInfo.exec(word);
  const begins = userInfo === null ? tokenBeginning.exec(word) : null;
  if (userInfo === null && begins === null) return [];
  const start = wordStart + (userInfo === null ? (begins?.index ?? 0) : userInfo.index + userInfo[0].length - 1);
  return [{ kind: userInfo === null ? 'api-key' : 'url-password', start, end, contextStart: start }];
}

function isSeparator(code: number): boolean {
  // Not at an escape character: the colour code behind it is part of what a border may be.
  return (code <= 32 && code !== 27) || code === 34 || code === 39 || code === 44;
}

/** Overlapping ones become one that covers both: nothing of either may stay. */
function joined(found: readonly FoundSecret[]): readonly FoundSecret[] {
  const order = new Map(found.map((one, index) => [one, index]));
  const rank = (one: FoundSecret): number => order.get(one) ?? 0;
  const result: FoundSecret[] = [];
  for (const one of [...found].sort((a, b) => a.start - b.start || rank(a) - rank(b))) {
    const last = result.at(-1);
    if (last === undefined || one.start >= last.end) {
      result.push(one);
      continue;
    }
    const isFirst = rank(last) <= rank(one);
    const both = {
      ...(isFirst ? last : one),
      start: last.start,
      end: Math.max(last.end, one.end),
      contextStart: Math.min(last.contextStart, one.contextStart),
    };
    order.set(both, Math.min(rank(last), rank(one)));
    result[result.length - 1] = both;
  }
  return result;
}
