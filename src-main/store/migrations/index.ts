import { historyAndAlerts } from './0001-history-and-alerts';
import { containerRuns } from './0002-container-runs';
import { processes } from './0003-processes';
import type { Migration } from './migration';

/** All steps in order, numbered 1, 2, 3 … */
export const migrations: readonly Migration[] = [historyAndAlerts, containerRuns, processes];
export const schemaVersion = migrations.at(-1)?.version ?? 0;
