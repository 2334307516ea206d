import type { Finding } from '../../src-shared/judgement';
import { worstLevel } from '../../src-shared/level';
import type { Process, ProcessesFacts, ProcessFacts } from '../../src-shared/snapshots';
import type { Judgement } from './judgement';
import { judgeProcessRisk } from './process-risk';

/**
 * Verdicts on rows seen before. The collector hands out the same object for a process about which nothing changed, and
 * most processes sleep: judging only the others is what makes the judgement free.
 */
export type JudgedRows = WeakMap<ProcessFacts, Process>;

/** Risk of each process; `idOf` gives the opaque id a door uses for it. */
export function judgeProcesses(
  facts: ProcessesFacts,
  idOf: (process: ProcessFacts) => string,
  judged: JudgedRows = new WeakMap(),
): Judgement<'processes'> {
  const findings: Finding[] = [];
  const processes = facts.processes.map((process): Process => {
    const row = judged.get(process) ?? judgeRow(process, idOf(process), facts.memoryTotalBytes);
    judged.set(process, row);
    const { id, risk } = row;
    const [heaviest] = risk.reasons;
    if (risk.level === 'critical' && heaviest !== undefined) {
      findings.push({
        key: `processes/${id}/risk`,
        source: 'processes',
        subject: `${process.name} (${process.pid})`,
        level: 'critical',
        reason: heaviest,
        holdMs: 0,
        place: { section: 'processes', item: id },
        sinceMs: process.startedAtMs,
      });
    }
    return row;
  });
  return { snapshot: { ...facts, processes, level: worstLevel(processes.map((process) => process.risk.level)) }, findings };
}

function judgeRow(facts: ProcessFacts, id: string, memoryTotalBytes: number): Process {
  const { evidence, ...shown } = facts;
  return {
    ...shown,
    id,
    risk: judgeProcessRisk(facts, memoryTotalBytes),
    role: { layer: 'unknown', entry: null, category: null, claimed: false, values: {} },
    killClass: 'K3',
    project: evidence?.project?.root ?? null,
  };
}
