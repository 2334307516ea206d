/**
 * The pictures of the README and docs, taken by the app itself on a staged machine: a process namespace of its own, a
 * private Docker engine with a small shop, a few look-alike daemons (copies of sleep), one container that fails.
 * Needs root on Linux with the test parts that `npm test` installs. Usage: node scripts/screenshots.mjs [folder]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from '@playwright/test';
import { runnerImport } from 'vite';
import { resolveElectron } from './electron-env.mjs';
import { importTestImage, runDocker, startDockerEngine, testImage, whyNoDockerEngine } from './parts/docker-engine.mjs';
import { PlainError, runScript, say } from './parts/say.mjs';

const sizes = [
  [1100, 720],
  [1600, 1000],
];
const looks = ['dark', 'light', 'retro'].flatMap((theme) => ['en', 'ko'].map((language) => ({ theme, language })));
const daemons = [
  'nginx',
  'redis-server',
  'postgres',
  'cron',
  'chronyd',
  'grafana',
  'prometheus',
  'node_exporter',
  'nats-server',
  'avahi-daemon',
];

const busy = 'while :; do i=$((i+1)); [ $((i % 20000)) = 0 ] && usleep 9000; done';
/** Holds so much memory: files in /dev/shm count as the container's own. */
const hold = (megabytes) => `head -c ${megabytes}m /dev/zero > /dev/shm/held; sleep 100000`;
const containers = [
  { name: 'api', project: 'shop', command: busy, flags: ['--cpus', '0.7', '--memory', '128m'] },
  { name: 'web', project: 'shop', command: 'while :; do echo GET /cart 200; sleep 2; done' },
  {
    name: 'worker-2',
    project: 'shop',
    command: 'sleep 6; echo "job 9912 failed: upstream closed (attempt 3/5)"; while :; do usleep 40000; done',
  },
  { name: 'redis', project: 'shop', command: hold(12), flags: ['--memory', '64m'] },
  { name: 'keycloak', project: 'auth', command: hold(46), flags: ['--memory', '64m'] },
  { name: 'grafana', project: 'obs', command: hold(38) },
  { name: 'nats', project: 'obs', command: hold(9) },
  { name: 'minio', project: 'dev', command: hold(27) },
  { name: 'mailhog', project: 'dev', command: hold(6) },
  { name: 'traefik', project: 'edge', command: hold(14) },
  {
    name: 'search',
    project: 'shop',
    command:
      'sleep 7; head -c 52m /dev/zero > /dev/shm/held; echo "java.lang.IllegalStateException: index shop-items is closed"; sleep 100000',
  },
  { name: 'migrate', project: 'shop', command: 'exit 0' },
];

runScript(async () => {
  if (process.env.LOGSCOPE_SCREENSHOTS_INSIDE !== '1') return enter();
  const folder = resolve(process.argv[2] ?? 'docs/images');
  mkdirSync(folder, { recursive: true });
  const { environment } = await resolveElectron();
  Object.assign(process.env, environment);
  const stage = mkdtempSync(join('/opt', 'demo-'));
  const engine = await startDockerEngine({ say });
  const cluster = await startCluster();
  process.env.KUBECONFIG = cluster.kubeconfig({ name: 'kind-dev' });
  const actors = [];
  try {
    await importTestImage(engine.socket);
    for (const name of daemons) {
      const file = join(stage, name);
      copyFileSync('/bin/sleep', file);
      actors.push(spawn(file, ['100000'], { stdio: 'ignore' }));
    }
    actors.push(...startUnusual());
    for (const one of containers) await startContainer(engine.socket, one);
    for (const look of looks) for (const size of sizes) await takeOverview(engine, folder, look, size);
    await takeViews(engine, folder);
  } finally {
    for (const actor of actors) actor.kill();
    await cluster.stop();
    await engine.stop();
    rmSync(stage, { recursive: true, force: true });
  }
});

