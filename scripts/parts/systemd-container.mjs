import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { runDocker } from './docker-engine.mjs';
import { commandPath } from './prepare-machine.mjs';

/**
 * A machine with a real systemd as its first process, in a container of a private Docker engine: the root file system is
 * bootstrapped from Debian's packages once and kept as a tar file. For test machines only: mode "memory" lends the
 * container the host's control groups, writable.
 */

const run = promisify(execFile);
const imageName = 'logscope-test:systemd';
/** Part of the file name: a changed recipe makes a new file. */
const recipe = 1;
const packages = ['systemd', 'systemd-sysv', 'dbus', 'libstdc++6'];
const bootTimeoutMs = 20_000;

/** Why no systemd container can be made here; null if one can. */
export function whyNoSystemdContainer() {
  if (process.platform !== 'linux') return 'a systemd container needs Linux';
  if (process.getuid?.() !== 0) return 'a systemd container needs root';
  if (existsSync(rootfsPath())) return null;
  if (commandPath('mmdebstrap') === null) return 'mmdebstrap is not installed (apt-get install mmdebstrap)';
  return aptSources() === null ? 'this machine has no sources.list of Debian or Ubuntu' : null;
}

/**
 * The root file system as a tar file, made when it is not there (20 s, 130 MB).
 * @param {{ say?: (line: string) => void, signal?: AbortSignal }} [options]
 * @returns {Promise<string>} its path
 */
export async function provideSystemdRootfs({ say = () => undefined, signal } = {}) {
  const file = rootfsPath();
  if (existsSync(file)) return file;
  mkdirSync(join(file, '..'), { recursive: true });
  const unfinished = `${file}.${process.pid}.tar`;
  say('systemd: bootstrapping a root file system from Debian packages (once, about 20 s)');
  const exclude = ['man', 'doc', 'locale', 'info'].map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`);
  try {
    // mmdebstrap wants the mirrors as its last argument; the machine's own list has the ones that are reachable from here.
    const args = ['--variant=essential', `--include=${packages.join(',')}`, ...exclude, codename(), unfinished, aptSources()];
    await run('mmdebstrap', args, { timeout: 300_000, maxBuffer: 64 * 1024 * 1024, signal });
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return file;
}

function rootfsPath() {
  return resolve('.test-parts', `systemd-rootfs-${codename()}-${recipe}.tar`);
}

function codename() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^VERSION_CODENAME=(\w+)/m.exec(release)?.[1] ?? 'unknown';
}

function aptSources() {
  const files = ['debian.sources', 'ubuntu.sources'].map((name) => `/etc/apt/sources.list.d/${name}`);
  return [...files, '/etc/apt/sources.list'].find(existsSync) ?? null;
}

/** Loads the root file system into the engine behind the socket, unless it is there. */
export async function importSystemdImage(socket, options = {}) {
  const present = await runDocker(socket, ['image', 'inspect', '--format', '{{.Id}}', imageName]);
  if (present.exitCode === 0) return;
  const file = await provideSystemdRootfs(options);
  const changes = ['-c', 'ENV container=docker', '-c', 'CMD ["/lib/systemd/systemd"]'];
  await must(socket, ['import', ...changes, file, imageName], 120_000);
}

/**
 * Boots a container and waits until its systemd says that it runs. Two modes, because on a machine with version 1 control groups
 * one systemd cannot account for both: "memory" (hybrid tree of the host: memory and tasks are counted, CPU is not) and
 * "cpu" (a version 2 tree: CPU is counted, memory is not).
 * Node, `out/`, `node_modules/` and package.json of the project are inside, read-only, below /logscope.
 */
export async function startSystemdContainer(socket, { mode = 'memory', mounts = [], say } = {}) {
  await importSystemdImage(socket, { say });
  const shared = [[realpathSync(process.execPath), '/usr/bin/node'], ...projectMounts(), ...mounts];
  const bind = shared.flatMap(([from, to]) => ['-v', `${from}:${to}:ro`]);
  // --privileged would ask for more than a test machine may have; these are what systemd needs.
  const rights = ['SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE'].flatMap((name) => ['--cap-add', name]);
  const open = ['--security-opt', 'seccomp=unconfined', '--security-opt', 'apparmor=unconfined'];
  const memory = ['--tmpfs', '/run', '--tmpfs', '/run/lock', '--tmpfs', '/tmp:exec'];
  const common = ['run', '-d', '--stop-signal', 'SIGRTMIN+3', '--network', 'none', ...rights, ...open, ...memory, ...bind];
  const started = await must(socket, [...common, ...(mode === 'memory' ? hybridTree : unifiedTree)]);
  const container = createContainer(socket, started.stdout.trim());
  try {
    await waitUntilBooted(container);
  } catch (error) {
    await container.remove();
    throw error;
  }
  return container;
}

const hybridTree = ['-v', '/sys/fs/cgroup:/sys/fs/cgroup:rw', imageName];
const unifiedTree = [
  '--cgroupns',
  'private',
  '--entrypoint',
  '/bin/sh',
  imageName,
  '-c',
  'umount -R /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup && exec /lib/systemd/systemd',
];

function projectMounts() {
  return ['out', 'node_modules', 'package.json'].map((name) => [resolve(name), `/logscope/${name}`]).filter(([from]) => existsSync(from));
}

function createContainer(socket, id) {
  return {
    id,
    /** Runs a program inside; a non-zero exit is a result. */
    exec: (args, { environment = {}, timeoutMs = 30_000 } = {}) => {
      const variables = Object.entries(environment).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
      return runDocker(socket, ['exec', ...variables, id, ...args], { timeoutMs });
    },
    /** Writes a file inside, with its folders. */
    write: (path, text) =>
      must(socket, ['exec', id, 'sh', '-c', 'mkdir -p "$(dirname "$1")" && printf %s "$2" > "$1"', 'write', path, text]),
    /** Starts a program inside and leaves it running. */
    start: (args, { environment = {} } = {}) => {
      const variables = Object.entries(environment).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
      return must(socket, ['exec', '-d', ...variables, id, ...args]);
    },
    remove: () => runDocker(socket, ['rm', '-f', '-v', id]),
  };
}

async function waitUntilBooted(container) {
  const deadline = performance.now() + bootTimeoutMs;
  let answer = '';
  while (performance.now() < deadline) {
    const result = await container.exec(['systemctl', 'is-system-running']);
    answer = `${result.stdout}${result.stderr}`.trim();
    if (answer === 'running' || answer === 'degraded') return;
    await delay(100);
  }
  throw new Error(`systemd in the container did not come up within ${bootTimeoutMs / 1000} s: ${answer}`);
}

async function must(socket, args, timeoutMs = 60_000) {
  const result = await runDocker(socket, args, { timeoutMs });
  if (result.exitCode !== 0) throw new Error(`docker ${args.slice(0, 3).join(' ')}: ${result.stderr.trim()}`);
  return result;
}
