import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataOf, never, openContainers } from '../helpers/container-parts';
import { startDockerEngine, type TestDockerEngine } from '../helpers/docker-engine';
import { waitFor } from '../helpers/wait-for';
import { type BenchRow, type BenchRun, benchRow, median } from './bench-row';

/**
 * P6: CPU of client, engine, containerd and shims for figures of all containers once a second, net of what the same engine
 * takes with nobody asking. Beside `docker stats` streaming; each for some seconds, in turns.
 */
const containerCounts = (process.env.LOGSCOPE_BENCH_CONTAINERS ?? '50,100').split(',').map(Number);
const measuredMs = 8_000;
const warmUpMs = 3_000;
/** Of reading files, in turns with an engine that nobody asks. */
const fileRounds = 5;
const engineRounds = 2;
/** The engine is as busy with one stats stream a container as `docker stats` makes it; the tenth is for noise. */
const streamsMust = 1.1;

export const run: BenchRun = async (say) => {
  const engine = await startDockerEngine('private');
  if ('unavailable' in engine) {
    say(`P6 is not measured: ${engine.unavailable}`);
    return [];
  }
  try {
    const rows: BenchRow[] = [];
    let started = 0;
    for (const count of containerCounts) {
      say(`P6: starting containers up to ${count}`);
      for (; started < count; started += 1) await engine.run(['--name', `bench-${started}`], 'sleep', '100000');
      await delay(warmUpMs);
      rows.push(...(await measureAll(engine, count)));
    }
    return rows;
  } finally {
    await engine.stop();
  }
};

async function measureAll(engine: TestDockerEngine, count: number): Promise<readonly BenchRow[]> {
  const idle: Cost[] = [await measure(engine, startNobody)];
  const files: Cost[] = [];
  for (let round = 0; round < fileRounds; round += 1) {
    files.push(await measure(engine, () => startOurs(engine, 'cgroup-files', count)));
    idle.push(await measure(engine, startNobody));
  }
  const streams: Cost[] = [];
  const peers: Cost[] = [];
  for (let round = 0; round < engineRounds; round += 1) {
    streams.push(await measure(engine, () => startOurs(engine, 'engine', count)));
    peers.push(await measure(engine, () => startDockerStats(engine)));
  }
  // Idle shims take next to nothing or half a millisecond a second each, in turns (presumably their Go runtime's own housekeeping).
  // That only ever adds, on all sides alike, so the least of several rounds is what was really asked of them.
  const least = (costs: readonly Cost[]) => Math.min(...costs.map(total));
  const net = (costs: readonly Cost[]) => Math.max(least(costs) - least(idle), 0);
  const own = median(files.map(({ client }) => client));
  const clientOf = (costs: readonly Cost[]) => median(costs.map(({ client }) => client)).toFixed(1);
  const each = (costs: readonly Cost[]) => costs.map((cost) => total(cost).toFixed(0)).join(' ');
  const spread = `ms/s idle ${each(idle)}, files ${each(files)}, streams ${each(streams)}, theirs ${each(peers)}; our process ${own.toFixed(1)}, with streams ${clientOf(streams)}, docker stats ${clientOf(peers)}`;
  const note = `${count} containers, ${measuredMs / 1000} s each, ${spread}`;
  const common = { peer: net(peers), peerName: 'docker stats', unit: 'ms CPU/s', note } as const;
  return [
    // The noise of an idle engine is larger than what reading files costs: never less than our own process took.
    benchRow({
      ...common,
      id: `P6-${count}-files`,
      what: `figures of ${count} containers, cgroup files`,
      ours: Math.max(net(files), own),
      must: 1 / 20,
    }),
    benchRow({ ...common, id: `P6-${count}-engine`, what: 'the same, one stats stream each', ours: net(streams), must: streamsMust }),
  ];
}

/** Milliseconds of processor time a second. */
interface Cost {
  readonly client: number;
  readonly engine: number;
}

function total({ client, engine }: Cost): number {
  return client + engine;
}

interface Client {
  /** CPU of the client so far, in milliseconds. */
  readonly cpuMs: () => number;
  readonly stop: () => Promise<void>;
}

/** What everything that belongs to the engine, and the client that `start` starts, take. */
async function measure(engine: TestDockerEngine, start: () => Promise<Client>): Promise<Cost> {
  const client = await start();
  const engineBefore = engineCpuMs(engine);
  // The walk through /proc is work of this process and must not count as the client's: its clock starts behind it.
  const clientBefore = client.cpuMs();
  await delay(measuredMs);
  const clientCost = ((client.cpuMs() - clientBefore) / measuredMs) * 1000;
  const engineCost = ((engineCpuMs(engine) - engineBefore) / measuredMs) * 1000;
  await client.stop();
  return { client: clientCost, engine: engineCost };
}

async function startNobody(): Promise<Client> {
  return { cpuMs: () => 0, stop: async () => undefined };
}

async function startOurs(engine: TestDockerEngine, figuresFrom: 'cgroup-files' | 'engine', count: number): Promise<Client> {
  const containers = openContainers(engine.endpoint, figuresFrom);
  await dataOf(containers.collect(never));
  const timer = setInterval(() => void containers.collect(never), 1_000);
  // The look at the disk comes every ten minutes, and would come in every one of these measurements.
  await waitFor(async () => (await dataOf(containers.collect(never))).engines[0]?.diskUse ?? null, {
    timeoutMs: 60_000,
    what: 'the first look at the disk use',
    everyMs: 1_000,
  });
  await delay(warmUpMs);
  return {
    cpuMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    stop: async () => {
      clearInterval(timer);
      const { containers: all } = await dataOf(containers.collect(never));
      const measured = all.filter(({ cpuCores }) => cpuCores !== null).length;
      if (measured !== count) throw new Error(`P6: ${measured} of ${count} containers have figures`);
      await containers.close();
    },
  };
}

async function startDockerStats(engine: TestDockerEngine): Promise<Client> {
  const env = { ...process.env, DOCKER_HOST: engine.endpoint, DOCKER_CONFIG: '/nonexistent' };
  const child = spawn('docker', ['stats'], { env, stdio: ['ignore', 'ignore', 'ignore'] });
  await delay(warmUpMs);
  return {
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** dockerd, containerd and all shims: they name the engine's own folder. */
function engineCpuMs(engine: TestDockerEngine): number {
  const directory = dirname(engine.socketPath);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && readOrEmpty(`/proc/${name}/cmdline`).includes(directory))
    .reduce((sum, name) => sum + cpuMsOf(Number(name)), 0);
}

/** Run time of all threads; the ticks of /proc/<pid>/stat are too coarse for 50 idle shims. */
function cpuMsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce(
    (sum, task) => sum + Number(readOrEmpty(`/proc/${pid}/task/${task}/schedstat`).split(' ')[0]) / 1e6,
    0,
  );
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
