import { homedir } from 'node:os';
import type { Policy } from '../../src-shared/contract';
import type { Container, PodsSnapshot, ProcessFacts, ServicesSnapshot } from '../../src-shared/snapshots';
import { createSystemctl, isSystemdBooted, SystemctlRefusal } from '../collectors/services/read-systemd';
import type { Clock } from '../platform/clock';
import type { ContainerAccess } from '../platform/container-engine';
import { ContainerEngineError } from '../platform/container-engine';
import { createDesktopEntries, desktopEntriesPlaces } from '../platform/desktop-entries';
import { systemExec } from '../platform/exec';
import type { Logger } from '../platform/logger';
import type { PodContext, ProcessSurroundings } from '../rules/process-context';
import { type AskedAnswers, createAskedAnswers } from './asked-answers';
import { type ContainerSettings, createContainerContexts } from './container-contexts';
import type { CoreOptions } from './core';
import { createUnitContexts } from './unit-contexts';

export interface ProcessSurroundingsDeps {
  readonly options: Pick<CoreOptions, 'selfPid' | 'roots'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly access: ContainerAccess;
  readonly policyOf: (process: ProcessFacts) => Policy | null;
  /** Of the latest readings; null and empty while there are none. */
  readonly latestServices: () => ServicesSnapshot | null;
  readonly latestContainers: () => readonly Container[];
  readonly latestPods: () => PodsSnapshot | null;
}

/** What is around the processes of this machine, as the other sources and a few questions tell it. */
export interface LiveSurroundings extends ProcessSurroundings {
  podOf(process: Pick<ProcessFacts, 'pod'>): PodContext | null;
  /** Resolves when everything that was asked for is answered: for one-shot commands. */
  settled(): Promise<void>;
}

const patienceMs = 10_000;
/** One call of systemctl, as one line of arguments. */
const mostUnits = 100;
const mostContainers = 4;
const desktopEveryMs = 10 * 60_000;

export function createProcessSurroundings(deps: ProcessSurroundingsDeps): LiveSurroundings {
  const { options, clock, logger } = deps;
  const restartPolicies = process.platform === 'linux' && isSystemdBooted(options.roots.run) ? createUnitPolicies(deps) : null;
  const containerSettings = createContainerSettings(deps);
  const units = createUnitContexts({ clock, latest: deps.latestServices, restartPolicies, ownUid: process.getuid?.() ?? null });
  const containers = createContainerContexts({ ...deps, settings: containerSettings });
  const desktop = createDesktopEntries(desktopEntriesPlaces(process.env, homedir()));
  let desktopReadAtMs = Number.NEGATIVE_INFINITY;

  /** Read at the first question, then every few minutes in the background. */
  function refreshDesktop(): void {
    if (process.platform !== 'linux' || clock.monotonicMs() - desktopReadAtMs < desktopEveryMs) return;
    desktopReadAtMs = clock.monotonicMs();
    desktop.refresh().catch((error: unknown) => logger.warn('desktop entries', { error: String(error) }));
  }

  return {
    platform: process.platform,
    selfPid: options.selfPid,
    policyOf: deps.policyOf,
    unitOf: units.unitOf,
    containerOf: containers.containerOf,
    desktopEntryOf({ exe, container }) {
      if (exe === null || container !== null) return null;
      refreshDesktop();
      return desktop.find(exe);
    },
    podOf: ({ pod }) => containers.podOf(pod),
    async settled() {
      await Promise.all([restartPolicies?.settled(), containerSettings.settled()]);
    },
  };
}

/** `Restart=` of units, by `scope/unit`. */
function createUnitPolicies({ clock, logger }: ProcessSurroundingsDeps): AskedAnswers<string> {
  const runtimeDirectory = process.env.XDG_RUNTIME_DIR ?? null;
  return createAskedAnswers<string>({
    clock,
    mostAtOnce: mostUnits,
    onTrouble(error) {
      if (!(error instanceof SystemctlRefusal)) logger.warn('restart policies of units', { error: String(error) });
    },
    async ask(keys) {
      const answers = new Map<string, string>();
      for (const scope of ['system', 'user'] as const) {
        const names = keys.filter((key) => key.startsWith(`${scope}/`)).map((key) => key.slice(scope.length + 1));
        const systemctl = createSystemctl(systemExec, scope, runtimeDirectory);
        for (const block of await systemctl.showProperties(['Restart'], names, AbortSignal.timeout(patienceMs))) {
          const restart = block.get('Restart') ?? '';
          if (restart !== '') answers.set(`${scope}/${block.get('Id') ?? ''}`, restart);
        }
      }
      return answers;
    },
  });
}

function createContainerSettings({ clock, logger, access }: ProcessSurroundingsDeps): AskedAnswers<ContainerSettings> {
  return createAskedAnswers<ContainerSettings>({
    clock,
    mostAtOnce: mostContainers,
    onTrouble(error) {
      if (!(error instanceof ContainerEngineError)) logger.warn('settings of containers', { error: String(error) });
    },
    async ask(ids) {
      const answers = new Map<string, ContainerSettings>();
      for (const id of ids) {
        const detail = await access.find(id)?.client.inspectDetail(id, AbortSignal.timeout(patienceMs));
        if (detail != null) answers.set(id, { restartPolicy: detail.restartPolicy, privileged: detail.privileged });
      }
      return answers;
    },
  });
}
