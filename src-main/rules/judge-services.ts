import type { Finding, Reason } from '../../src-shared/judgement';
import { type Level, worstLevel } from '../../src-shared/level';
import type { Service, ServiceFacts, ServicesFacts } from '../../src-shared/snapshots';
import type { Judgement } from './judgement';
import { reason } from './reason';

const restartsUntilCritical = 5;

/** systemd results with words of their own; others are named as they are. */
const wordedResults = new Map([
  ['exit-code', 'service-failed-exit-code'],
  ['signal', 'service-failed-signal'],
  ['core-dump', 'service-failed-signal'],
  ['timeout', 'service-failed-timeout'],
  ['watchdog', 'service-failed-watchdog'],
  ['oom-kill', 'service-failed-oom-kill'],
] as const);

/** The state of each service in a level, and the watched ones that failed. */
export function judgeServices(facts: ServicesFacts): Judgement<'services'> {
  const findings: Finding[] = [];
  const services = facts.services.map((service) => judgeService(service, findings));
  const watched = services.filter((service) => service.watched);
  // Idle and starting services are yellow dots, not problems: the section's level speaks of failures only.
  const level = worstLevel(
    watched.filter((service) => service.reasons.length > 0 && service.state !== 'active (idle)').map((one) => one.level),
  );
  return { snapshot: { ...facts, services, level }, findings };
}

function judgeService(facts: ServiceFacts, findings: Finding[]): Service {
  const { level, why } = judgeState(facts);
  if (facts.watched && why !== null && facts.state !== 'active (idle)' && (level === 'warning' || level === 'critical')) {
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
  return { ...facts, level, reasons: why === null ? [] : [why] };
}

function judgeState(facts: ServiceFacts): { readonly level: Level; readonly why: Reason | null } {
  const restarts = { count: facts.restartCount ?? 0 };
  switch (facts.state) {
    case 'active':
    case 'active (exited)':
      return { level: 'ok', why: null };
    case 'active (idle)':
      return { level: 'warning', why: reason('service-idle') };
    case 'activating':
      return { level: 'warning', why: null };
    case 'auto-restart':
      return { level: restarts.count >= restartsUntilCritical ? 'critical' : 'warning', why: reason('service-auto-restart', restarts) };
    case 'deactivating':
    case 'inactive':
      return { level: 'inactive', why: null };
    case 'failed (zombie)':
      return { level: 'warning', why: reason('service-zombie') };
    case 'failed':
      return { level: 'critical', why: failureReason(facts) };
  }
}

function failureReason(facts: ServiceFacts): Reason {
  const result = facts.result ?? 'failed';
  const rule = (wordedResults as ReadonlyMap<string, typeof wordedResults extends Map<string, infer Rule> ? Rule : never>).get(result);
  return reason(rule ?? 'service-failed', { result, exitStatus: facts.exitStatus ?? '?' });
}
