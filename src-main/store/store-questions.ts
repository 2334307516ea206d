import type { Alert } from '../../src-shared/alerts';
import type { OpenRole, Policy, PolicyChange, StopAudit } from '../../src-shared/contract';
import type { MetricPoint } from '../../src-shared/metrics';
import type { RememberedRun } from '../../src-shared/runs';
import { readRange, readRecentAlerts } from './history';
import { readListeners, readOpenRoles, readPolicies, readPolicyChanges, readRecentStops, readRoleAskCount } from './process-rows';
import type { SeenListener } from './process-store';
import { readRuns } from './run-rows';
import type { SqliteConnection } from './sqlite';
import type { RangeQuery, Store } from './store';

/** What a store can be asked, by name: what is given, and what comes back. */
export interface StoreQuestions {
  readonly range: { readonly input: RangeQuery; readonly answer: readonly MetricPoint[] };
  readonly 'recent-alerts': { readonly input: number; readonly answer: readonly Alert[] };
  readonly runs: { readonly input: string; readonly answer: readonly RememberedRun[] };
  readonly policies: { readonly input: null; readonly answer: readonly Policy[] };
  readonly 'policy-changes': { readonly input: string; readonly answer: readonly PolicyChange[] };
  readonly 'role-ask-count': { readonly input: string; readonly answer: number };
  readonly 'open-roles': { readonly input: null; readonly answer: readonly OpenRole[] };
  readonly 'recent-stops': { readonly input: number; readonly answer: readonly StopAudit[] };
  readonly listeners: { readonly input: null; readonly answer: readonly SeenListener[] };
}

export type QuestionName = keyof StoreQuestions;
export type InputTo<N extends QuestionName> = StoreQuestions[N]['input'];
export type AnswerTo<N extends QuestionName> = StoreQuestions[N]['answer'];

interface Way<N extends QuestionName> {
  /** What answers when the file is damaged and cannot be replaced. */
  readonly nothing: AnswerTo<N>;
  readonly fromFile: (connection: SqliteConnection, input: InputTo<N>) => AnswerTo<N>;
  readonly fromStore: (store: Store, input: InputTo<N>) => Promise<AnswerTo<N>>;
}

/** Each question once: how the file answers it, and how a store in memory does. */
export const questionWays: { readonly [N in QuestionName]: Way<N> } = {
  range: { nothing: [], fromFile: readRange, fromStore: (store, query) => store.range(query) },
  'recent-alerts': { nothing: [], fromFile: readRecentAlerts, fromStore: (store, limit) => store.recentAlerts(limit) },
  runs: { nothing: [], fromFile: readRuns, fromStore: (store, identity) => store.recallRuns(identity) },
  policies: { nothing: [], fromFile: readPolicies, fromStore: (store) => store.policies() },
  'policy-changes': { nothing: [], fromFile: readPolicyChanges, fromStore: (store, exe) => store.policyChanges(exe) },
  'role-ask-count': { nothing: 0, fromFile: readRoleAskCount, fromStore: (store, name) => store.roleAskCount(name) },
  'open-roles': { nothing: [], fromFile: readOpenRoles, fromStore: (store) => store.openRoles() },
  'recent-stops': { nothing: [], fromFile: readRecentStops, fromStore: (store, limit) => store.recentStops(limit) },
  listeners: { nothing: [], fromFile: readListeners, fromStore: (store) => store.listeners() },
};
