/**
 * `npm test`: on a bare checkout installs, prepares the machine (as root on Debian or Ubuntu), builds and runs everything that
 * can run here: unit, integration, the window in Chromium, the window in Electron. `npm test -- unit e2e-web` runs some.
 * The last line is `N passed, N failed[, N skipped]`; the exit code is 0 only when nothing failed and every runner ended well.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeElectron, resolveElectron } from './electron-env.mjs';
import { buildIfStale } from './parts/build-if-stale.mjs';
import { runInForeground } from './parts/child.mjs';
import { installIfStale } from './parts/install-if-stale.mjs';
import { prepareMachine } from './parts/prepare-machine.mjs';
import { root } from './parts/root.mjs';
import { runScript, say } from './parts/say.mjs';
import { closingLine, countPlaywright, countVitest, countWithout, emptyCounts, sumCounts, unfinishedFiles } from './parts/test-counts.mjs';

const suites = {
  unit: { needs: [], run: (context) => vitest(context, 'unit', ['unit', 'renderer']) },
  integration: { needs: ['build'], run: (context) => vitest(context, 'integration', ['integration']) },
  'e2e-web': { needs: ['build', 'Chromium'], run: (context) => playwright(context, 'web', []) },
  'e2e-electron': {
    needs: ['build', 'Electron', 'virtual display', 'D-Bus', 'libraries of Electron'],
    run: (context) => playwright(context, 'electron', ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', 'dbus-run-session', '--']),
  },
};

const reports = join(root, 'test-results', 'reports');
const unknown = process.argv.slice(2).filter((name) => !(name in suites));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(suites);
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
  });
}

await runScript(async () => {
  if (unknown.length > 0) {
    say(`test: there is no suite "${unknown[0]}"; suites: ${Object.keys(suites).join(', ')}`);
    process.exitCode = 64;
    return;
  }
  const startedAt = Date.now();
  await installIfStale();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const context = await prepare();
  const counts = await runSuites(context);
  summarise(counts, context.deaths, Date.now() - startedAt);
});

/** What the suites can count on. A part that cannot be had is not an error here: it names the suites that do not run. */
async function prepare() {
  const { missing } = await prepareMachine();
  const context = { missing: [...missing], environment: { LOGSCOPE_BUILT: '1' }, failures: emptyCounts(), deaths: [] };
  try {
    await buildIfStale();
  } catch (error) {
    context.failures = { ...emptyCounts(), failed: 1, failures: [error.message] };
    context.missing.push({ name: 'build', why: error.message, enable: 'npm run build, and mend what it says' });
  }
  if (!interrupted && wanted.includes('e2e-electron')) await addElectron(context);
  return context;
}

async function addElectron(context) {
  try {
    const electron = await resolveElectron({ say });
    say(describeElectron(electron));
    Object.assign(context.environment, electron.environment);
  } catch (error) {
    context.missing.push({ name: 'Electron', why: error.message, enable: 'npm ci, with a network that reaches the npm registry' });
  }
}

async function runSuites(context) {
  const all = [context.failures];
  const engine = await startEngine(context);
  try {
    for (const name of wanted) {
      if (interrupted) break;
      const lacks = context.missing.filter((part) => suites[name].needs.includes(part.name));
      if (lacks.length > 0) {
        all.push({
          ...emptyCounts(),
          skipped: 1,
          skips: lacks.map((part) => `suite ${name}: ${part.name}: ${part.why}\n      enable it: ${part.enable}`),
        });
        continue;
      }
      say(`\n== ${name}`);
      const startedAt = Date.now();
      const counts = await suites[name].run(context);
      say(`== ${name}: ${closingLine(counts)} (${((Date.now() - startedAt) / 1000).toFixed(0)} s)`);
      all.push(counts);
    }
  } finally {
    await engine?.stop();
  }
  if (interrupted) all.push({ ...emptyCounts(), failed: 1, failures: ['interrupted before the end'] });
  return sumCounts(all);
}

/** One private engine for all suites, on its own socket and data folder; null where there can be none: its tests skip themselves. */
async function startEngine(context) {
  const needsEngine = wanted.some((name) => name !== 'unit');
  const lacks = context.missing.find((part) => part.name === 'Docker engine' || part.name === 'static busybox');
  if (!needsEngine || lacks !== undefined || interrupted) {
    if (lacks !== undefined) say(`no private Docker engine: ${lacks.name}: ${lacks.why}; enable it: ${lacks.enable}`);
    return null;
  }
  try {
    const { startDockerEngine } = await import('./parts/docker-engine.mjs');
    const engine = await startDockerEngine({ say });
    context.environment.LOGSCOPE_TEST_DOCKER_SOCKET = engine.socket;
    return engine;
  } catch (error) {
    say(`no private Docker engine: ${error.message}`);
    return null;
  }
}

async function vitest(context, name, projects) {
  const report = join(reports, `${name}.json`);
  const code = await runVitest(context, report, projects, []);
  const died = code === 0 ? [] : unfinishedFiles(report);
  if (died.length === 0 || interrupted) return countVitest(report, code);
  // No test failed: the process of a file ended under it. That is told, and the file has one more try in a process of its own.
  const said = died.map((file) => file.slice(root.length + 1)).join(', ');
  say(`\n== ${name}: the process of ${said} died; it is run again`);
  context.deaths.push(said);
  const second = join(reports, `${name}-again.json`);
  return countWithout(report, died, countVitest(second, await runVitest(context, second, projects, died)));
}

function runVitest(context, report, projects, files) {
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
    { cwd: root, env: { ...process.env, ...context.environment } },
  );
}

async function playwright(context, project, wrapper) {
  const report = join(reports, `e2e-${project}.json`);
  const [program, ...args] = [
    ...wrapper,
    process.execPath,
    join(root, 'node_modules/@playwright/test/cli.js'),
    'test',
    `--project=${project}`,
    '--reporter=list,json',
  ];
  const environment = { ...process.env, ...context.environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  return countPlaywright(report, await runInForeground(program, args, { cwd: root, env: environment }));
}

function summarise(counts, deaths, tookMs) {
  if (deaths.length > 0) console.log(`\nRUN AGAIN, its process died (${deaths.length}):\n${deaths.map((one) => `  - ${one}`).join('\n')}`);
  if (counts.skips.length > 0) console.log(`\nNOT RUN HERE (${counts.skipped}):\n${counts.skips.map((one) => `  - ${one}`).join('\n')}`);
  if (counts.failures.length > 0) console.log(`\nFAILED (${counts.failed}):\n${counts.failures.map((one) => `  - ${one}`).join('\n')}`);
  console.log(`\ntook ${(tookMs / 1000).toFixed(0)} s`);
  console.log(closingLine(counts));
  if (counts.failed > 0 || !existsSync(reports)) process.exitCode = 1;
}
