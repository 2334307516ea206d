import type { MessageValues } from '../judgement';
import type { Sentence } from '../sentence';
import { absencesEn } from './en/absences';
import { messageOf } from './message-of';

export type AbsenceKey = keyof typeof absencesEn;

/** As `say`, with these few messages alone: the thread that keeps the logs would hold 4 MB of all catalogues for them. */
export function sayAbsence(key: AbsenceKey, values?: MessageValues): Sentence {
  const text = messageOf(absencesEn, key, values ?? {}) ?? key;
  return values === undefined ? { text, key } : { text, key, values };
}
