import { englishOf, type Sentence } from './sentence';

/** Why a source cannot be read. Normal on a healthy machine: shown calmly with a remedy, never logged as an error. */
export const unavailableReasons = [
  'not-installed',
  'not-configured',
  'not-running',
  'starting',
  'unreachable',
  'permission-denied',
  /** It can go on when the person agrees to what `consent` names. */
  'needs-consent',
  'unsupported-platform',
  'disabled',
] as const;
export type UnavailableReason = (typeof unavailableReasons)[number];

export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: UnavailableReason;
  /** What was tried and what came back, one sentence. */
  readonly detail: string;
  /** What the user can do about it, one sentence. */
  readonly hint?: string;
  /** The same two sentence by sentence, where they are ours: for windows in other languages. */
  readonly sentences?: { readonly detail: readonly Sentence[]; readonly hint: readonly Sentence[] };
  /** With `needs-consent`: a program that will be run, shown in full; agreeing means putting `key` into the settings. */
  readonly consent?: { readonly command: readonly string[]; readonly key: string };
}

/** What a collector returns. It never returns "failed": an unexpected problem is thrown and caught by the engine. */
export type Outcome<T> = { readonly kind: 'ok'; readonly data: T; readonly warnings?: readonly string[] } | Unavailable;

export interface Failed {
  readonly kind: 'failed';
  readonly code: 'timeout' | 'unexpected';
  readonly message: string;
}

/** An Outcome with when and how long, or a failure caught by the engine. What is stored, sent and shown. */
export type Reading<T> = {
  readonly startedAtMs: number;
  readonly tookMs: number;
  /** When this source last gave data; null if it never did. */
  readonly lastOkAtMs: number | null;
} & (Outcome<T> | Failed);

export function ok<T>(data: T, warnings: readonly string[] = []): Outcome<T> {
  return warnings.length > 0 ? { kind: 'ok', data, warnings } : { kind: 'ok', data };
}

/** Text, or sentences of the catalogue (`say`) that every window says in its own language. */
type Words = string | Sentence | readonly Sentence[];

export function unavailable(reason: UnavailableReason, detail: Words, hint?: Words): Unavailable {
  const sentences = { detail: toSentences(detail), hint: hint === undefined ? [] : toSentences(hint) };
  const isOurs = [...sentences.detail, ...sentences.hint].some(({ key }) => key !== undefined);
  return {
    kind: 'unavailable',
    reason,
    detail: englishOf(sentences.detail),
    ...(hint === undefined ? {} : { hint: englishOf(sentences.hint) }),
    ...(isOurs ? { sentences } : {}),
  };
}

function toSentences(words: Words): readonly Sentence[] {
  if (typeof words === 'string') return [{ text: words }];
  return 'text' in words ? [words] : words;
}
