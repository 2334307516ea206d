import { execFileSync, spawnSync } from 'node:child_process';
import { processes as systeminformationProcesses } from 'systeminformation';
import { type BenchRow, type BenchRun, benchRow, median } from './bench-row';
import { cpuMsOf } from './cpu-time';
import { rest, startCrowd } from './process-crowd';
import { createFactsSampler } from './process-facts';
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

/** P4: one sample of the process table as rows, with the evidence on each process. Without listening sockets, which the peers do not look at either: those are P5. */
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
  const figures = {
    ours: [] as number[],
    bare: [] as number[],
    systeminformation: [] as number[],
    ps: [] as number[],
    psutil: [] as number[],
  };
  // With everything on that the window shows; beside it the table alone, to see what the evidence adds once it is read.
  const full = createFactsSampler({ listeners: false, evidence: true });
  const bare = createFactsSampler({ listeners: false, evidence: false });
  for (let time = 0; time < warmUpSamples || full.pendingCount() > 0; time++) {
    await full.sample();
    await bare.sample();
  }
  for (let round = 0; round < rounds; round++) {
    // What the peers of the round before left on the heap is not ours to clear away.
    globalThis.gc?.();
    // As psutil below: the caches of the processor are warm, start-up is not counted.
    for (let time = 0; time < 5; time++) await full.sample();
    figures.ours.push(await cpuMsOf(60, full.sample));
    for (let time = 0; time < 5; time++) await bare.sample();
    figures.bare.push(await cpuMsOf(60, bare.sample));
    await rest(700);
    figures.systeminformation.push(await cpuMsOf(1, systeminformationProcesses));
    figures.ps.push(await cpuMsOf(5, () => execFileSync('ps', ['-eo', psColumns], { maxBuffer: 64 * 1024 * 1024 })));
    if (hasPsutil) figures.psutil.push(Number(execFileSync(python, ['-c', psutilScript], { encoding: 'utf8' })));
  }
  full.close();
  bare.close();
  const ours = median(figures.ours);
  const row = (peerName: string, values: readonly number[], must: number) =>
    benchRow({
      id: `P4 ${count}`,
      what: 'process table sample, all facts',
      ours,
      peer: median(values),
      peerName,
      unit: 'ms CPU',
      must,
      note,
    });
  return [
    row('our own table without evidence', figures.bare, 1.75),
    row('systeminformation processes()', figures.systeminformation, 1 / 40),
    row('ps -eo', figures.ps, 1 / 4),
    ...(hasPsutil ? [row('psutil process_iter', figures.psutil, 1 / 8)] : []),
  ];
}
