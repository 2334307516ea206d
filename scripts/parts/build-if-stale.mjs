import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runInForeground } from './child.mjs';
import { root } from './root.mjs';
import { PlainError, say } from './say.mjs';

const inputs = [
  'src-shared',
  'src-main',
  'src-renderer',
  'assets',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
  'scripts/parts/assembly-script.mjs',
  'scripts/parts/lean-kubernetes-client.mjs',
  'scripts/parts/quiet-docker-modem.mjs',
];
const stampFile = join(root, 'out', '.inputs');
const lockFolder = join(root, 'out', '.building');

/** Builds when any input differs from those of the last build. Two programs started at once build one after the other. */
export async function buildIfStale() {
  if (!existsSync(join(root, 'vite.config.ts')) || isFresh()) return;
  mkdirSync(join(root, 'out'), { recursive: true });
  await takeLock();
  try {
    const before = describeInputs();
    if (isFresh(before)) return;
    say('build: vite build (sources are newer than out/)');
    // Taken away first: a build that breaks off must not leave the word of an older one.
    rmSync(stampFile, { force: true });
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const code = await runInForeground(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 2, 2] });
    if (code !== 0) throw new PlainError(`build: vite build ended with code ${code}`);
    writeFileSync(stampFile, before);
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}

function isFresh(inputsNow = describeInputs()) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === inputsNow;
}

/** Path, size and time of every input: also tells a file that went away. */
function describeInputs() {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const path = join(root, input);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true }).map((name) => join(path, name)) : [path];
    for (const file of files.sort()) {
      const stat = statSync(file, { throwIfNoEntry: false });
      if (stat?.isFile()) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** A folder as a lock: making it is atomic everywhere. One left behind by a program that died is taken over. */
async function takeLock() {
  for (let tries = 0; ; tries += 1) {
    try {
      mkdirSync(lockFolder);
      writeFileSync(join(lockFolder, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (tries === 0) say('build: another program is building, waiting for it');
    if (!isOwnerAlive() && tries > 2) rmSync(lockFolder, { recursive: true, force: true });
    if (tries > 600) throw new PlainError(`build: still locked after two minutes; remove ${lockFolder} if nothing builds`);
    await wait(200);
  }
}

function isOwnerAlive() {
  const file = join(lockFolder, 'pid');
  if (!existsSync(file)) return false;
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
