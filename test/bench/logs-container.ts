import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogStorage } from '../../src-shared/contract/logs';
import { startDockerEngine, type TestDockerEngine } from '../helpers/docker-engine';
import { type BenchRow, benchRow, median } from './bench-row';
import { writeContainerLines } from './container-lines';
import { benchDirectory, end, serve } from './serve-process';

/** Pieces of 5,000 lines each tenth of a second: a shell cannot pace them closer. */
const script = 'while :; do for piece in /lines/*; do cat "$piece"; usleep 95000; done; done';
/** 10 s of lines before the first comes again. */
const pieces = 100;
const rounds = 3;
/** What following costs all day: what is run a few times a second only is compiled after ten seconds, and start-up's garbage goes then. */
const settleMs = 16_000;
const peerSettleMs = 2_000;
const measuredMs = 8_000;

interface Route {
  readonly id: string;
  readonly what: string;
  readonly must: number;
  /** Of the app, which keeps the lines. */
  readonly mustOfApp: number;
  /** Of the container's log. */
  readonly options: readonly string[];
}

/** A log that is cut off in place when it is full cannot be followed as a file: such a container is always read through the engine. */
const byApi: Route = {
  id: 'P7-api',
  what: 'error matching of a 50k lines/s container, engine included',
  must: 0.9,
  mustOfApp: 1.5,
  options: ['--log-opt', 'max-size=8g'],
};
const byFile: Route = {
  id: 'P7-file',
  what: 'the same, its log file readable',
  must: 1 / 20,
  mustOfApp: 1,
  options: ['--log-opt', 'max-size=300m', '--log-opt', 'max-file=3'],
};

/**
 * P7: what following a container that logs 50,000 lines a second costs, beside `docker logs -f | grep -i`: with `logscope errors --container`,
 * which does the same and judges what it finds, and with the app, which also masks, mines and stores each line. On all sides the follower and
 * what it makes the engine do (dockerd, containerd, shim): the engine's time while nobody follows is taken off. One after the other, in
 * rounds; medians.
 */
export async function measureContainerLog(say: (line: string) => void): Promise<readonly BenchRow[]> {
  const only = process.env.LOGSCOPE_BENCH_ROUTE;
  const rows: BenchRow[] = [];
  for (const route of [byApi, byFile]) if (only === undefined || route.id.endsWith(only)) rows.push(...(await measureRoute(route, say)));
  return rows;
}

