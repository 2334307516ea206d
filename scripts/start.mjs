/**
 * `npm start`: installs and builds when due, then opens the window, or, where there can be none, the same window in a browser.
 * Arguments after `--` go to what is started.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeElectron, resolveElectron } from './electron-env.mjs';
import { buildIfStale } from './parts/build-if-stale.mjs';
import { runInForeground } from './parts/child.mjs';
import { whyNoDisplay, whyNotLoadable } from './parts/display.mjs';
import { installIfStale } from './parts/install-if-stale.mjs';
import { root } from './parts/root.mjs';
import { runScript, say } from './parts/say.mjs';

const passedArguments = process.argv.slice(2);

await runScript(async () => {
  await installIfStale();
  await buildIfStale();
  const { electron, obstacle } = await findElectron();
  process.exitCode = electron === null ? await startWebDoor(obstacle) : await startWindow(electron);
});

/** The display is asked first: without one nothing needs to be fetched. */
async function findElectron() {
  const noDisplay = whyNoDisplay();
  if (noDisplay !== null) return { electron: null, obstacle: noDisplay };
  if (!existsSync(join(root, 'out', 'main', 'main.js'))) return { electron: null, obstacle: 'the desktop window is not built' };
  try {
    const electron = await resolveElectron({ say });
    const notLoadable = whyNotLoadable(electron.path);
    return notLoadable === null ? { electron, obstacle: null } : { electron: null, obstacle: `Electron cannot run: ${notLoadable}` };
  } catch (error) {
    return { electron: null, obstacle: error.message };
  }
}

function startWindow(electron) {
  say(describeElectron(electron));
  const switches = [];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('warning: running as root, so Chromium runs without its sandbox (--no-sandbox); use an ordinary account for daily work');
    switches.push('--no-sandbox');
  }
  return runInForeground(electron.path, [...switches, root, ...passedArguments], { env: { ...process.env, ...electron.environment } });
}

function startWebDoor(obstacle) {
  say(`No desktop window: ${obstacle}. Serving it to the browser instead; open this address:`);
  return runInForeground(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'serve', ...passedArguments]);
}
