/**
 * `npm run dist`: installs and builds when due, then packs by electron-builder.yml: the Linux folder, or what is named
 * after `--` (`npm run dist -- --linux deb`, `--win nsis`, `--mac dmg`).
 */
import { join } from 'node:path';
import { describeElectron, resolveElectron } from './electron-env.mjs';
import { buildIfStale } from './parts/build-if-stale.mjs';
import { runInForeground } from './parts/child.mjs';
import { installIfStale } from './parts/install-if-stale.mjs';
import { root } from './parts/root.mjs';
import { runScript, say } from './parts/say.mjs';

await runScript(async () => {
  await installIfStale();
  await buildIfStale();
  const electron = await resolveElectron({ say });
  say(describeElectron(electron));
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : ['--linux', 'dir'];
  const overrides = [];
  if (electron.origin !== 'npm') {
    say(`dist: packed with Electron ${electron.version} (${electron.origin}): for tests, NOT FOR RELEASE`);
    overrides.push(`--config.electronVersion=${electron.version}`, `--config.electronDist=${electron.folder}`);
  }
  process.exitCode = await runInForeground(
    process.execPath,
    [join(root, 'node_modules/electron-builder/cli.js'), ...wanted, '--publish=never', ...overrides],
    { cwd: root, env: process.env },
  );
});
