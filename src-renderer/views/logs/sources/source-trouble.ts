import type { LogSource } from '../../../../src-shared/snapshots';
import type { Words } from '../../../words/use-words';

/** Why its state is what it is, in the words of whoever refused it, and what can be done about it; empty: nothing is said. */
export function sourceTrouble({ detail, remedy }: Pick<LogSource, 'detail' | 'remedy'>, sentences: Words['sentences']): string {
  return sentences([...(detail === null ? [] : [{ text: detail }]), ...(remedy === undefined ? [] : [remedy])]);
}
