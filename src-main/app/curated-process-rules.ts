import type { Process, ProcessesFacts, ProcessFacts } from '../../src-shared/snapshots';
import { judgeBetterAction, judgeComesBack } from '../rules/kill/comes-back';
import { judgeKillClass } from '../rules/kill/kill-class';
import { createFamilyTree } from '../rules/process-family';
import { explainRoleLayers } from '../rules/role/explain-role';
import type { RoleBase } from '../rules/role/match-base';
import type { LiveSurroundings } from './process-context';
import type { ProcessRules } from './process-rules';

export interface CuratedProcessRulesDeps {
  readonly surroundings: Omit<LiveSurroundings, 'settled'>;
  readonly base: RoleBase;
  readonly nowMs: () => number;
  /** The rows of the latest list. */
  readonly latest: () => readonly Process[];
  /** The facts behind them; null while there are none. */
  readonly latestFacts: () => ProcessesFacts | null;
}

/** What the rules say of one process when somebody asks. Only its own line is looked at, so a question costs little. */
export function createCuratedProcessRules({ surroundings, base, nowMs, latest, latestFacts }: CuratedProcessRulesDeps): ProcessRules {
  function lookAt(process: Process) {
    const all = latestFacts()?.processes ?? [];
    const byPid = new Map(all.map((one) => [one.pid, one]));
    const own = byPid.get(process.pid);
    // A row that outlived its facts (it ended in between) is judged by what it says itself.
    const facts: ProcessFacts = own?.startTicks === process.startTicks && own !== undefined ? own : { ...process, evidence: null };
    byPid.set(facts.pid, facts);
    const line = new Set([...lineOf(facts.pid, byPid), ...lineOf(surroundings.selfPid, byPid)]);
    const { kin, ownTree, surrounding } = createFamilyTree({ surroundings, base })
      .read([...line])
      .of(facts);
    const context = { platform: surroundings.platform, nowMs: nowMs(), ...surrounding, parent: kin.parent, ownTree };
    return { facts, context, pod: surroundings.podOf(facts) };
  }

  return {
    rolesOf(process) {
      const { facts, context } = lookAt(process);
      return explainRoleLayers(facts, context, base);
    },
    killReasonOf(process) {
      const { facts, context } = lookAt(process);
      return judgeKillClass(facts, context, { role: process.role, riskLevel: process.risk.riskLevel }, base).reason;
    },
    comesBackOf(process) {
      const { context, pod } = lookAt(process);
      return judgeComesBack(process, latest(), { ...context, pod });
    },
    betterActionOf(process) {
      const { context, pod } = lookAt(process);
      return judgeBetterAction(process, latest(), { ...context, pod });
    },
    entriesNamed: (name) => [...new Set(base.named(name).map(({ id }) => id))],
  };
}

function lineOf(pid: number, byPid: ReadonlyMap<number, ProcessFacts>): readonly ProcessFacts[] {
  const line = new Set<ProcessFacts>();
  for (let one = byPid.get(pid); one !== undefined && !line.has(one); one = byPid.get(one.ppid)) line.add(one);
  return [...line];
}
