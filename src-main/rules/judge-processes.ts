import type { Finding } from '../../src-shared/judgement';
import { worstLevel } from '../../src-shared/level';
import type { Process, ProcessesFacts, ProcessFacts } from '../../src-shared/snapshots';
import type { Judgement } from './judgement';
import { judgeProcessRisk } from './process-risk';

/** Risk of each process; `idOf` gives the opaque id a door uses for it. */
export function judgeProcesses(facts: ProcessesFacts, idOf: (process: ProcessFacts) => string): Judgement<'processes'> {
  const findings: Finding[] = [];
  const processes = facts.processes.map((process): Process => {
    const risk = judgeProcessRisk(process, facts.memoryTotalBytes);
    const id = idOf(process);
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
    return { ...process, id, risk };
  });
  return { snapshot: { ...facts, processes, level: worstLevel(processes.map((process) => process.risk.level)) }, findings };
}
