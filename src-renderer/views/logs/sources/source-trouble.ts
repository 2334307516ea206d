import type { LogSource } from '../../../../src-shared/snapshots';
import type { Words } from '../../../words/use-words';

/** Why its state is what it is, what others said of it in their own words, and what can be done about it; empty: nothing is said. */
export function sourceTrouble(source: Pick<LogSource, 'detail' | 'sentences' | 'remedy'>, inWords: Words['sentences']): string {
  const { detail, remedy, sentences = detail === null ? [] : [{ text: detail }] } = source;
  return inWords([...sentences, ...(remedy === undefined ? [] : [remedy])]);
}
