import type { MessageValues, Reason } from '../../../src-shared/judgement';
import { type MessageKey, translate } from '../../../src-shared/messages/translate';
import type { KillClass } from '../../../src-shared/roles/role-entry';
import type { ProcessFacts, ProcessRole, RiskLevel } from '../../../src-shared/snapshots';
import type { ProcessContext } from '../process-context';

/** What the class is judged by: a row of the list is enough, what costs more to read is not needed. */
export type KillSubject = Omit<
  ProcessFacts,
  'evidence' | 'listening' | 'cpuCores' | 'rssBytes' | 'pssBytes' | 'memoryTrend' | 'busySinceMs'
>;
export type KillContext = Pick<ProcessContext, 'platform' | 'nowMs' | 'policy' | 'unit' | 'container' | 'parent' | 'ownTree'>;

/** What was judged of it before. */
export interface JudgedBefore {
  readonly role: ProcessRole;
  readonly riskLevel: RiskLevel;
}

export interface KillVerdict {
  readonly killClass: KillClass;
  /** `kill.because.<rule>`. */
  readonly reason: Reason;
}

type BecauseOf<Key> = Key extends `kill.because.${infer Rule}` ? Rule : never;
export type Because = BecauseOf<MessageKey>;

export function verdict(killClass: KillClass, rule: Because, values: MessageValues = {}): KillVerdict {
  return { killClass, reason: { rule, values, text: translate('en', `kill.because.${rule}`, values) } };
}
