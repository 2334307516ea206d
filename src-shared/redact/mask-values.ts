import { LineRedactor, type RedactorOptions, redactText } from './redactor';
import { isPlaceholder, isSecretName } from './secret-names';

/** A text without its secrets, on its way out of the machine or the process memory. */
export type TextMask = (text: string) => string;

/** What was cut on the way ("…") may have lost the end of a secret: its beginning is masked too. */
export function createTextMask(options: RedactorOptions): TextMask {
  return (text) => {
    if (!text.includes('…')) return redactText(text, options).text;
    const redactor = new LineRedactor(options);
    const maskParts = (parts: readonly string[]) => parts.map((part, index) => redactor.redact(part, index < parts.length - 1).text);
    return text
      .split('\n')
      .map((line) => maskParts(line.split('…')).join('…'))
      .join('\n');
  };
}

/** An id or a digest: hexadecimal and nothing else. Nothing about it could be recognised, and programs ask by it again. */
const idAlone = /^[0-9a-f-]{32,128}$/;

/** Any plain data with every text in it masked; what holds no secret stays the same object. Names of properties stay. */
export function maskStrings<T>(value: T, mask: TextMask): T {
  return maskAny(value, mask) as T;
}

function maskAny(value: unknown, mask: TextMask): unknown {
  if (typeof value === 'string') return idAlone.test(value) ? value : mask(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => maskAny(item, mask));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const entries = Object.entries(value);
  const masked = entries.map(([name, item]) => [name, maskAny(item, mask)] as const);
  return masked.every(([, item], index) => item === entries[index]?.[1]) ? value : Object.fromEntries(masked);
}

const assignment = /^(-{0,2}[\w.-]{1,80}=)(.+)$/s;

/** The words of a command line: also those that are secret only because of the word before them. */
export function maskWords(words: readonly string[], hash: RedactorOptions['hash']): readonly string[] {
  const cover = (secret: string): string => (isPlaceholder(secret) ? secret : `[masked:secret:${hash(secret)}]`);
  return words.map((word, index) => {
    const before = words[index - 1] ?? '';
    if (/^--?[\w.-]{1,80}$/.test(before) && isSecretName(before) && !word.startsWith('-')) return cover(word);
    const [, name = '', value = ''] = assignment.exec(word) ?? [];
    return isSecretName(name.slice(0, -1)) ? name + cover(value) : redactText(word, { hash }).text;
  });
}
