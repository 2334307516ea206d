/**
 * `npm test`: on a bare checkout installs, prepares the machine (as root on Debian or Ubuntu), builds and runs everything that
 * can run here: unit, integration, the window in Chromium, the window in Electron. `npm test -- unit e2e-web` runs some.
 * Two runners at a time where they do not disturb each other (parts/test-plan.mjs); their lines then bear their names.
 * The last line is `N passed, N failed[, N skipped]`; the exit code is 0 only when nothing failed and every runner ended well.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describeElectron, resolveElectron } from './electron-env.mjs';
import { buildIfStale } from './parts/build-if-stale.mjs';
import { runInForeground } from './parts/child.mjs';
import { installIfStale } from './parts/install-if-stale.mjs';
import { prepareMachine } from './parts/prepare-machine.mjs';
import { root } from './parts/root.mjs';
import { runScript, say } from './parts/say.mjs';
import { importSystemdImage, provideSystemdRootfs, whyNoSystemdContainer } from './parts/systemd-container.mjs';
import { closingLine, countPlaywright, countVitest, countWithout, emptyCounts, sumCounts, unfinishedFiles } from './parts/test-counts.mjs';
import { divideIntegration, planTests, suiteNames } from './parts/test-plan.mjs';

const display = ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', 'dbus-run-session', '--'];
const steps = {
  unit: { needs: [], engine: null, run: (at) => vitest(at, ['unit', 'renderer'], []) },
  'integration-machine': { needs: ['build'], engine: 'integration', run: (at) => vitest(at, ['integration'], integrationFiles('machine')) },
  'integration-stores': { needs: ['build'], engine: null, run: (at) => vitest(at, ['integration'], integrationFiles('stores')) },
  'integration-files': { needs: ['build'], engine: null, run: (at) => vitest(at, ['integration'], integrationFiles('files')) },
  'integration-parts': {
    needs: ['build', 'systemd machine'],
    engine: 'integration',
    run: (at) => vitest(at, ['integration'], integrationFiles('parts')),
  },
  'e2e-web': { needs: ['build', 'Chromium'], engine: 'e2e', run: (at) => playwright(at, 'web', []) },
  'e2e-electron': {
    needs: ['build', 'Electron', 'virtual display', 'D-Bus', 'libraries of Electron', 'systemd machine'],
    engine: 'e2e',
    run: (at) => playwright(at, 'electron', display),
  },
};

const reports = join(root, 'test-results', 'reports');
const unknown = process.argv.slice(2).filter((name) => !suiteNames.includes(name));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : suiteNames;
const plan = unknown.length > 0 ? [] : planTests(wanted);
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort());
const isInterrupted = () => interruption.signal.aborted;

await runScript(async () => {
  if (unknown.length > 0) {
    say(`test: there is no suite "${unknown[0]}"; suites: ${suiteNames.join(', ')}`);
    process.exitCode = 64;
    return;
  }
  const startedAt = Date.now();
  const machine = await prepareEverything();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const context = prepare(machine);
  const counts = await runPlan(context);
  summarise(counts, context.deaths, Date.now() - startedAt);
});

/** Packages of npm and of the machine at the same time: the one waits for the network, the other for the disk. */
async function prepareEverything() {
  // npm is started first: what the machine lacks is installed without giving up the turn.
  const [, machine] = await Promise.all([installIfStale(), prepareMachine()]);
  return machine;
}

/**
 * What the steps can count on. A part that cannot be had is not an error here: it names the steps that do not run. All of it is
 * begun now, and each step waits for what it needs: the first ones run while Electron is still unpacked.
 */
function prepare({ missing }) {
  const context = { missing: [...missing], environment: { LOGSCOPE_BUILT: '1' }, failures: emptyCounts(), deaths: [], engines: {} };
  const kinds = new Set(plan.flat().flatMap(({ name }) => steps[name].engine ?? []));
  const engines = Object.fromEntries([...kinds].map((kind) => [`engine for ${kind}`, startEngine(context, kind)]));
  context.pending = {
    build: build(context),
    Electron: wanted.includes('e2e-electron') ? addElectron(context) : null,
    'systemd machine': provideSystemd(context, Object.values(engines)),
    ...engines,
  };
  return context;
}

async function build(context) {
  try {
    await buildIfStale();
  } catch (error) {
    context.failures = { ...emptyCounts(), failed: 1, failures: [error.message] };
    context.missing.push({ name: 'build', why: error.message, enable: 'npm run build, and mend what it says' });
  }
}

/**
 * Tests of services would each wait 20 s for it, and some seconds more until it is in their engine. Whether there can be one they find out
 * themselves.
 */
async function provideSystemd(context, engines) {
  if (isInterrupted() || !(wanted.includes('integration') || wanted.includes('e2e-electron'))) return;
  try {
    if (whyNoSystemdContainer() !== null) return;
    await provideSystemdRootfs({ say, signal: interruption.signal });
    await Promise.all(engines);
    for (const { socket } of Object.values(context.engines)) await importSystemdImage(socket, { say });
  } catch (error) {
    say(`no systemd machine yet: ${error.message}`);
  }
}

