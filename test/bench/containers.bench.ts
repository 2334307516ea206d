import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataOf, never, openContainers } from '../helpers/container-parts';
import { startDockerEngine, type TestDockerEngine } from '../helpers/docker-engine';
import { type BenchRow, type BenchRun, benchRow, median } from './bench-row';

/**
 * P6: CPU of client, engine, containerd and shims for figures of all containers once a second, net of what the same engine
 * takes with nobody asking. Beside `docker stats` streaming; each for some seconds, in turns.
 */
const containerCounts = [50, 100];
const measuredMs = 10_000;
const warmUpMs = 3_000;
const rounds = 3;
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
  const idle: Cost[] = [];
  const files: Cost[] = [];
  const streams: Cost[] = [];
  const peers: Cost[] = [];
  for (let round = 0; round < rounds; round += 1) {
    idle.push(await measure(engine, startNobody));
    files.push(await measure(engine, () => startOurs(engine, 'cgroup-files', count)));
    streams.push(await measure(engine, () => startOurs(engine, 'engine', count)));
    peers.push(await measure(engine, () => startDockerStats(engine)));
  }
  const total = ({ client, engine: server }: Cost) => client + server;
  const idleEach = idle.map(total);
  // Beside the idle time of the same round: what shims do for themselves drifts by more than reading files costs.
  const net = (costs: readonly Cost[], leastMs: number) =>
    Math.max(median(costs.map((cost, round) => total(cost) - (idleEach[round] ?? 0))), leastMs);
  const own = median(files.map(({ client }) => client));
  const spread = `idle engine ${idleEach.map((cost) => cost.toFixed(1)).join(', ')} ms/s; our process ${own.toFixed(1)} ms/s`;
  const note = `${count} containers, ${rounds} x ${measuredMs / 1000} s, ${spread}`;
  const common = { peer: net(peers, 0), peerName: 'docker stats', unit: 'ms CPU/s', note } as const;
  return [
    // The noise of an idle engine is larger than what reading files costs: never less than our own process took.
    benchRow({
      ...common,
      id: `P6-${count}-files`,
      what: `figures of ${count} containers, cgroup files`,
      ours: net(files, own),
      must: 1 / 20,
    }),
    benchRow({ ...common, id: `P6-${count}-engine`, what: 'the same, one stats stream each', ours: net(streams, 0), must: streamsMust }),
  ];
}

/** Milliseconds of processor time a second. */
interface Cost {
  readonly client: number;
  readonly engine: number;
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
