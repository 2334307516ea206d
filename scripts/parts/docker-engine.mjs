import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A private Docker engine for tests: own socket, data, containers and images in a folder of its own, no bridge, no
 * firewall rules, beside any engine of the machine and without touching it. Needs root, dockerd and a static busybox.
 */

/** Name of the only image: all applets of a static busybox. */
export const testImage = 'logscope-test:busybox';

/**
 * dockerd in a mount namespace of its own, in which every cgroup v1 hierarchy of the kernel is mounted: containerd 1.6
 * gives neither figures nor out-of-memory events ("cannot find cgroup mount destination") when one is not, and a systemd
 * container elsewhere on the machine creates some, also after this engine was started: those that it would create are made now. Its mounts
 * also vanish with it. On a machine of version 2 alone there is nothing to mount.
 */
const withAllHierarchies = `
while IFS=: read -r _ controllers _; do
  case "$controllers" in ''|name=*) continue;; esac
  grep -qE " - cgroup [^ ]+ [^ ]*\\b$controllers\\b" /proc/self/mountinfo && continue
  mkdir -p "/sys/fs/cgroup/$controllers" && mount -t cgroup -o "$controllers" cgroup "/sys/fs/cgroup/$controllers"
done < /proc/self/cgroup
if grep -qE '^[1-9][0-9]*:[a-z]' /proc/self/cgroup; then
  for controllers in net_cls,net_prio perf_event hugetlb; do
    awk -v wanted="$controllers" '$2 == 0 && $4 == 1 { free[$1] = 1 } END { n = split(wanted, names, ","); for (i = 1; i <= n; i++) if (!(names[i] in free)) exit 1 }' /proc/cgroups || continue
    mkdir -p "/sys/fs/cgroup/$controllers" && mount -t cgroup -o "$controllers" cgroup "/sys/fs/cgroup/$controllers"
  done
fi
exec dockerd "$@"`;

const startTimeoutMs = 30_000;
const stopTimeoutMs = 20_000;

/** Why no private engine can run here; null if one can. */
export function whyNoDockerEngine() {
  if (process.platform !== 'linux') return 'a private Docker engine needs Linux';
  if (process.getuid?.() !== 0) return 'a private Docker engine needs root';
  for (const program of ['dockerd', 'docker', 'busybox']) {
    if (findProgram(program) === null) return `${program} is not installed (apt-get install docker.io busybox-static)`;
  }
  return null;
}

/**
 * Starts the engine and imports the image. Rejects with the reason where that is impossible.
 * @param {{ say?: (line: string) => void }} [options]
 */
export async function startDockerEngine({ say = () => undefined } = {}) {
  const reason = whyNoDockerEngine();
  if (reason !== null) throw new Error(reason);
  const directory = await mkdtemp(join(tmpdir(), 'logscope-engine-'));
  const engine = createEngine(directory, say);
  try {
    await engine.startDaemon();
    await importTestImage(engine.socket);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return engine;
}

/** Runs the docker program against a socket; a non-zero exit is a result. */
export function runDocker(socket, args, { configDirectory = '/nonexistent', timeoutMs = 60_000 } = {}) {
  return new Promise((resolve) => {
    const env = { ...process.env, DOCKER_HOST: `unix://${socket}`, DOCKER_CONFIG: configDirectory, LC_ALL: 'C' };
    execFile('docker', args, { env, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ stdout, stderr, exitCode });
    });
  });
}

