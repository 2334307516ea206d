import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, runInForeground } from './child.mjs';
import { root } from './root.mjs';
import { PlainError, say } from './say.mjs';

const lockFile = join(root, 'package-lock.json');
const nodeModules = join(root, 'node_modules');
const stampFile = join(nodeModules, '.logscope-lock');

/** `npm ci` when node_modules is missing or made from another lock file. Nothing to do in an installed copy. */
export async function installIfStale() {
  if (!existsSync(lockFile)) return;
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (isInstalled(wanted)) return;
  // npm ci empties a folder through a link to it: that of another checkout, under the programs that run from it.
  if (lstatSync(nodeModules, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new PlainError(
      `install: ${nodeModules} is a link and older than package-lock.json: run npm ci where it leads, or take the link away`,
    );
  say('install: npm ci (node_modules is missing or older than package-lock.json)');
  const [npm, ...first] = npmCommand();
  // stdout stays free for the result of what runs afterwards.
  const code = await runInForeground(npm, [...first, 'ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) throw new PlainError(`install: npm ci ended with code ${code}`);
  writeFileSync(stampFile, wanted);
}

function isInstalled(wanted) {
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === wanted;
  // Installed by hand: npm writes this file last.
  const npmStamp = join(nodeModules, '.package-lock.json');
  return existsSync(npmStamp) && statSync(npmStamp).mtimeMs >= statSync(lockFile).mtimeMs;
}
