import { historyAndAlerts } from './0001-history-and-alerts';
import { containerRuns } from './0002-container-runs';
import type { Migration } from './migration';

/** All steps in order, numbered 1, 2, 3 … */
export const migrations: readonly Migration[] = [historyAndAlerts, containerRuns];
export const schemaVersion = migrations.at(-1)?.version ?? 0;
