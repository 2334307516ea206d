import type { MessageValues } from '../judgement';

/** The message of a key with its values in their places, the singular where `values.count` is 1; undefined: the catalogue has none. */
export function messageOf(catalogue: Readonly<Record<string, string>>, key: string, values: MessageValues): string | undefined {
  const template = (values.count === 1 ? catalogue[`${key}_one`] : undefined) ?? catalogue[key];
  return template?.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
