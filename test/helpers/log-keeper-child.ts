import { createDirectKeeper } from '../../src-main/logs/keeper/direct-keeper';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import { openLogStore } from '../../src-main/store/logs/open-log-store';
import { defaultSettings } from '../../src-shared/settings';

/** Bundled and run as a child process by log-keeper-kill.test.ts, and killed there: follows files into a store of its own. */
const [, , directory, pattern] = process.argv;
if (directory === undefined || pattern === undefined) throw new Error('usage: log-keeper-child <directory of the store> <pattern>');
const keeper = createDirectKeeper({
  clock: systemClock,
  timers: systemTimers,
  store: openLogStore({ directory, searchThreadUrl: null, nowMs: systemClock.nowMs, segmentBytes: 256 * 1024 }),
  hash: () => 'abcdef',
  settings: { ...defaultSettings.logs, wellKnownFiles: false, files: [{ pattern, kind: 'event' }] },
  files: { etc: '/etc', runsDirectory: '/nonexistent' },
});

/** Says when it follows the file. */
async function tell(): Promise<void> {
  const { fileSources } = await keeper.ask('digest', { since: -1 });
  if (fileSources.some(({ state }) => state === 'following')) process.stdout.write('ready\n');
  else setTimeout(tell, 10);
}
void tell();

/** As an open window does: lines are then stored within moments, so that a kill falls into the middle of them. */
function watch(): void {
  void keeper.ask('newer', { query: '', afterId: null, limit: 1 });
}
watch();
// Keeps the process alive too: following alone does not.
setInterval(watch, 1_000);