async function addElectron(context) {
  if (isInterrupted()) return;
  try {
    const electron = await resolveElectron({ say });
    say(describeElectron(electron));
    Object.assign(context.environment, electron.environment);
  } catch (error) {
    context.missing.push({ name: 'Electron', why: error.message, enable: 'npm ci, with a network that reaches the npm registry' });
  }
}

async function runPlan(context) {
  const ends = {};
  const ended = Object.fromEntries(plan.flat().map(({ name }) => [name, new Promise((resolve) => (ends[name] = resolve))]));
  const counts = [];
  const runLane = async (lane) => {
    for (const { name, after } of lane) {
      await Promise.all(after.map((other) => ended[other]));
      try {
        counts.push(await runStep(context, name, plan.length === 1));
      } finally {
        // Also one that failed: what waits for it must not wait for ever.
        ends[name]();
      }
    }
  };
  try {
    await Promise.all(plan.map(runLane));
  } finally {
    // One that is still starting is stopped too.
    await Promise.all(Object.values(context.pending));
    for (const engine of Object.values(context.engines)) await engine.stop();
  }
  if (isInterrupted()) counts.push({ ...emptyCounts(), failed: 1, failures: ['interrupted before the end'] });
  return sumCounts([context.failures, ...counts]);
}

async function runStep(context, name, isAlone) {
  const { needs, engine, run } = steps[name];
  // The build in any case: unit tests look into it as well, and fail by themselves without it.
  await Promise.all(['build', ...needs, `engine for ${engine}`].map((part) => context.pending[part]));
  if (isInterrupted()) return emptyCounts();
  const lacks = context.missing.filter((part) => needs.includes(part.name));
  if (lacks.length > 0) {
    const why = (part) => `${name}: ${part.name}: ${part.why}\n      enable it: ${part.enable}`;
    return { ...emptyCounts(), skipped: 1, skips: lacks.map(why) };
  }
  say(`\n== ${name}`);
  const startedAt = Date.now();
  const socket = context.engines[engine]?.socket;
  const environment = { ...context.environment, ...(socket === undefined ? {} : { LOGSCOPE_TEST_DOCKER_SOCKET: socket }) };
  const counts = await run({ name, environment, deaths: context.deaths, mark: isAlone ? null : `${name.padEnd(19)} |` });
  say(`== ${name}: ${closingLine(counts)} (${((Date.now() - startedAt) / 1000).toFixed(0)} s)`);
  return counts;
}

/**
 * A private engine, on its own socket and data folder: one for all windows, one for all integration tests, for both tell of all the
 * containers that they see. None where there can be none: the tests that need one skip themselves.
 */
async function startEngine(context, kind) {
  if (isInterrupted()) return;
  const lacks = context.missing.find((part) => part.name === 'Docker engine' || part.name === 'static busybox');
  if (lacks !== undefined) return say(`no private Docker engine: ${lacks.name}: ${lacks.why}; enable it: ${lacks.enable}`);
  try {
    const { startDockerEngine } = await import('./parts/docker-engine.mjs');
    context.engines[kind] = await startDockerEngine({ say });
  } catch (error) {
    say(`no private Docker engine: ${error.message}`);
  }
}

function integrationFiles(kind) {
  const folder = 'test/integration';
  return divideIntegration(readdirSync(join(root, folder)))[kind].map((name) => `${folder}/${name}`);
}

async function vitest(at, projects, files) {
  const report = join(reports, `${at.name}.json`);
  const code = await runVitest(at, report, projects, files);
  const died = code === 0 ? [] : unfinishedFiles(report);
  if (died.length === 0 || isInterrupted()) return countVitest(report, code);
  // No test failed: the process of a file ended under it. That is told, and the file has one more try in a process of its own.
  const said = died.map((file) => relative(root, file)).join(', ');
  say(`\n== ${at.name}: the process of ${said} died; it is run again`);
  at.deaths.push(said);
  const second = join(reports, `${at.name}-again.json`);
  return countWithout(report, died, countVitest(second, await runVitest(at, second, projects, died)));
}

function runVitest({ environment, mark }, report, projects, files) {
  return runInForeground(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...files,
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, env: { ...process.env, ...environment }, mark },
  );
}

async function playwright({ environment, mark }, project, wrapper) {
  const report = join(reports, `e2e-${project}.json`);
  const [program, ...args] = [
    ...wrapper,
    process.execPath,
    join(root, 'node_modules/@playwright/test/cli.js'),
    'test',
    `--project=${project}`,
    '--reporter=list,json',
  ];
  const env = { ...process.env, ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  return countPlaywright(report, await runInForeground(program, args, { cwd: root, env, mark }));
}

function summarise(counts, deaths, tookMs) {
  if (deaths.length > 0) console.log(`\nRUN AGAIN, its process died (${deaths.length}):\n${deaths.map((one) => `  - ${one}`).join('\n')}`);
  if (counts.skips.length > 0) console.log(`\nNOT RUN HERE (${counts.skipped}):\n${counts.skips.map((one) => `  - ${one}`).join('\n')}`);
  if (counts.failures.length > 0) console.log(`\nFAILED (${counts.failed}):\n${counts.failures.map((one) => `  - ${one}`).join('\n')}`);
  console.log(`\ntook ${(tookMs / 1000).toFixed(0)} s`);
  console.log(closingLine(counts));
  if (counts.failed > 0 || !existsSync(reports)) process.exitCode = 1;
}
