import type { Unavailable } from '../../src-shared/reading';
import type { Words } from './use-words';

interface Absence {
  readonly detail: string | null;
  readonly hint?: string | null;
  readonly sentences?: Unavailable['sentences'];
}

/** Why a source or an engine is not there, and what helps, in the person's language as far as the words are ours; null where nothing is said. */
export function absenceWords(words: Words, { detail, hint = null, sentences }: Absence) {
  return {
    detail: detail === null || sentences === undefined ? detail : words.sentences(sentences.detail),
    hint: hint === null || sentences === undefined ? hint : words.sentences(sentences.hint),
  };
}
