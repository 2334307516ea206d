import { execFileSync, spawnSync } from 'node:child_process';
import { processes as systeminformationProcesses } from 'systeminformation';
import { createProcessTable } from '../../src-main/collectors/processes/read-table';
import { createRowKeeper } from '../../src-main/collectors/processes/rows';
import { usualKernelUnits } from '../../src-main/platform/proc-constants';
import { type BenchRow, type BenchRun, benchRow, median } from './bench-row';
import { cpuMsOf } from './cpu-time';
import { rest, startCrowd } from './process-crowd';
import { processCount } from './process-tree';

const rounds = 5;
/** Two minutes: what is kept is read, and the compiler has done its work. */
const warmUpSamples = 60;
const psColumns = 'pid,ppid,user,pcpu,pmem,rss,stat,lstart,args';
const python = '/usr/bin/python3';
/** One warm-up, then ten samples: prints the processor milliseconds of one. Start-up of Python is not counted. */
const psutilScript = `
import psutil, time
names = ['pid','ppid','name','username','cpu_times','memory_info','status','create_time','cmdline']
sample = lambda: [p.info for p in psutil.process_iter(names)]
sample()
start = time.process_time()
for _ in range(10): sample()
print((time.process_time() - start) * 100)
`;

/** P4: one sample of the process table as rows. Without listening sockets, which the peers do not look at either: those are P5. */
export const run: BenchRun = async (say) => {
  if (process.platform !== 'linux') {
    say('P4 is measured on Linux only');
    return [];
  }
  const rows: BenchRow[] = [];
  const hasPsutil = spawnSync(python, ['-c', 'import psutil']).status === 0;
  if (!hasPsutil) say('P4 without psutil: it is not installed here (apt-get install python3-psutil)');
  for (const count of [300, 1_000]) {
    const crowd = await startCrowd(count);
    try {
      rows.push(...(await compare(count, hasPsutil)));
    } finally {
      await crowd.end();
    }
  }
  return rows;
};

async function compare(count: number, hasPsutil: boolean): Promise<readonly BenchRow[]> {
  const note = `${processCount()} processes`;
  const figures = { ours: [] as number[], systeminformation: [] as number[], ps: [] as number[], psutil: [] as number[] };
  // Two seconds pass between samples, so that what is looked at again every 10 and 120 s is in the figure.
  let nowMs = 0;
  const table = createProcessTable('/proc');
  const rows = createRowKeeper();
  const sources = { userOf: () => 'someone', listeningOf: () => undefined, evidenceOf: () => null };
  function sample(): void {
    nowMs += 2_000;
    rows.join(table.sample(nowMs), { nowMs, monotonicMs: nowMs, elapsedMs: 2_000, bootedAtMs: 0, units: usualKernelUnits }, sources);
  }
  for (let time = 0; time < warmUpSamples; time++) sample();
  for (let round = 0; round < rounds; round++) {
    // As psutil below: the caches of the processor are warm, start-up is not counted.
    for (let time = 0; time < 5; time++) sample();
    figures.ours.push(await cpuMsOf(20, sample));
    await rest(700);
    figures.systeminformation.push(await cpuMsOf(1, systeminformationProcesses));
    figures.ps.push(await cpuMsOf(5, () => execFileSync('ps', ['-eo', psColumns], { maxBuffer: 64 * 1024 * 1024 })));
    if (hasPsutil) figures.psutil.push(Number(execFileSync(python, ['-c', psutilScript], { encoding: 'utf8' })));
  }
  table.close();
  const ours = median(figures.ours);
  const row = (peerName: string, values: readonly number[], must: number) =>
    benchRow({ id: `P4 ${count}`, what: 'process table sample', ours, peer: median(values), peerName, unit: 'ms CPU', must, note });
  return [
    row('systeminformation processes()', figures.systeminformation, 1 / 40),
    row('ps -eo', figures.ps, 1 / 4),
    ...(hasPsutil ? [row('psutil process_iter', figures.psutil, 1 / 8)] : []),
  ];
}
