import type { Policy, PolicyChange } from '../../../src-shared/contract';
import { printable } from '../../words/highlight';
import type { Words } from '../../words/use-words';

const fields = ['name', 'role', 'category', 'verdict', 'note', 'sha256', 'expectedRules'] as const;
type Field = (typeof fields)[number];

/** What one change of a policy did, a sentence each; `before`: what stood there until then, null: nothing. */
export function changeTexts(words: Words, { policy }: PolicyChange, before: Policy | null): readonly string[] {
  const { t } = words;
  if (policy === null) return [t('program.history.removed')];
  const texts = fields.flatMap((field) => {
    const old = before === null ? '' : shown(words, before, field);
    const next = shown(words, policy, field);
    // A name is there from the first: it is no news.
    if (old === next || (before === null && field === 'name')) return [];
    const name = t(`program.field.${field}`);
    if (next === '') return [t('program.history.cleared', { field: name })];
    return [
      old === ''
        ? t('program.history.set', { field: name, after: next })
        : t('program.history.changed', { field: name, before: old, after: next }),
    ];
  });
  if (before === null) return [t('program.history.created'), ...texts];
  return texts.length === 0 ? [t('program.history.same')] : texts;
}

function shown(words: Words, policy: Policy, field: Field): string {
  switch (field) {
    case 'verdict':
      return policy.verdict === null ? '' : words.t(`program.verdict.${policy.verdict}`);
    case 'category':
      return policy.category === null ? '' : words.tOr(`role.category.${policy.category}`, printable(policy.category));
    case 'sha256':
      return policy.sha256?.slice(0, 12) ?? '';
    case 'expectedRules':
      return policy.expectedRules.join(', ');
    default:
      return printable(policy[field] ?? '');
  }
}
