/**
 * Which Electron runs on this machine, from where and why: the one in node_modules where its binary is there or can be
 * fetched, else the provisioned one (scripts/parts/electron.mjs). Run by itself it says so.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isProvisioned, provisionElectron, provisionedFolder, provisionedVersion, whyNotProvisionable } from './parts/electron.mjs';

/**
 * @typedef {object} ResolvedElectron
 * @property {string} path the executable
 * @property {string} folder all that belongs to it
 * @property {string} version without a "v"
 * @property {'override' | 'npm' | 'provisioned'} origin
 * @property {string} why one sentence
 * @property {Record<string, string>} environment what a child process needs for `require('electron')` (Playwright too) to find the same one
 */

/** @param {{ say?: (line: string) => void }} [options] `say` gets one line for each thing that takes time @returns {Promise<ResolvedElectron>} */
export async function resolveElectron({ say = (line) => console.error(line) } = {}) {
  const wanted = electronPackage();
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  // Set by us for a child (npm test, then its package test): that is still the provisioned one.
  if (given && !(resolve(given) === provisionedFolder && isProvisioned())) {
    if (!existsSync(join(given, executableName()))) {
      throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${given}, which holds no ${executableName()}`);
    }
    return found('override', given, 'ELECTRON_OVERRIDE_DIST_PATH is set');
  }
  if (!given && existsSync(ownBinary(wanted))) return found('npm', join(wanted.folder, 'dist'), 'it is the one that package.json asks for');
  if (isProvisioned()) {
    return found(
      'provisioned',
      provisionedFolder,
      `the binary of Electron ${wanted.version} could not be fetched here (delete .electron to try again)`,
    );
  }
  const failure = await downloadOwn(wanted, say);
  if (failure === null) return found('npm', join(wanted.folder, 'dist'), 'it is the one that package.json asks for, fetched just now');
  const obstacle = whyNotProvisionable();
  if (obstacle !== null) throw new Error(`Electron ${wanted.version} could not be fetched (${failure}), and ${obstacle}`);
  await provisionElectron(say);
  return found('provisioned', provisionedFolder, `the binary of Electron ${wanted.version} could not be fetched (${failure})`);
}

/** One line for the terminal. @param {ResolvedElectron} electron */
export function describeElectron(electron) {
  const place = { override: electron.path, npm: 'node_modules/electron', provisioned: '.electron/dist' }[electron.origin];
  const warning =
    electron.origin === 'provisioned' ? `; for development and tests only, Electron ${provisionedVersion} is out of support` : '';
  return `electron: ${electron.version} from ${place}: ${electron.why}${warning}`;
}

function electronPackage() {
  let file;
  try {
    file = createRequire(import.meta.url).resolve('electron/package.json');
  } catch {
    throw new Error('the npm package electron is not installed: run npm ci first');
  }
  return { folder: dirname(file), version: JSON.parse(readFileSync(file, 'utf8')).version };
}

/** The electron package fetches its binary on first use; its path.txt is written last, so it tells a whole one. */
function ownBinary({ folder }) {
  const pathFile = join(folder, 'path.txt');
  return join(folder, 'dist', existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'not fetched');
}

/** Null when it worked, else why not. Fails at once without a network; the bound is for a line that hangs. */
function downloadOwn({ folder, version }, say) {
  say(`electron: fetching the binary of Electron ${version}, once`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
    let words = '';
    child.stderr.on('data', (chunk) => {
      words = (words + chunk).slice(-20_000);
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      if (code === 0 && existsSync(ownBinary({ folder }))) return resolve(null);
      if (signal !== null) return resolve('no answer within 5 minutes');
      resolve(
        words
          .split('\n')
          .find((line) => /error/i.test(line))
          ?.trim()
          .slice(0, 200) ?? `its installer ended with code ${code}`,
      );
    });
  });
}

function found(origin, folder, why) {
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'of unknown version';
  const environment = origin === 'npm' ? {} : { ELECTRON_OVERRIDE_DIST_PATH: folder };
  return { path: join(folder, executableName()), folder, version, origin, why, environment };
}

function executableName() {
  return { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(describeElectron(await resolveElectron()));
