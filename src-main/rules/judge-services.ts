import type { Finding, Reason } from '../../src-shared/judgement';
import { type Level, worstLevel } from '../../src-shared/level';
import type { Service, ServiceFacts, ServicesFacts } from '../../src-shared/snapshots';
import { isRecent } from './is-recent';
import type { JudgeContext, Judgement } from './judgement';
import { type RuleId, reason } from './reason';
import { signalName } from './signal-names';
import { setupStep } from './unit-exit';

const restartsUntilCritical = 5;
/** A unit that crashes soon after each start is seen running in between: its restart stays a problem until it held this long. */
const provenAfterMs = 60_000;

/** systemd results with words of their own; others are named as they are. */
const wordedResults: ReadonlyMap<string, RuleId> = new Map([
  ['exit-code', 'service-failed-exit-code'],
  ['signal', 'service-failed-signal'],
  ['core-dump', 'service-failed-signal'],
  ['timeout', 'service-failed-timeout'],
  ['watchdog', 'service-failed-watchdog'],
  ['oom-kill', 'service-failed-oom-kill'],
  ['resources', 'service-failed-resources'],
  ['start-limit-hit', 'service-failed-start-limit'],
  ['service-start-limit-hit', 'service-failed-start-limit'],
  ['trigger-limit-hit', 'service-failed-start-limit'],
]);

interface Verdict {
  readonly level: Level;
  readonly why: Reason | null;
  /** Worth an alert when the unit is watched; resting and what another unit's finding tells already is not. */
  readonly problem: boolean;
}

/** The state of each unit in a level, and the watched ones that failed. */
export function judgeServices(facts: ServicesFacts, { nowMs }: Pick<JudgeContext, 'nowMs'>): Judgement<'services'> {
  const findings: Finding[] = [];
  const services = facts.services.map((service) => judgeService(service, nowMs, findings));
  return { snapshot: { ...facts, services, level: worstLevel(findings.map((finding) => finding.level)) }, findings };
}

function judgeService(facts: ServiceFacts, nowMs: number, findings: Finding[]): Service {
  const { level, why, problem } = judgeState(facts, nowMs);
  if (facts.watched && problem && why !== null && (level === 'warning' || level === 'critical')) {
    const item = `${facts.scope}/${facts.unit}`;
    findings.push({
      key: `services/${item}/failed`,
      source: 'services',
      subject: facts.unit,
      level,
      reason: why,
      holdMs: 0,
      place: { section: 'services', item },
      sinceMs: facts.stateSinceMs,
    });
  }
  // What is new stands before the spread: behind it V8 (Node 20) adds property by property, ten times as slow.
  return { level, reasons: why === null ? [] : [why], ...facts };
}

const calm: Verdict = { level: 'ok', why: null, problem: false };

function judgeState(facts: ServiceFacts, nowMs: number): Verdict {
  const restarts = { count: facts.restartCount ?? 0 };
  const restartLevel = restarts.count >= restartsUntilCritical ? 'critical' : 'warning';
  switch (facts.state) {
    case 'active':
    case 'active (exited)':
      if (isUnproven(facts, nowMs)) return { level: restartLevel, why: reason('service-restarted', restarts), problem: true };
      return judgeLastRun(facts) ?? calm;
    case 'active (idle)':
      return judgeLastRun(facts) ?? { level: 'warning', why: reason('service-idle'), problem: false };
    case 'activating':
      if (restarts.count > 0 && facts.kind === 'service')
        return { level: restartLevel, why: reason('service-restarted', restarts), problem: true };
      return { level: 'warning', why: null, problem: false };
    case 'auto-restart':
      return { level: restartLevel, why: reason('service-auto-restart', restarts), problem: true };
    case 'deactivating':
    case 'inactive':
      return { level: 'inactive', why: null, problem: false };
    case 'failed (zombie)':
      return { level: 'warning', why: reason('service-zombie'), problem: true };
    case 'failed':
      return { level: 'critical', why: failureReason(facts), problem: true };
  }
}

function isUnproven({ restartCount, stateSinceMs }: ServiceFacts, nowMs: number): boolean {
  return (restartCount ?? 0) > 0 && stateSinceMs !== null && isRecent(stateSinceMs, nowMs, provenAfterMs);
}

/** A timer whose last run failed is shown so; the alert is that of the service it started. */
function judgeLastRun({ timer, result }: ServiceFacts): Verdict | null {
  if (timer === null || result === null || result === 'success') return null;
  return { level: 'warning', why: reason('timer-run-failed', { unit: timer.unit, result }), problem: false };
}

function failureReason(facts: ServiceFacts): Reason {
  const result = facts.result ?? 'failed';
  const { exitStatus } = facts;
  const step = result === 'exit-code' && exitStatus !== null ? setupStep(exitStatus) : null;
  if (step !== null) return reason('service-failed-setup', { step, exitStatus: exitStatus ?? '?' });
  const rule = wordedResults.get(result) ?? 'service-failed';
  const shown = exitStatus !== null && rule === 'service-failed-signal' ? `${exitStatus} (${signalName(exitStatus)})` : exitStatus;
  return reason(rule, { result, exitStatus: shown ?? '?' });
}
