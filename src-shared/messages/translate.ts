import type { MessageValues } from '../judgement';
import { en } from './en/index';
import { ko } from './ko/index';
import { messageOf } from './message-of';

/**
 * Words of all three doors, in one catalogue: rules and notifications need them in main, views in the renderer.
 * `{{name}}` is replaced by the value; a key ending `_one` is taken when `values.count` is 1 (Korean needs none).
 */
export type Language = 'en' | 'ko';
export type MessageKey = keyof typeof en;

const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, ko };

export function translate(language: Language, key: MessageKey, values: MessageValues = {}): string {
  return messageOf(catalogues[language], key, values) ?? key;
}

/** As translate, for a key made at run time (`reason.<rule>`); `fallback` is used as it is when no such key exists. */
export function translateOr(language: Language, key: string, fallback: string, values: MessageValues = {}): string {
  return messageOf(catalogues[language], key, values) ?? fallback;
}
