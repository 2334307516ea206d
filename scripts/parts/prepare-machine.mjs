import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';
import { say } from './say.mjs';

/** Where nginx is unpacked for the tests. */
export const nginxFolder = join(root, '.test-parts', 'nginx');

/**
 * What the tests need of the system. A part is there when one of its commands is, or, for libraries, when its packages are.
 * `packages` are Debian's; an array means "the first of these that this release has" (names changed with 64-bit time).
 */
const parts = [
  { name: 'virtual display', suites: ['e2e-electron'], commands: ['xvfb-run'], packages: ['xvfb', 'xauth'] },
  { name: 'D-Bus', suites: ['e2e-electron'], commands: ['dbus-run-session'], packages: ['dbus'] },
  {
    name: 'libraries of Electron',
    suites: ['e2e-electron'],
    commands: [],
    packages: [
      ['libgtk-3-0', 'libgtk-3-0t64'],
      'libnss3',
      ['libasound2', 'libasound2t64'],
      'libgbm1',
      'libxss1',
      'libnotify4',
      ['libatspi2.0-0', 'libatspi2.0-0t64'],
      'libsecret-1-0',
      'fonts-dejavu-core',
    ],
  },
  { name: 'Chromium', suites: ['e2e-web'], commands: ['chromium', 'chromium-browser', 'google-chrome'], packages: ['chromium'] },
  { name: 'Docker engine', suites: ['integration', 'e2e-web', 'e2e-electron'], commands: ['dockerd'], packages: ['docker.io'] },
  { name: 'static busybox', suites: ['integration', 'e2e-web', 'e2e-electron'], commands: [], packages: ['busybox-static'] },
  { name: 'kubectl', suites: ['integration'], commands: ['kubectl'], packages: ['kubernetes-client'] },
  { name: 'openssl', suites: ['integration', 'e2e-electron'], commands: ['openssl'], packages: ['openssl'] },
  // Unpacked beside the project: installed, Debian's would start to listen on port 80.
  { name: 'nginx', suites: ['integration'], commands: ['nginx'], packages: ['nginx'], unpackedTo: nginxFolder },
  { name: 'mmdebstrap', suites: ['integration'], commands: ['mmdebstrap'], packages: ['mmdebstrap'] },
];

/**
 * Installs what is missing when this is root on Debian or Ubuntu; elsewhere only looks.
 * @returns {Promise<{ missing: readonly { name: string, suites: readonly string[], why: string, enable: string }[] }>}
 */
export async function prepareMachine() {
  if (process.platform !== 'linux')
    return { missing: parts.map((part) => lacking(part, `not for ${process.platform}`, 'run npm test on Linux')) };
  const absent = parts.filter((part) => !isThere(part));
  if (absent.length === 0) return { missing: [] };
  if (!isDebian())
    return { missing: absent.map((part) => lacking(part, 'not installed', `install ${part.name} with the package manager`)) };
  if (process.getuid() !== 0) {
    return { missing: absent.map((part) => lacking(part, 'not installed', `sudo apt-get install -y ${part.packages.flat().join(' ')}`)) };
  }
  say(`prepare: installing ${absent.map((part) => part.name).join(', ')} (Debian packages, once)`);
  apt(['update', '-q']);
  const wanted = absent
    .filter((part) => part.unpackedTo === undefined)
    .flatMap((part) => part.packages.map(pickPackage))
    .filter((name) => name !== null);
  if (wanted.length > 0) apt(['install', '-y', '-q', '--no-install-recommends', ...wanted]);
  for (const { unpackedTo, packages } of absent) if (unpackedTo !== undefined) unpack(packages, unpackedTo);
  const stillAbsent = absent.filter((part) => !isThere(part));
  return {
    missing: stillAbsent.map((part) =>
      lacking(part, 'apt-get could not install it', `apt-get install -y ${part.packages.flat().join(' ')}`),
    ),
  };
}

function lacking(part, why, enable) {
  return { name: part.name, suites: part.suites, why, enable };
}

function isThere(part) {
  if (part.unpackedTo !== undefined && existsSync(part.unpackedTo)) return true;
  if (part.commands.length > 0) return part.commands.some(commandPath);
  return isDebian() ? part.packages.every((alternatives) => [alternatives].flat().some(isPackageInstalled)) : true;
}

/** Full path of a program in PATH, or null. */
export function commandPath(name) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

function isDebian() {
  if (!existsSync('/etc/os-release') || commandPath('apt-get') === null) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function isPackageInstalled(name) {
  const { stdout, status } = spawnSync('dpkg-query', ['-s', name], { encoding: 'utf8' });
  return status === 0 && stdout.includes('Status: install ok installed');
}

/** Null when this release has none of them. */
function pickPackage(alternatives) {
  const names = [alternatives].flat();
  return (
    names.find((name) => {
      const { stdout } = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' });
      return /Candidate: (?!\(none\))/.test(stdout);
    }) ?? null
  );
}

/** Files of packages without installing them. */
function unpack(packages, folder) {
  const work = mkdtempSync(join(tmpdir(), 'logscope-parts-'));
  try {
    const fetched = spawnSync('apt-get', ['download', '-q', ...packages], { cwd: work, stdio: ['ignore', 'ignore', 2], timeout: 120_000 });
    if (fetched.status !== 0) return;
    const draft = `${folder}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    for (const file of readdirSync(work)) spawnSync('dpkg-deb', ['-x', join(work, file), draft], { stdio: ['ignore', 'ignore', 2] });
    renameSync(draft, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Another apt may hold the lock for a while on a fresh machine. Failure shows in what is still absent. */
function apt(args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: ['ignore', 'ignore', 2],
    env: environment,
    timeout: 600_000,
  });
  if (status !== 0) say(`prepare: apt-get ${args[0]} ended with code ${status}`);
}
