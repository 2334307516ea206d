import { type Language, translate } from '../messages/translate';
import type { ProcessRole } from '../snapshots';
import type { RoleEntry } from './role-entry';

/**
 * The sentence on a process: what it is. `entry` is the entry of the role base that `role.entry` names, null when it is not
 * at hand. Values come from outside (unit descriptions, package summaries, titles): the result is text only.
 */
export function roleText(language: Language, role: ProcessRole, entry: Pick<RoleEntry, 'en' | 'ko'> | null): string {
  const sentence = entry === null ? '' : entry[language];
  switch (role.layer) {
    case 'base':
      return role.claimed ? translate(language, 'role.claimed', { ...role.values, sentence }) : sentence;
    case 'program':
      return sentence === ''
        ? translate(language, 'role.program', role.values)
        : translate(language, 'role.programOf', { ...role.values, sentence });
    case 'ancestor':
      return translate(language, sentence === '' ? 'role.ancestor' : 'role.ancestorOf', { ...role.values, sentence });
    default:
      return translate(language, `role.${role.layer}`, role.values);
  }
}