async function measureRoute(route: Route, say: (line: string) => void): Promise<readonly BenchRow[]> {
  const engine = await startDockerEngine('private');
  if ('unavailable' in engine) {
    say(`P7 is not measured: ${engine.unavailable}`);
    return [];
  }
  const folder = benchDirectory();
  writeContainerLines(folder, pieces);
  try {
    const id = await engine.run([...route.options, '-v', `${folder}:/lines:ro`], 'sh', '-c', script);
    const engineAlone: number[] = [];
    const command: Sample[] = [];
    const app: Sample[] = [];
    const theirs: Sample[] = [];
    await delay(2_000);
    for (let round = 0; round < rounds; round += 1) {
      engineAlone.push((await perSecond({ engine: () => engineCpuMs(engine) })).engine);
      command.push(await measureCommand(engine, id));
      app.push(await measureApp(engine));
      theirs.push(await measurePeer(engine, id));
    }
    const alone = median(engineAlone);
    const cost = (samples: readonly Sample[]) => {
      const own = median(samples.map(({ own }) => own));
      const inEngine = median(samples.map(({ engine: one }) => one)) - alone;
      return { total: own + inEngine, text: `${own.toFixed(0)} + ${inEngine.toFixed(0)} in the engine` };
    };
    const them = cost(theirs);
    const beside = (samples: readonly Sample[], row: Pick<Route, 'id' | 'what' | 'must'>, does: string): BenchRow => {
      const us = cost(samples);
      const note = `ours ${us.text}, theirs ${them.text}, the engine alone ${alone.toFixed(0)}; ${does}`;
      return benchRow({ ...row, ours: us.total, peer: them.total, peerName: 'docker logs | grep -i', unit: 'ms CPU/s', note });
    };
    const found = median(command.map(({ lines }) => lines ?? 0)).toFixed(0);
    const stored = median(app.map(({ lines }) => lines ?? 0)).toFixed(0);
    return [
      beside(command, route, `logscope errors --container: ${found} errors/s told`),
      beside(
        app,
        { id: `${route.id}-app`, what: 'the app, which also masks, mines and stores', must: route.mustOfApp },
        `${stored} lines/s stored`,
      ),
    ];
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Sample {
  readonly own: number;
  readonly engine: number;
  readonly lines?: number;
}

async function measureApp(engine: TestDockerEngine): Promise<Sample> {
  const [idle, served] = await Promise.all([serve([]), serve([], engine.endpoint)]);
  try {
    await delay(settleMs);
    const count = async () => (await served.ask<LogStorage>('logs.storage', null)).recordCount;
    const before = await count();
    const startedMs = performance.now();
    const spent = await perSecond({
      own: () => processCpuMs(served.pid),
      idle: () => processCpuMs(idle.pid),
      engine: () => engineCpuMs(engine),
    });
    const lines = ((await count()) - before) / ((performance.now() - startedMs) / 1_000);
    return { own: spent.own - spent.idle, engine: spent.engine, lines };
  } finally {
    await Promise.all([served.stop(), idle.stop()]);
  }
}

async function measureCommand(engine: TestDockerEngine, id: string): Promise<Sample> {
  const args = ['out/main/cli.js', 'errors', '--engine', engine.endpoint, '--container', id, '--new'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let lines = 0;
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  });
  try {
    await delay(settleMs);
    const before = lines;
    const spent = await perSecond({ own: () => processCpuMs(child.pid ?? 0), engine: () => engineCpuMs(engine) });
    return { ...spent, lines: (lines - before) / (measuredMs / 1_000) };
  } finally {
    await end(child);
  }
}

async function measurePeer(engine: TestDockerEngine, id: string): Promise<Sample> {
  const docker = spawn('docker', ['-H', engine.endpoint, 'logs', '-f', '--tail', '0', id], { stdio: ['ignore', 'pipe', 'ignore'] });
  const grep = spawn('grep', ['-i', 'error'], { stdio: [docker.stdout, 'ignore', 'ignore'] });
  try {
    await delay(peerSettleMs);
    return await perSecond({
      own: () => processCpuMs(docker.pid ?? 0) + processCpuMs(grep.pid ?? 0),
      engine: () => engineCpuMs(engine),
    });
  } finally {
    await end(docker);
    await end(grep);
  }
}

/** How much each clock goes on in a second. */
async function perSecond<Name extends string>(clocks: Readonly<Record<Name, () => number>>): Promise<Record<Name, number>> {
  const names = Object.keys(clocks) as Name[];
  const before = names.map((name) => clocks[name]());
  const startedMs = performance.now();
  await delay(measuredMs);
  const seconds = (performance.now() - startedMs) / 1_000;
  return Object.fromEntries(names.map((name, at) => [name, (clocks[name]() - (before[at] ?? 0)) / seconds])) as Record<Name, number>;
}

/** Of the daemon, containerd and the shims of this engine. */
function engineCpuMs(engine: TestDockerEngine): number {
  const home = dirname(engine.socketPath);
  let sum = 0;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const words = readOrEmpty(`/proc/${entry}/cmdline`).split('\0');
    if (/^(?:dockerd|containerd|containerd-shim.*)$/.test(basename(words[0] ?? '')) && words.some((word) => word.includes(home))) {
      sum += processCpuMs(Number(entry));
    }
  }
  return sum;
}

/** With the threads that have ended; the kernel counts in hundredths of a second. */
function processCpuMs(pid: number): number {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10 || 0;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    // A process that ended meanwhile.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return '';
    throw error;
  }
}
