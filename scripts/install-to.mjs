/**
 * `make install`: the built program and its one native dependency into a folder. Removes only a folder that holds our own
 * package.json. No Electron: an installed `logscope` is the command line and the web door.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { root } from './parts/root.mjs';
import { PlainError, runScript, say } from './parts/say.mjs';

const [first, second] = process.argv.slice(2);

await runScript(async () => {
  const removing = first === '--remove';
  const given = removing ? second : first;
  if (!given) throw new PlainError('usage: install-to.mjs [--remove] <folder>');
  const folder = resolve(given);
  removeOwn(folder);
  if (removing) return;
  mkdirSync(folder, { recursive: true });
  for (const part of ['out/main', 'out/renderer', 'LICENSE']) cpSync(join(root, part), join(folder, part), { recursive: true });
  const { name, version, type, license, engines, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, version, type, license, engines, dependencies }, null, 2)}\n`);
  for (const [module, from] of runtimeModules(Object.keys(dependencies))) {
    cpSync(from, join(folder, 'node_modules', module), { recursive: true, dereference: true });
  }
  say(`installed LogScope ${version} in ${folder}`);
});

function removeOwn(folder) {
  const manifest = join(folder, 'package.json');
  if (!existsSync(folder)) return;
  if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).name !== 'logscope') {
    throw new PlainError(`${folder} exists and is not an installed LogScope: left as it is`);
  }
  if (existsSync(join(folder, 'package-lock.json'))) throw new PlainError(`${folder} is a checkout, not an installed copy: left as it is`);
  rmSync(folder, { recursive: true });
}

/** The dependencies that are not bundled, with everything they need that is installed here. */
function runtimeModules(names) {
  const found = new Map();
  const visit = (name, from) => {
    if (found.has(name)) return;
    const folder = folderOf(name, from);
    if (folder === null) return;
    found.set(name, folder);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, folder);
  };
  for (const name of names) visit(name, root);
  return found;
}

/** Null for one that is not installed: a prebuilt binary of another platform. */
function folderOf(name, from) {
  for (const base of createRequire(join(from, 'package.json')).resolve.paths(name) ?? []) {
    const folder = join(base, name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(base) === base) break;
  }
  return null;
}
