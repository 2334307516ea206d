import type { ProcessesSnapshot } from '../../../src-shared/snapshots';
import type { Words } from '../../words/use-words';

/** "3 of 312 to look at", and, where nothing else on screen says it, how many these rights see only in part. */
export function riskSummary(words: Words, { processes, hiddenCount }: Pick<ProcessesSnapshot, 'processes' | 'hiddenCount'>): string {
  const raised = processes.filter(({ risk }) => risk.level === 'warning' || risk.level === 'critical').length;
  const all = processes.length;
  return [
    raised > 0 ? words.t('processes.raised', { raised, all }) : words.t('processes.calm', { all }),
    hiddenCount > 0 ? words.t('processes.hidden', { count: hiddenCount }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
