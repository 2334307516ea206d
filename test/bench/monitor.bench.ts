import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { startDockerEngine } from '../helpers/docker-engine';
import { startServing } from '../helpers/web-serve';
import { type BenchRow, type BenchRun, benchRow, median } from './bench-row';
import { processCount, treeCpuSeconds, treeOf } from './process-tree';

/**
 * P12: what it costs to watch in the background. `logscope serve` without a client (host and containers each second, logs
 * every 2 s, processes every 4 s, services by name every 5 s: src-main/engine/cadence.ts) beside Glances and htop at one refresh a
 * second, one after the other over the same 300 processes, 20 containers and 5 of their logs; each warmed up, then the median
 * of three stretches of 20 s.
 */
const wantedProcesses = 300;
const wantedContainers = 20;
const loggingContainers = 5;
/** Background monitors run for days: what compiling costs in the first minutes is not what they cost. The same for each. */
const warmUpMs = 90_000;
const measuredMs = 20_000;
const stretches = 3;

export const run: BenchRun = async (say) => {
  if (process.platform !== 'linux') {
    say('P12 is measured on Linux only');
    return [];
  }
  const engine = await startDockerEngine('shared');
  if ('unavailable' in engine) say(`P12 without containers: ${engine.unavailable}`);
  const sleepers: ChildProcess[] = [];
  try {
    const containers = 'unavailable' in engine ? 0 : wantedContainers;
    if ('run' in engine) {
      for (let index = 0; index < containers; index += 1) {
        const command = index < loggingContainers ? 'while :; do echo "worker line $(date)"; sleep 1; done' : 'sleep 100000';
        await engine.run(['--name', `bench-${index}`], 'sh', '-c', command);
      }
    }
    for (let missing = wantedProcesses - processCount(); missing > 0; missing -= 1)
      sleepers.push(spawn('sleep', ['100000'], { stdio: 'ignore' }));
    const note = `headless cadences (processes every 4 s); ${processCount()} processes, ${containers} containers, ${Math.min(containers, loggingContainers)} logs, median of ${stretches} x ${measuredMs / 1000} s each`;

    const ours = await measureOurs('endpoint' in engine ? engine.endpoint : 'unix:///nonexistent');
    say(`P12 logscope serve: ${ours.toFixed(2)} % of a core`);
    const rows: BenchRow[] = [];
    for (const peer of [
      { command: 'glances -t 1', must: 0.25 },
      { command: 'htop -d 10', must: 1 },
    ]) {
      const theirs = await measureTerminalProgram(peer.command);
      if (theirs === null) say(`P12 without ${peer.command}: it is not installed here (apt-get install glances htop)`);
      else {
        const common = { id: 'P12', what: 'background monitor, no window', ours, unit: '% of a core', note };
        rows.push(benchRow({ ...common, peer: theirs, peerName: peer.command, must: peer.must }));
      }
    }
    return rows;
  } finally {
    for (const sleeper of sleepers) sleeper.kill('SIGKILL');
    if ('stop' in engine) await engine.stop();
  }
};

async function measureOurs(endpoint: string): Promise<number> {
  const serving = await startServing(['--engine', endpoint]);
  try {
    return await percentOfCore(() => serving.pid);
  } finally {
    await serving.stop();
  }
}

/** In a pseudo-terminal of 200x50, which `script` provides; its own cost is left out. Null when the program is not there. */
async function measureTerminalProgram(command: string): Promise<number | null> {
  const [program = ''] = command.split(' ');
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error) return null;
  const child = spawn('script', ['-qfec', `stty cols 200 rows 50; exec ${command}`, '/dev/null'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, TERM: 'xterm-256color' },
  });
  const gone = once(child, 'close');
  try {
    return await percentOfCore(() => treeOf(child.pid ?? 0)[1] ?? 0);
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}

async function percentOfCore(findPid: () => number): Promise<number> {
  await delay(warmUpMs);
  const pid = findPid();
  const percents: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const before = treeCpuSeconds(pid);
    const startedAt = performance.now();
    await delay(measuredMs);
    percents.push(((treeCpuSeconds(pid) - before) / ((performance.now() - startedAt) / 1000)) * 100);
  }
  return median(percents);
}
