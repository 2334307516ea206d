import { isErrorLevel } from '../../../src-shared/logs/parsed-line';
import { lexicon } from '../../rules/log-errors/words';
import { levelWordsOf } from '../parse/level-word';
import { expandPattern } from './expand-pattern';

/** No line without one of these states an error in words, or speaks of one. In small letters; none holds another. */
export function failureWords(): readonly string[] {
  const words = new Set([
    ...lexicon.filter(({ level }) => isErrorLevel(level)).flatMap(({ words }) => words.flatMap(expandPattern)),
    ...levelWordsOf('error'),
    ...levelWordsOf('critical'),
  ]);
  return [...words].filter((word) => [...words].every((other) => other === word || !word.includes(other)));
}

/** With what stands for characters beyond ASCII where JSON escapes them, in JSON and in JSON that stands in JSON. */
export function withEscapes(word: string): readonly string[] {
  const escaped = (mark: string) =>
    [...word].map((one) => (one.charCodeAt(0) < 128 ? one : `${mark}u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)).join('');
  return [...new Set([word, escaped('\\'), escaped('\\\\')])];
}
