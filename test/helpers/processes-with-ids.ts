import type { Process, ProcessFacts } from '../../src-shared/snapshots/processes';

/** Facts with an id and no risk, as the pipeline hands them on. */
export function processesWithIds(facts: readonly ProcessFacts[]): readonly Process[] {
  return facts.map(({ evidence, ...one }) => ({
    ...one,
    id: `id-${one.pid}-${one.startTicks}`,
    risk: {
      score: 0,
      level: 'ok',
      riskLevel: 'ordinary',
      axes: { threat: 0, exposure: 0, health: 0 },
      evidenceRatio: 1,
      reasons: [],
      expectedRules: [],
    },
    role: { layer: 'unknown', entry: null, category: null, claimed: false, values: {} },
    killClass: 'K3',
    project: evidence?.project?.root ?? null,
  }));
}