/** Imports the image from the machine's static busybox: nothing is downloaded. */
export async function importTestImage(socket) {
  const directory = await mkdtemp(join(tmpdir(), 'logscope-image-'));
  try {
    for (const folder of ['bin', 'etc', 'tmp', 'proc']) await mkdir(join(directory, folder));
    const busybox = findProgram('busybox');
    execFileSync('cp', [busybox, join(directory, 'bin/busybox')]);
    const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).split('\n');
    for (const applet of applets) if (applet !== '' && applet !== 'busybox') await symlink('busybox', join(directory, 'bin', applet));
    execFileSync('sh', ['-c', 'printf "root:x:0:0:root:/:/bin/sh\\n" > "$1/etc/passwd"', 'sh', directory]);
    const archive = join(directory, '..', `${directory.split('/').at(-1)}.tar`);
    try {
      execFileSync('tar', ['-C', directory, '-cf', archive, '.']);
      const { exitCode, stderr } = await runDocker(socket, ['import', archive, testImage]);
      if (exitCode !== 0) throw new Error(`docker import failed: ${stderr.trim()}`);
    } finally {
      await rm(archive, { force: true });
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function createEngine(directory, say) {
  const socket = join(directory, 'docker.sock');
  const pidFile = join(directory, 'docker.pid');
  const logFile = join(directory, 'dockerd.log');
  let daemon = null;

  // Last resort when the test runner is gone without stopping us; containers end with `stop` only.
  const killDaemon = () => daemon?.kill('SIGTERM');
  process.once('exit', killDaemon);

  async function startDaemon() {
    const errors = [];
    for (const storage of ['overlay2', 'vfs']) {
      daemon = spawnDaemon(storage);
      if (await answers(daemon)) return say(`private Docker engine: ${socket} (${storage})`);
      errors.push(`${storage}: ${(await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n').at(-1)}`);
      await stopDaemon();
    }
    throw new Error(`dockerd did not start: ${errors.join('; ')}`);
  }

  function spawnDaemon(storage) {
    const log = openSync(logFile, 'a');
    const args = ['--storage-driver', storage, '--data-root', join(directory, 'data'), '--exec-root', join(directory, 'exec')];
    // Containers outlive the daemon, so that a test can stop and start it as an upgrade of the engine does.
    const more = ['--pidfile', pidFile, '-H', `unix://${socket}`, '--bridge', 'none', '--iptables=false', '--live-restore'];
    return spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', withAllHierarchies, 'dockerd', ...args, ...more], {
      stdio: ['ignore', log, log],
    });
  }

  async function answers(child) {
    const deadline = Date.now() + startTimeoutMs;
    while (Date.now() < deadline && child.exitCode === null) {
      if (await ping(socket)) return true;
      await delay(50);
    }
    return false;
  }

  async function stopDaemon() {
    const child = daemon;
    daemon = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const inTime = await Promise.race([gone.then(() => true), delay(stopTimeoutMs, false, { ref: false })]);
    if (!inTime) {
      child.kill('SIGKILL');
      await gone;
    }
  }

  async function stop() {
    process.off('exit', killDaemon);
    if (daemon === null && existsSync(join(directory, 'data'))) await startDaemon().catch((error) => say(error.message));
    const { stdout } = await runDocker(socket, ['ps', '-aq']);
    const ids = stdout.split('\n').filter((id) => id !== '');
    if (ids.length > 0) await runDocker(socket, ['rm', '-f', '-v', ...ids]);
    await stopDaemon();
    await endLeftovers(directory);
    await unmountBelow(directory);
    await rm(directory, { recursive: true, force: true });
  }

  return { socket, endpoint: `unix://${socket}`, directory, daemonPid: () => daemon?.pid ?? null, startDaemon, stopDaemon, stop };
}

function ping(socketPath) {
  return new Promise((resolve) => {
    const call = request({ socketPath, path: '/_ping', timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.on('error', () => resolve(false));
    call.on('timeout', () => call.destroy());
    call.end();
  });
}

/** Shims and a containerd that outlived the daemon: only those that name our own folder, which is unique to this run. */
async function endLeftovers(directory) {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
    if (/^[^\0]*containerd/.test(command) && command.includes(directory)) process.kill(Number(pid), 'SIGKILL');
  }
}

/** The folder is removed recursively afterwards: nothing may be mounted in it. */
async function unmountBelow(directory) {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[4] ?? '');
  for (const mount of mounts.filter((path) => path.startsWith(`${directory}/`)).reverse()) execFileSync('umount', ['-l', mount]);
}

function findProgram(name) {
  const directories = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin', '/bin'];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path)) ?? null;
}
