import { join } from 'node:path';
import type { Settings } from '../../src-shared/settings';
import type { Process, ProcessesFacts, ProcessesSnapshot, ProcessFacts } from '../../src-shared/snapshots';
import type { ProcessPort } from '../api/process-handlers';
import { RefusedRequest } from '../api/refused-request';
import type { Clock, Timers } from '../platform/clock';
import type { Logger } from '../platform/logger';
import { readProcessClients } from '../platform/process-clients';
import type { Store } from '../store/store';
import type { CoreOptions } from './core';
import type { ContentCheck } from './executable-content';
import { createExplainProcess } from './explain-process';
import { listComesBack } from './list-comes-back';
import type { LocalPorts } from './ports/local-ports';
import { createSaveEvidence } from './process-evidence-files';
import { ancestorsOf, pointerOf } from './process-kin';
import type { ProcessPolicies } from './process-policies';
import type { ProcessRules } from './process-rules';
import { createRoleRequests } from './role-requests';
import { createStopProcesses } from './stop-processes';
import { watchForReturn } from './stop-processes-return';

export interface ProcessPartsDeps {
  readonly options: CoreOptions;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly store: Store;
  readonly settings: () => Settings;
  readonly policies: ProcessPolicies;
  readonly content: ContentCheck;
  readonly rules: ProcessRules;
  readonly ports: LocalPorts;
  /** The latest snapshot; null while there is none. */
  readonly latest: () => ProcessesSnapshot | null;
  /** The facts behind it; null while there are none. */
  readonly latestFacts: () => ProcessesFacts | null;
  /** Reads the list anew; resolves when it is the latest. */
  readonly refresh: () => Promise<void>;
  /** Resolves when what is asked of others (restart policies) is answered. */
  readonly settled: () => Promise<void>;
}

export interface ProcessParts {
  readonly port: ProcessPort;
  /** After each reading of the processes. */
  afterReading(): void;
}

/** What doors may ask about processes, ports and programs, joined from the parts that know. */
export function createProcessParts(deps: ProcessPartsDeps): ProcessParts {
  const { options, clock, timers, logger, store, policies, content, rules } = deps;
  const factsOf = createFactsLookup(deps.latestFacts);
  const latest = () => deps.latest()?.processes ?? [];
  const clientsOf = ({ pid, listening }: Process) => readProcessClients(options.roots.proc, pid, listening);

  function findProcess(id: string) {
    const all = latest();
    const process = all.find((one) => one.id === id);
    return process === undefined ? null : { process, all };
  }

  function processOf(id: string): Process {
    const found = findProcess(id);
    if (found === null) throw new RefusedRequest('not-found', 'This process is not in the latest list: it has probably ended.');
    return found.process;
  }

  /** A one-shot command asks only once: what others were asked for a moment ago has to be there. */
  function completed(): Promise<void> {
    return options.door === 'cli' ? deps.settled() : Promise.resolve();
  }

  async function lookAgain(): Promise<readonly Process[]> {
    await deps.refresh();
    return latest();
  }

  const stops = createStopProcesses({
    clock,
    timers,
    roots: options.roots,
    selfPid: options.selfPid,
    door: options.door,
    findProcess,
    watchForReturn: (ended, before) => watchForReturn({ clock, timers, lookAgain }, ended, before),
    rules: { ...rules, policyOf: (process) => policies.policyOf(factsOf(process) ?? { ...process, evidence: null }) },
    expertActions: () => deps.settings().processes.expertActions,
    clientsOf,
    onAttempt(attempt) {
      logger.info('stop process', { ...attempt });
      void store.recordStop(attempt).then((problem) => {
        if (problem !== null) logger.warn('a stop could not be written to the audit', { problem, pid: attempt.pid });
      });
    },
  });
  const saveEvidence = createSaveEvidence({
    directory: join(options.dataDirectory, 'evidence'),
    procRoot: options.roots.proc,
    clock,
    timers,
  });
  const explain = createExplainProcess({ findProcess, factsOf, rules, policyAt: policies.at, sha256Of: content.sha256Of, clientsOf });
  const roles = createRoleRequests({
    store,
    clock,
    policies: policies.list,
    entriesNamed: rules.entriesNamed,
    latest,
    wasLookedAt: (process) => globalThis.process.platform !== 'linux' || (factsOf(process)?.evidence ?? null) !== null,
  });

  return {
    afterReading: () => roles.see(latest()),
    port: {
      async 'processes.explain'({ id }) {
        await completed();
        return explain(id);
      },
      async 'processes.comes-back'() {
        await completed();
        return listComesBack(latest(), rules.comesBackOf);
      },
      'processes.preview': ({ id }) => stops.preview(id),
      'processes.stop': (input) => stops.stop(input),
      'processes.came-back': ({ watch }) => stops.cameBack(watch),
      'processes.save-evidence'({ ticket }) {
        const process = stops.processOf(ticket);
        return saveEvidence({ process, facts: factsOf(process), ancestors: ancestorsOf(process, latest()).map(pointerOf) });
      },
      'processes.expect': async ({ id, rule, expected }) => ({ expectedRules: await policies.expect(processOf(id), { rule, expected }) }),
      'processes.audit': ({ limit }) => store.recentStops(limit),
      'ports.list': (input) => deps.ports.list(input),
      'ports.who': (input) => deps.ports.who(input),
      'ports.leftovers': () => deps.ports.leftovers(),
      'policies.list': () => policies.list(),
      'policies.save': (draft) => policies.save(draft),
      'policies.remove': ({ exe }) => policies.remove(exe),
      'policies.history': ({ exe }) => policies.history(exe),
      'policies.import': (input) => policies.importAll(input.policies),
      'roles.ask': ({ name }) => roles.ask(name),
      'roles.open': () => roles.open(),
    },
  };
}

/** The facts behind a row of the latest list; null when it is not there. Asked now and then: a map of all would be made for nothing. */
function createFactsLookup(latestFacts: () => ProcessesFacts | null): (process: Process) => ProcessFacts | null {
  return ({ pid, startTicks }) => {
    const one = latestFacts()?.processes.find((facts) => facts.pid === pid);
    return one?.startTicks === startTicks ? one : null;
  };
}
