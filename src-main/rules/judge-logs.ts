import type { Finding } from '../../src-shared/judgement';
import type { LogAlarm, LogError, LogsFacts } from '../../src-shared/snapshots';
import { isRecent } from './is-recent';
import type { JudgeContext, Judgement } from './judgement';
import { portComplainedOf } from './ports/port-complaint';
import { reason } from './reason';

const newsMs = 15 * 60_000;
/** A storm of new errors (a deploy that breaks everything) is one thing to look into, not fifty. */
const mostAlarms = 5;

/**
 * Error lines colour their own section for a quarter of an hour. What raises an alert is news: a pattern of errors that begins, one that
 * comes far more often than usual, and a cause that a person can clear away (a port that somebody else holds).
 */
export function judgeLogs(facts: LogsFacts, context: JudgeContext): Judgement<'logs'> {
  const recent = facts.newestErrors.filter((error) => isRecent(error.atMs, context.nowMs, newsMs));
  const ports = portsInUse(recent);
  const alarms = facts.alarms.filter(({ text }) => portComplainedOf(text) === null);
  const told = [...alarms].sort((a, b) => b.sinceMs - a.sinceMs).slice(0, mostAlarms);
  return { snapshot: { ...facts, level: recent.length > 0 ? 'warning' : 'ok' }, findings: [...ports, ...told.map(findingOf)] };
}

function findingOf({ kind, pattern, source, text, perMinute, usualPerMinute, sinceMs }: LogAlarm): Finding {
  const values = { source, text };
  return {
    key: `logs/${kind}/${pattern}`,
    source: 'logs',
    subject: source,
    level: 'warning',
    reason:
      kind === 'new-pattern'
        ? reason('log-new-pattern', values)
        : reason('log-burst', { ...values, count: perMinute, usual: Math.round((usualPerMinute ?? 0) * 10) / 10 }),
    holdMs: 0,
    place: { section: 'logs', item: `pattern:${pattern}` },
    sinceMs,
  };
}

/** One finding a port, from its newest line. */
function portsInUse(newestFirst: readonly LogError[]): readonly Finding[] {
  const byPort = new Map<number, Finding>();
  for (const { text, source, atMs } of newestFirst) {
    const port = portComplainedOf(text);
    if (port === null || byPort.has(port)) continue;
    byPort.set(port, {
      key: `logs/port-in-use/${port}`,
      source: 'logs',
      subject: source,
      level: 'warning',
      reason: reason('port-in-use', { port, source }),
      holdMs: 0,
      place: { section: 'processes', item: `port:${port}` },
      sinceMs: atMs,
    });
  }
  return [...byPort.values()];
}
