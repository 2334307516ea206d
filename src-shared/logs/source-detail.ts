import type { Sentence } from '../sentence';
import type { LogSource } from '../snapshots/logs';

export type SourceDetail = Pick<LogSource, 'detail' | 'sentences'>;

/** What is said of a source: in English, which other programs read, with a space between its sentences; and sentence by sentence where some are ours. */
export function sourceDetail(sentences: readonly Sentence[]): SourceDetail {
  if (sentences.length === 0) return { detail: null };
  const detail = sentences.map(({ text }) => text).join(' ');
  return sentences.some(({ key }) => key !== undefined) ? { detail, sentences } : { detail };
}
