import { readFileSync } from 'node:fs';
import type { ServicesSnapshot } from '../../src-shared/snapshots';
import { createSystemctl, isSystemdBooted, readSinceBootMs } from '../collectors/services/read-systemd';
import { readUnitFacts } from '../collectors/services/read-unit';
import type { Clock, Timers } from '../platform/clock';
import { systemExec } from '../platform/exec';
import type { Logger } from '../platform/logger';
import { isVanished } from '../platform/proc-errors';
import type { Roots } from '../platform/roots';
import { systemSpawnLines } from '../platform/spawn-lines';
import { createExplainService, type ExplainService } from './explain-service';
import { type ActOnService, createActOnService } from './service-actions';

export interface ServicePartsDeps {
  readonly roots: Roots;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly latest: () => ServicesSnapshot | null;
  /** Called after each action: the list should tell what came of it. */
  readonly onActed: () => void;
}

/** What the doors ask about single units. */
export interface ServiceParts {
  readonly explain: ExplainService;
  readonly act: ActOnService;
}

export function createServiceParts({ roots, clock, timers, logger, latest, onActed }: ServicePartsDeps): ServiceParts {
  const userRuntimeDirectory = process.env.XDG_RUNTIME_DIR ?? null;
  const hasSystemd = process.platform === 'linux' && isSystemdBooted(roots.run);
  const systemctl = (scope: 'system' | 'user') => createSystemctl(systemExec, scope, userRuntimeDirectory);
  const moment = () => ({ nowMs: clock.nowMs(), sinceBootMs: readSinceBootMs() });
  return {
    explain: createExplainService({ systemctl: hasSystemd ? systemctl : null, spawnLines: systemSpawnLines, moment, latest }),
    act: createActOnService({
      exec: systemExec,
      hasSystemd,
      userRuntimeDirectory,
      readFacts: (input) => readUnitFacts(systemctl(input.scope), input, moment, AbortSignal.timeout(10_000)),
      ownUnits: () => readOwnUnits(roots.proc),
      wait: (milliseconds) => new Promise((resolve) => timers.after(milliseconds, resolve)),
      onAttempt(attempt) {
        logger.info('act on service', { ...attempt });
        onActed();
      },
    }),
  };
}

/** The names along the control group path of this process: its unit, and the slices and managers around it. */
function readOwnUnits(proc: string): readonly string[] {
  try {
    return readFileSync(`${proc}/self/cgroup`, 'latin1').split(/[\n/:]/);
  } catch (error) {
    if (isVanished(error)) return [];
    throw error;
  }
}
