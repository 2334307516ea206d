import type { Finding, Reason } from '../../src-shared/judgement';
import { worstLevel } from '../../src-shared/level';
import type { Process, ProcessesFacts, ProcessFacts, Risk } from '../../src-shared/snapshots';
import type { Judgement } from './judgement';
import { judgeKillClass } from './kill/kill-class';
import type { Kin, ProcessContext, ProcessSurroundings } from './process-context';
import { createFamilyTree, type TreeDeps } from './process-family';
import { nextTimeThresholdMs } from './risk/resource';
import { judgeRisk } from './risk/score';

export interface ProcessJudgeDeps extends TreeDeps {
  readonly surroundings: ProcessSurroundings;
  /** The opaque id a door uses for a process. */
  readonly idOf: (process: ProcessFacts) => string;
}

/** Role, risk and kill class of each process, and what of it is worth an alert. Keeps what it found of processes that stay the same. */
export type ProcessJudge = (facts: ProcessesFacts, nowMs: number) => Judgement<'processes'>;

/** A row with everything it rests on: as long as all of that is the same and no spell of time ends, the row is. */
interface JudgedRow {
  readonly process: ProcessFacts;
  readonly kin: Kin;
  readonly context: ProcessContext;
  readonly againAtMs: number;
  readonly row: Process;
}

export function createProcessJudge(deps: ProcessJudgeDeps): ProcessJudge {
  const tree = createFamilyTree(deps);
  const judged = new Map<number, JudgedRow>();

  return (facts, nowMs) => {
    const family = tree.read(facts.processes);
    const findings: Finding[] = [];
    const processes = facts.processes.map((process): Process => {
      const { kin, ownTree, surrounding } = family.of(process);
      const { coreCount, memoryTotalBytes } = facts;
      const tracerPid = process.evidence?.tracerPid ?? null;
      const before = judged.get(process.pid);
      const isFresh =
        before !== undefined &&
        before.process === process &&
        before.kin === kin &&
        before.context.policy === surrounding.policy &&
        before.context.unit === surrounding.unit &&
        before.context.container === surrounding.container &&
        before.context.ownTree === ownTree &&
        before.context.memoryTotalBytes === memoryTotalBytes &&
        sameList(before.context.preloadedLibraries, facts.preloadedLibraries) &&
        before.context.tracer === (tracerPid === null ? null : family.kinOf(tracerPid)) &&
        before.context.zombieSiblingCount === family.zombieCountOf(process) &&
        nowMs < before.againAtMs;
      if (isFresh) {
        addFinding(findings, before.row);
        return before.row;
      }
      const context: ProcessContext = {
        platform: deps.surroundings.platform,
        nowMs,
        coreCount,
        memoryTotalBytes,
        preloadedLibraries: facts.preloadedLibraries,
        ...surrounding,
        parent: kin.parent,
        tracer: tracerPid === null ? null : family.kinOf(tracerPid),
        zombieSiblingCount: family.zombieCountOf(process),
        ownTree,
      };
      const row = judgeRow(process, kin, context, deps);
      judged.set(process.pid, { process, kin, context, row, againAtMs: nextTimeThresholdMs(process, nowMs) ?? Number.POSITIVE_INFINITY });
      addFinding(findings, row);
      return row;
    });
    if (judged.size > processes.length) forgetEnded(judged, facts.processes);
    return { snapshot: { ...facts, processes, level: worstLevel(processes.map((process) => process.risk.level)) }, findings };
  };
}

function judgeRow(process: ProcessFacts, kin: Kin, context: ProcessContext, { base, idOf }: ProcessJudgeDeps): Process {
  const { role, entry } = kin;
  const risk = judgeRisk({ process, context, role, entry });
  const { killClass } = judgeKillClass(process, context, { role, riskLevel: risk.riskLevel }, base);
  const { evidence, ...shown } = process;
  // What is new stands before the spread: behind it V8 (Node 20) adds property by property, ten times as slow.
  return { id: idOf(process), risk, role, killClass, project: evidence?.project?.root ?? null, ...shown };
}

function forgetEnded(judged: Map<number, JudgedRow>, processes: readonly ProcessFacts[]): void {
  const living = new Set(processes.map(({ pid }) => pid));
  for (const pid of judged.keys()) if (!living.has(pid)) judged.delete(pid);
}

function addFinding(findings: Finding[], { id, name, pid, risk, startedAtMs }: Process): void {
  if (risk.level !== 'warning' && risk.level !== 'critical') return;
  const reason = reasonOfLevel(risk);
  if (reason === null) return;
  findings.push({
    key: `processes/${id}/risk`,
    source: 'processes',
    subject: `${name} (${pid})`,
    level: risk.level,
    reason,
    holdMs: 0,
    place: { section: 'processes', item: id },
    sinceMs: startedAtMs,
  });
}

/** The heaviest reason of what made the row yellow or red. */
function reasonOfLevel({ reasons, riskLevel }: Risk): Reason | null {
  const isThreat = riskLevel === 'suspicious' || riskLevel === 'high';
  return reasons.find(({ axis }) => (axis === 'threat') === isThreat) ?? reasons[0] ?? null;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((item, at) => item === b[at]));
}
