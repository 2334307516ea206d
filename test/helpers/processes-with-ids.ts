import type { Process, ProcessFacts } from '../../src-shared/snapshots/processes';

/** Facts with an id and no risk, as the pipeline hands them on. */
export function processesWithIds(facts: readonly ProcessFacts[]): readonly Process[] {
  return facts.map((one) => ({ ...one, id: `id-${one.pid}-${one.startTicks}`, risk: { score: 0, level: 'ok', reasons: [] } }));
}
