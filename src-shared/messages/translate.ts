import type { MessageValues } from '../judgement';
import { en } from './en/index';
import { ko } from './ko/index';

/**
 * Words of all three doors, in one catalogue: rules and notifications need them in main, views in the renderer.
 * `{{name}}` is replaced by the value; a key ending `_one` is taken when `values.count` is 1 (Korean needs none).
 */
export type Language = 'en' | 'ko';
export type MessageKey = keyof typeof en;

const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, ko };

export function translate(language: Language, key: MessageKey, values: MessageValues = {}): string {
  return fill(lookUp(language, key, values) ?? key, values);
}

/** As translate, for a key made at run time (`reason.<rule>`); `fallback` is used as it is when no such key exists. */
export function translateOr(language: Language, key: string, fallback: string, values: MessageValues = {}): string {
  const template = lookUp(language, key, values);
  return template === undefined ? fallback : fill(template, values);
}

function lookUp(language: Language, key: string, values: MessageValues): string | undefined {
  const catalogue = catalogues[language];
  return (values.count === 1 ? catalogue[`${key}_one`] : undefined) ?? catalogue[key];
}

function fill(template: string, values: MessageValues): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
