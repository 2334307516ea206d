import { readValue } from './read-value';
import type { SecretDetector, SecretKind } from './secret-kinds';
import { harmlessNameEnd, isPlaceholder, secretNameKeywords, secretNameWords, standsInName } from './secret-names';

/** Name, what closes it, and what says that a value follows; group 1 the word, 2 the rest of the name, 3 the quote, 4 the sign. */
const pair = new RegExp(
  String.raw`(${secretNameWords})([\w.-]{0,40})(?:\u001b\[[\d;]{0,12}m)?(\\{0,3}["'\`]?)\]?[ \t]{0,8}(=>|:=|==?|:|,(?=[ ]?\\{0,3}["']))[ \t]{0,8}`,
  'gi',
);

/** `password=…`, `"api_key": "…"`, `DB_TOKEN: …`, `('secret', '…')`: by the name, in all the ways pairs are written. */
export const pairDetector: SecretDetector = {
  keywords: secretNameKeywords,
  find(text, isCut, add) {
    pair.lastIndex = 0;
    for (let found = pair.exec(text); found !== null; found = pair.exec(text)) {
      const [all, word = '', rest = '', quote = '', sign = ''] = found;
      const from = found.index + all.length;
      if ((sign === ',' && quote === '') || isPlaceholderWord(text, found.index, from)) continue;
      if (harmlessNameEnd.test(rest) || !standsInName(text, found.index, word)) continue;
      const value = readValue(text, from);
      if (value === null || value.end === value.start) continue;
      const secret = text.slice(value.start, value.end);
      const isWhole = !(isCut && value.end === text.length);
      const isProse = sign === ':' && quote === '' && !value.isQuoted && isProseWord(secret, text, value.end);
      if (isPlaceholder(secret) || (isWhole && (isProse || !isLikely(word, rest, secret, value.isQuoted)))) continue;
      add({ kind: kindOf(word), start: value.start, end: value.end, contextStart: found.index });
      pair.lastIndex = value.end;
    }
  },
};

/** The kind in a placeholder ("[masked:jwt:0a1b2c]") is no name: masking a masked text changes nothing. */
function isPlaceholderWord(text: string, index: number, from: number): boolean {
  return /\[masked:[a-z-]*$/.test(text.slice(Math.max(0, index - 24), index)) && /^[0-9a-f]{6}\]/.test(text.slice(from, from + 7));
}

function kindOf(word: string): SecretKind {
  if (/^(?:pass|pwd|psk|비밀번호|암호)/i.test(word)) return 'password';
  return /^(?:sess|connect)/i.test(word) ? 'cookie' : 'secret';
}

/** "password: authentication failed": a sentence goes on. */
function isProseWord(secret: string, text: string, end: number): boolean {
  return secret.length <= 40 && /^[A-Za-z][a-z']*[,.;:]?$/.test(secret) && /^[,.;:]? [A-Za-z(]/.test(text.slice(end, end + 3));
}

const isPath = /^(?:[a-z]{1,8}:\/\/[^@]*|\.{0,2}(?:\/[a-z0-9_.-]+){2,}\/?)$/;

function isLikely(word: string, rest: string, secret: string, isQuoted: boolean): boolean {
  if (secret.length > 200) return true;
  if (/^[[{(]/.test(secret) && !isQuoted) return false;
  const isNumber = /^-?\d+(?:\.\d+)?(?:%|ms|s)?$/.test(secret);
  if (/^(?:sess|connect)/i.test(word)) return secret.length >= 16 && !/^0x/i.test(secret) && /\d/.test(secret);
  if (/^pwd$/i.test(word)) return !secret.startsWith('/');
  if (/^pass$/i.test(word)) return !(isNumber && secret.length < 6) && !/^\d+[/,]/.test(secret);
  if (/^(?:passw|passph|passcode|psk|비|암)/i.test(word)) return !(rest !== '' && isNumber && secret.length < 3);
  if (isPath.test(secret) || (isNumber && secret.length < 6)) return false;
  // Tokens of programs: names of classes and plain words are none; "tokens=123456" counts something.
  if (/^s/i.test(rest) && isNumber) return false;
  if (/^[a-z]+(?:\.[A-Za-z-]+){2,}(?:@[0-9a-f]+|:)?$/.test(secret)) return false;
  return secret.length >= 6 || isQuoted || /^secret/i.test(word) ? secret.length >= 3 : false;
}

/** `--password hunter2`, `--token x`: an option with its value as the next word. */
const option = new RegExp(String.raw`(?<![\w-])--?(?:[a-z0-9]{1,20}-){0,4}[a-z0-9]{0,12}?(${secretNameWords})[ \t]{1,4}(?!-)`, 'gi');

export const optionDetector: SecretDetector = {
  keywords: secretNameKeywords,
  find(text, _isCut, add) {
    option.lastIndex = 0;
    for (let found = option.exec(text); found !== null; found = option.exec(text)) {
      const value = readValue(text, found.index + found[0].length);
      const word = found[1] ?? '';
      if (value === null || value.end - value.start < 3 || !standsInName(text, found.index + found[0].lastIndexOf(word), word)) continue;
      if (isPlaceholder(text.slice(value.start, value.end))) continue;
      add({ kind: kindOf(word), start: value.start, end: value.end, contextStart: found.index });
    }
  },
};

/** `{"name":"DB_PASSWORD","value":"…"}`: environment lists and recorded headers. */
const named = new RegExp(
  String.raw`\\{0,3}["'](?:name|key|Name|Key)\\{0,3}["'] ?[:=] ?\\{0,3}["'](?:[\w.-]{0,40}?(?:${secretNameWords}|authorization|cookie)[\w.-]{0,40})\\{0,3}["'],? ?\\{0,3}["'](?:value|Value)\\{0,3}["'] ?[:=] ?`,
  'gi',
);

export const namedValueDetector: SecretDetector = {
  keywords: [...secretNameKeywords, 'authorization', 'cookie'],
  find(text, _isCut, add) {
    named.lastIndex = 0;
    for (let found = named.exec(text); found !== null; found = named.exec(text)) {
      const value = readValue(text, found.index + found[0].length);
      if (value === null || isPlaceholder(text.slice(value.start, value.end))) continue;
      add({ kind: 'secret', start: value.start, end: value.end, contextStart: found.index });
    }
  },
};
