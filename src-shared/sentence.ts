import type { MessageValues } from './judgement';
import { type Language, type MessageKey, translate, translateOr } from './messages/translate';

/**
 * One sentence for a person. With a key it is ours and can be said in every language; without one it is somebody else's (an
 * engine's, systemctl's). `text` is the English of it, values put in, for logs, the command line and other programs.
 */
export interface Sentence {
  readonly text: string;
  readonly key?: string;
  readonly values?: MessageValues;
}

/** A sentence of the catalogue. */
export function say(key: MessageKey, values?: MessageValues): Sentence {
  const text = translate('en', key, values);
  return values === undefined ? { text, key } : { text, key, values };
}

/** All of them one after the other in English; empty ones are left out. */
export function englishOf(sentences: readonly Sentence[]): string {
  return joinTexts(sentences.map(({ text }) => text));
}

/** All of them one after the other in the person's language. */
export function sentencesIn(language: Language, sentences: readonly Sentence[]): string {
  return joinTexts(sentences.map(({ text, key, values }) => (key === undefined ? text : translateOr(language, key, text, values))));
}

/** Several get the full stops that keep them apart; the last, and one alone, ends as it does. */
function joinTexts(texts: readonly string[]): string {
  const said = texts.filter((text) => text !== '');
  return said.map((text, index) => (index === said.length - 1 || /[.!?:]$/.test(text) ? text : `${text}.`)).join(' ');
}