/** Starts this script again where its own processes are all there is, on a virtual display with a bus. */
async function enter() {
  const reason =
    process.platform !== 'linux' || process.getuid() !== 0 ? 'root on Linux is needed for the staged machine' : whyNoDockerEngine();
  if (reason !== null) throw new PlainError(`No pictures: ${reason}.`);
  // Xvfb tells its parent that it is ready only when that is not process 1, so the display stays outside; the shell inside collects orphans.
  const outside = ['-a', '-s', '-screen 0 1700x1100x24', 'dbus-run-session', '--', 'unshare', '--pid', '--fork', '--mount-proc'];
  const inside = ['sh', '-c', '"$@"; exit $?', 'sh', process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn('xvfb-run', [...outside, ...inside], {
    stdio: 'inherit',
    env: { ...process.env, LOGSCOPE_SCREENSHOTS_INSIDE: '1' },
  });
  [process.exitCode] = await once(child, 'exit');
}

/** The stand-in of the tests, with one pod of each kind. */
async function startCluster() {
  const { module: standIn } = await runnerImport('./test/helpers/kubernetes-stand-in.ts');
  const { module: sample } = await runnerImport('./test/helpers/kubernetes-sample-pods.ts');
  const cluster = await standIn.KubernetesStandIn.start();
  for (const pod of sample.everySamplePod()) cluster.store.add(pod);
  return cluster;
}

/** What the risk table is for, harmless: a copy of sleep from /var/tmp, and two servers that only listen. */
function startUnusual() {
  const updater = join(mkdtempSync('/var/tmp/demo-'), 'updater');
  copyFileSync('/bin/sleep', updater);
  chmodSync(dirname(updater), 0o755);
  const deleted = spawn(updater, ['100000'], { stdio: 'ignore', uid: 65534, gid: 65534 });
  rmSync(dirname(updater), { recursive: true });
  const listen = (port, host) => ['-e', `require('net').createServer().listen(${port}, '${host}')`];
  return [
    deleted,
    spawn(process.execPath, listen(6379, '0.0.0.0'), { stdio: 'ignore' }),
    spawn(process.execPath, listen(3000, '127.0.0.1'), { stdio: 'ignore', uid: 65534, gid: 65534 }),
  ];
}

async function startContainer(socket, { name, project, command, flags = [] }) {
  const labels = ['--label', `com.docker.compose.project=${project}`, '--label', `com.docker.compose.service=${name}`];
  const result = await runDocker(socket, [
    'run',
    '-d',
    '--name',
    name,
    '--network',
    'none',
    ...labels,
    ...flags,
    testImage,
    'sh',
    '-c',
    command,
  ]);
  if (result.exitCode !== 0) throw new PlainError(`container ${name}: ${result.stderr}`);
}

async function withWindow(engine, { theme, language }, [width, height], use) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-pictures-'));
  writeFileSync(
    join(dataDirectory, 'settings.json'),
    JSON.stringify({ theme, language, trayNoticeShown: true, welcomed: true, notifications: false }),
  );
  writeFileSync(join(dataDirectory, 'window.json'), JSON.stringify({ bounds: { x: 0, y: 0, width, height } }));
  const app = await _electron.launch({
    args: [resolve('.'), '--disable-gpu', '--force-device-scale-factor=1'],
    env: {
      ...process.env,
      LOGSCOPE_DATA_DIRECTORY: dataDirectory,
      LOGSCOPE_ENGINE: engine.endpoint,
      LOGSCOPE_NODE_NAME: 'dev-1',
      LANG: 'en_US.UTF-8',
    },
  });
  try {
    const page = await app.firstWindow();
    await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0].setContentSize(w, h), [width, height]);
    await page.getByText('keycloak').first().waitFor();
    // The sparklines want some seconds of life before they say anything.
    await page.waitForTimeout(12_000);
    await use(page);
  } finally {
    await app.close();
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

async function takeOverview(engine, folder, look, size) {
  await withWindow(engine, look, size, async (page) => {
    await runDocker(engine.socket, ['rm', '-f', 'postgres']);
    await startContainer(engine.socket, {
      name: 'postgres',
      project: 'shop',
      command: 'sleep 1; echo "FATAL: could not open relation: error 28, no space left"; exit 1',
    });
    await page.getByRole('alert').getByText('postgres').waitFor();
    await page.mouse.move(2, 2);
    await page.waitForTimeout(3_000);
    const file = join(folder, `overview-${look.theme}-${look.language}-${size.join('x')}.png`);
    await page.screenshot({ path: file });
    say(file);
  });
}

/** The sample logs: a history of hours is there at once. */
async function openSampleTraffic(page) {
  await page.getByRole('button', { name: /sample traffic|예제 트래픽 보기/i }).click();
  await page.getByText('p99').first().waitFor();
}

async function takeViews(engine, folder) {
  for (const look of [looks[0], looks[3]]) {
    await withWindow(engine, look, sizes[0], async (page) => {
      for (const [index, view] of ['overview', 'containers', 'pods', 'services', 'processes', 'logs', 'traffic', 'alerts'].entries()) {
        if (view === 'overview') continue;
        await page.keyboard.press(`Control+${index + 1}`);
        if (view === 'traffic') await openSampleTraffic(page);
        await page.waitForTimeout(1_500);
        await page.screenshot({ path: join(folder, `${view}-${look.theme}-${look.language}.png`) });
      }
    });
    await withWindow(engine, look, sizes[1], async (page) => {
      for (const [key, view, name] of [
        ['2', 'container', /worker-2/],
        ['3', 'pod', /crash/],
      ]) {
        await page.keyboard.press(`Control+${key}`);
        await page.getByRole('row').getByRole('button', { name }).first().click();
        await page.mouse.move(2, 2);
        await page.waitForTimeout(2_500);
        await page.screenshot({ path: join(folder, `${view}-detail-${look.theme}-${look.language}.png`) });
      }
    });
  }
}
