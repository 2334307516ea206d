import { systemClock } from '../../src-main/platform/clock';
import { openLogStore } from '../../src-main/store/logs/open-log-store';
import { collectLogs, dataOf, never, openContainers } from './container-parts';
import { openKeeper } from './log-keeper-parts';

/**
 * Bundled and run as a child process by container-log-kill.test.ts, and killed there: keeps the lines of one container of an engine. Says
 * `ready` when it will see it start, and `lines` when some were read. `file`: also from the engine's own file, and says so.
 */
const [, , directory, endpoint, name, way] = process.argv;
if (directory === undefined || endpoint === undefined || (way !== 'file' && way !== 'engine'))
  throw new Error('usage: container-log-child <directory of the store> <endpoint> <name of the container> file|engine');
const containers = openContainers(endpoint);
const store = openLogStore({ directory, searchThreadUrl: null, nowMs: systemClock.nowMs, segmentBytes: 1024 * 1024 });
const keeper = openKeeper({ store });
const { containerFeed } = containers;
const logs = collectLogs(keeper, {
  ...containerFeed,
  subscribe: (listener) => containerFeed.subscribe((running) => listener(running.filter((one) => one.name === name))),
  async logFile(id, signal) {
    const file = way === 'file' ? ((await containerFeed.logFile?.(id, signal)) ?? null) : null;
    if (file !== null) say('file');
    return file;
  },
});

const said = new Set<string>();
function say(word: string): void {
  if (!said.has(word)) process.stdout.write(`${word}\n`);
  said.add(word);
}

async function collect(): Promise<void> {
  await containers.collect(never);
  const { sources } = await dataOf(logs.collect(never));
  say('ready');
  if (sources.some(({ lineCount }) => lineCount > 0)) say('lines');
  // As an open window does: lines are then stored within moments, so that a kill falls into the middle of them.
  void keeper.ask('newer', { query: '', afterId: null, limit: 1 });
  setTimeout(collect, 200);
}
void collect();
