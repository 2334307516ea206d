import type { LogsFacts } from '../../src-shared/snapshots';
import type { JudgeContext, Judgement } from './judgement';

const newsMs = 15 * 60_000;

/** Error lines colour their own section for a quarter of an hour; they raise no alert (a line is not a failure). */
export function judgeLogs(facts: LogsFacts, context: JudgeContext): Judgement<'logs'> {
  const recent = facts.newestErrors.some((error) => context.nowMs - error.atMs < newsMs);
  return { snapshot: { ...facts, level: recent ? 'warning' : 'ok' }, findings: [] };
}
