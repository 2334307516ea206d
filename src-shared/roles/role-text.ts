import type { MessageValues } from '../judgement';
import { type Language, type MessageKey, translate } from '../messages/translate';
import type { ProcessRole } from '../snapshots';
import type { RoleEntry } from './role-entry';

/**
 * How a program stands in its process (`values.form` of the layer `program`). program: run by an interpreter or a wrapper; part: one of
 * several processes of a program; inline: code given on the command line; session: held for an account; shim: keeps a container.
 */
export const programForms = ['program', 'part', 'inline', 'session', 'shim'] as const;
export type ProgramForm = (typeof programForms)[number];

/**
 * The sentence on a process: what it is. `entry` is the entry of the role base that `role.entry` names, null when it is not
 * at hand. Values come from outside (unit descriptions, package summaries, titles): the result is text only.
 * A value that is not there (the path, the summary) chooses the sentence without it.
 */
export function roleText(language: Language, role: ProcessRole, entry: Pick<RoleEntry, 'en' | 'ko'> | null): string {
  const sentence = entry === null ? '' : entry[language];
  const values: MessageValues = { ...role.values, sentence };
  const say = (key: MessageKey) => translate(language, key, values);
  const has = (name: string) => role.values[name] !== undefined;
  switch (role.layer) {
    case 'policy':
      return say('role.policy');
    case 'base':
      if (role.claimed) return say(has('path') ? 'role.claimed' : 'role.claimedUnseen');
      if (sentence !== '') return sentence;
      return say(has('name') ? 'role.kernelThread' : 'role.first');
    case 'program':
      return sentence === ''
        ? say(`role.${formOf(role)}`)
        : translate(language, 'role.programOf', { what: say(`role.${formOf(role)}`), sentence });
    case 'unit':
      return say('role.unit');
    case 'desktop': {
      const own = language === 'ko' ? { name: values.nameKorean ?? values.name, comment: values.commentKorean ?? values.comment } : values;
      return translate(language, own.comment === undefined ? 'role.desktopName' : 'role.desktop', { ...own } as MessageValues);
    }
    case 'package':
      return say(has('summary') ? 'role.package' : 'role.packageName');
    case 'container':
      return say(has('image') ? 'role.container' : 'role.containerName');
    case 'ancestor':
      return say(sentence === '' ? 'role.ancestor' : 'role.ancestorOf');
    case 'unknown':
      return say(has('path') ? 'role.unknown' : 'role.unknownUnseen');
  }
}

function formOf(role: ProcessRole): ProgramForm {
  return programForms.find((form) => form === role.values.form) ?? 'program';
}
