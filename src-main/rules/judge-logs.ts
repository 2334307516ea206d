import type { Finding } from '../../src-shared/judgement';
import type { LogError, LogsFacts } from '../../src-shared/snapshots';
import type { JudgeContext, Judgement } from './judgement';
import { portComplainedOf } from './ports/port-complaint';
import { reason } from './reason';

const newsMs = 15 * 60_000;

/**
 * Error lines colour their own section for a quarter of an hour; they raise no alert (a line is not a failure), but for one that
 * names a cause a person can clear away: a port that somebody else holds.
 */
export function judgeLogs(facts: LogsFacts, context: JudgeContext): Judgement<'logs'> {
  const recent = facts.newestErrors.filter((error) => context.nowMs - error.atMs < newsMs);
  return { snapshot: { ...facts, level: recent.length > 0 ? 'warning' : 'ok' }, findings: portsInUse(recent) };
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
