import type { MessageValues, Reason } from '../../src-shared/judgement';
import { type MessageKey, translate } from '../../src-shared/messages/translate';

type RuleOf<Key> = Key extends `reason.${infer Rule}` ? (Rule extends `${string}_one` ? never : Rule) : never;

/** Every rule that has words; a rule without a message does not compile. */
export type RuleId = RuleOf<MessageKey>;

/** A reason with its English sentence filled in; `values` are kept so that other languages can fill theirs. */
export function reason(rule: RuleId, values: MessageValues = {}): Reason {
  return { rule, text: translate('en', `reason.${rule}`, values), values };
}
