import { judgePods } from '../../../../src-main/rules/judge-pods';
import { defaultSettings } from '../../../../src-shared/settings';
import type { PodContainer, PodFacts, PodsFacts } from '../../../../src-shared/snapshots';

export const nowMs = Date.parse('2026-01-01T12:00:00Z');
export const ago = (seconds: number) => nowMs - seconds * 1000;

export const container: PodContainer = {
  name: 'main',
  image: 'registry.test/web:1',
  init: false,
  ready: true,
  state: 'running',
  reason: null,
  message: null,
  exitCode: null,
  startedAtMs: ago(3_600),
  finishedAtMs: null,
  restartCount: 0,
  lastRun: null,
  cpuCores: null,
  memoryBytes: null,
  cpuLimitCores: null,
  memoryLimitBytes: 2 ** 20,
};
export const pod: PodFacts = {
  uid: 'u1',
  namespace: 'default',
  name: 'web-1',
  status: 'Running',
  phase: 'Running',
  reason: null,
  message: null,
  ready: true,
  node: 'n1',
  owner: null,
  createdAtMs: ago(3_600),
  startedAtMs: ago(3_590),
  deletingSinceMs: null,
  restartCount: 0,
  containers: [container],
  cpuCores: null,
  memoryBytes: null,
  cpuLimitCores: null,
  memoryLimitBytes: null,
};
export const facts: PodsFacts = {
  contexts: [],
  context: 'dev',
  serverVersion: null,
  namespace: null,
  namespaces: null,
  metricsUnavailable: null,
  watch: 'live',
  broken: null,
  pods: [],
};

export function judge(change: Partial<PodFacts>, more: Partial<PodContainer> = {}) {
  const one = { ...pod, containers: [{ ...container, ...more }], ...change };
  const { snapshot, findings } = judgePods({ ...facts, pods: [one] }, { nowMs, thresholds: defaultSettings.thresholds });
  const [judged] = snapshot.pods;
  if (judged === undefined) throw new Error('no pod');
  return { judged, findings, rules: judged.reasons.map(({ rule }) => rule), snapshot };
}

export const waiting = (reason: string, message: string | null = null) => ({ state: 'waiting', ready: false, reason, message }) as const;
export const ended = (exitCode: number, reason: string | null, seconds = 20) =>
  ({ state: 'terminated', ready: false, exitCode, reason, finishedAtMs: ago(seconds) }) as const;
export const lastRun = (exitCode: number, reason: string, seconds = 30) => ({ exitCode, reason, finishedAtMs: ago(seconds) });
