import { useMemo } from 'react';
import type { MessageValues, Reason } from '../../src-shared/judgement';
import { type Language, type MessageKey, translate, translateOr } from '../../src-shared/messages/translate';
import { type Sentence, sentencesIn } from '../../src-shared/sentence';
import type { AppState } from '../state/app-store';
import { useApp } from '../state/context';

/** The catalogue in the person's language. */
export interface Words {
  readonly language: Language;
  t(key: MessageKey, values?: MessageValues): string;
  /** For keys made at run time; `fallback` where the catalogue has none. */
  tOr(key: string, fallback: string, values?: MessageValues): string;
  /** A reason of the rules in words. */
  reason(reason: Reason): string;
  /** Sentences of the core: ours in the person's language, those of others as they are. */
  sentences(sentences: readonly Sentence[]): string;
}

export function createWords(language: Language): Words {
  return {
    language,
    t: (key, values) => translate(language, key, values),
    tOr: (key, fallback, values) => translateOr(language, key, fallback, values),
    sentences: (sentences) => sentencesIn(language, sentences),
    reason: ({ rule, text, values }) => translateOr(language, `reason.${rule}`, text, values),
  };
}

export function languageOf({ settings, info }: Pick<AppState, 'settings' | 'info'>): Language {
  return settings.language === 'system' ? (info?.systemLanguage ?? 'en') : settings.language;
}

export function useWords(): Words {
  const language = useApp(languageOf);
  return useMemo(() => createWords(language), [language]);
}
