import { createLogsCollector } from '../../src-main/logs/collector';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import { systemSpawnLines } from '../../src-main/platform/spawn-lines';
import { openLogStore } from '../../src-main/store/logs/open-log-store';
import { never, openContainers } from './container-parts';
import { openKeeper } from './log-keeper-parts';

/** Bundled and run as a child process by container-log-file.test.ts, and killed there: keeps the lines of an engine's containers. */
const [, , directory, endpoint] = process.argv;
if (directory === undefined || endpoint === undefined) throw new Error('usage: container-log-child <directory of the store> <endpoint>');
const containers = openContainers(endpoint);
const store = openLogStore({ directory, searchThreadUrl: null, nowMs: systemClock.nowMs, segmentBytes: 1024 * 1024 });
const keeper = openKeeper({ store });
const { containerFeed } = containers;
const logs = createLogsCollector({
  containerFeed: {
    ...containerFeed,
    async logFile(id, signal) {
      const file = (await containerFeed.logFile?.(id, signal)) ?? null;
      if (file !== null) process.stdout.write('file\n');
      return file;
    },
  },
  spawnLines: systemSpawnLines,
  clock: systemClock,
  timers: systemTimers,
  keywords: () => [],
  journal: null,
  pods: null,
  keeper,
});

async function collect(): Promise<void> {
  await containers.collect(never);
  await logs.collect(never);
  // As an open window does: lines are then stored within moments, so that a kill falls into the middle of them.
  void keeper.ask('newer', { query: '', afterId: null, limit: 1 });
  setTimeout(collect, 200);
}
void collect();
