import type { InputOf, ServiceExplanation } from '../../src-shared/contract';
import type { Service, ServicesSnapshot } from '../../src-shared/snapshots';
import type { UnitFacts } from '../../src-shared/unit-facts';
import { RefusedRequest } from '../api/refused-request';
import { readUnitJournal } from '../collectors/services/read-journal';
import { type Systemctl, SystemctlRefusal } from '../collectors/services/read-systemd';
import { readUnitFacts } from '../collectors/services/read-unit';
import type { Moment } from '../collectors/services/systemd-facts';
import type { SpawnLines } from '../platform/spawn-lines';
import { explainUnit, nextStartAtMs } from '../rules/explain-unit';
import { reason } from '../rules/reason';

export interface ExplainServiceDeps {
  /** Null where systemd is not the init of the machine. */
  readonly systemctl: ((scope: 'system' | 'user') => Systemctl) | null;
  readonly spawnLines: SpawnLines;
  readonly moment: () => Moment;
  readonly latest: () => ServicesSnapshot | null;
}

type ExplainInput = InputOf<'services.explain'>;
export type ExplainService = (input: ExplainInput) => Promise<ServiceExplanation>;

const patienceMs = 10_000;

/** Everything about one unit on one card. Throws RefusedRequest when systemd does not answer, or the unit is unknown without it. */
export function createExplainService({ systemctl, spawnLines, moment, latest }: ExplainServiceDeps): ExplainService {
  return async (input) => {
    if (systemctl === null) return explainFromSnapshot(input, latest());
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const [facts, journal] = await Promise.all([
        readUnitFacts(systemctl(input.scope), input, moment, signal),
        readUnitJournal(spawnLines, input, signal),
      ]);
      return { ...describe(facts), lastLines: journal.lines, journalUnreadable: journal.unreadable };
    } catch (error) {
      if (error instanceof SystemctlRefusal) throw new RefusedRequest('refused', error.message);
      if (signal.aborted) throw new RefusedRequest('refused', `systemd did not answer within ${patienceMs / 1_000} s.`);
      throw error;
    }
  };
}

function describe(facts: UnitFacts): Omit<ServiceExplanation, 'lastLines' | 'journalUnreadable'> {
  return {
    unit: facts.unit,
    description: facts.description,
    documentation: facts.documentation,
    unitFile: facts.unitFile,
    unitFileState: facts.unitFileState,
    command: facts.command,
    sentences: explainUnit(facts),
    restartPolicy: facts.restartPolicy,
    nextStartAtMs: nextStartAtMs(facts),
    neededBy: facts.neededBy,
    needs: facts.needs,
    triggeredBy: facts.triggeredBy.map(({ unit }) => unit),
  };
}

const methodRules = { 'process-names': 'unit-by-name', launchd: 'unit-by-launchd', 'windows-services': 'unit-by-windows' } as const;

/** Without systemd nobody can be asked: what the list knows is all there is. */
function explainFromSnapshot({ unit, scope }: ExplainInput, snapshot: ServicesSnapshot | null): ServiceExplanation {
  const service: Service | undefined = snapshot?.services.find((one) => one.unit === unit && one.scope === scope);
  if (snapshot === null || service === undefined) throw new RefusedRequest('not-found', `There is no ${unit} in the list.`);
  const method = snapshot.method === 'systemd' ? [] : [reason(methodRules[snapshot.method])];
  return {
    unit,
    description: service.description,
    documentation: [],
    unitFile: null,
    unitFileState: null,
    command: null,
    sentences: [...service.reasons, ...method],
    restartPolicy: null,
    nextStartAtMs: null,
    neededBy: [],
    needs: [],
    triggeredBy: [],
    lastLines: [],
    journalUnreadable: 'There is no journal without systemd.',
  };
}
