import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, type BenchRun, benchRow, median } from './bench-row';
import { cpuMsOf } from './cpu-time';
import { writeTrafficLog } from './traffic-log';

const rounds = 3;
const megabyte = 1_000_000;
const goaccessFlags = [
  '--log-format=%h %^ %e [%d:%t %^] "%r" %s %b "%R" "%u" %T',
  '--date-format=%d/%b/%Y',
  '--time-format=%T',
  '--no-progress',
  '--no-global-config',
];
const visitorPanels =
  'VISITORS HOSTS OS BROWSERS REFERRERS REFERRING_SITES KEYPHRASES NOT_FOUND REQUESTS_STATIC VIRTUAL_HOSTS REMOTE_USER CACHE_STATUS GEO_LOCATION MIME_TYPE TLS_TYPE';
const threePanels = ['--no-query-string', ...visitorPanels.split(' ').map((panel) => `--ignore-panel=${panel}`)];
/** Totals, hours, status and mean time of each path; no quantiles, no clients. */
const mawkProgram =
  '{ split($4, t, ":"); hour[t[2]]++; status[$9]++; sub(/\\?.*/, "", $7); gsub(/\\/[0-9]+/, "/:id", $7); key = substr($6, 2) " " $7; count[key]++; sum[key] += $NF; bytes += $10 } END { n = 0; for (key in count) n += count[key]; print NR, n, bytes }';
/** As in the research: the same outputs, a pattern for each line. */
const pythonProgram = join(process.cwd(), 'test', 'bench', 'traffic-seed.py');
const largeFlag = 'LOGSCOPE_BENCH_LARGE';

/** P1 and P2: whole processes, from their start to their end, on the same file in turn. */
export const run: BenchRun = async (say) => {
  const folder = mkdtempSync(join(tmpdir(), 'logscope-bench-traffic-'));
  try {
    return [...(await compareWithGoaccess(folder, say)), ...(await compareOnLarge(folder, say))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

async function compareWithGoaccess(folder: string, say: (line: string) => void): Promise<readonly BenchRow[]> {
  if (spawnSync('goaccess', ['--version']).error !== undefined) {
    say('P1 is not measured: goaccess is not installed here (apt-get install goaccess)');
    return [];
  }
  const file = join(folder, 'access-100.log');
  const { lines } = writeTrafficLog(file, 100 * megabyte);
  const goaccess = (more: readonly string[]) => () =>
    execFileSync('goaccess', [file, ...goaccessFlags, ...more, '-o', join(folder, 'out.json')], { stdio: 'ignore' });
  const figures = { ours: [] as number[], all: [] as number[], three: [] as number[] };
  report(file);
  for (let round = 0; round < rounds; round++) {
    figures.ours.push(await cpuMsOf(3, () => report(file)));
    figures.all.push(await cpuMsOf(1, goaccess([])));
    figures.three.push(await cpuMsOf(1, goaccess(threePanels)));
  }
  const row = (id: string, peerName: string, peer: readonly number[], must: number) =>
    benchRow({
      id,
      what: 'access log of 100 MB to JSON, whole process',
      ours: median(figures.ours),
      peer: median(peer),
      peerName,
      unit: 'ms CPU',
      must,
      note: `${lines} lines`,
    });
  return [row('P1 all', 'goaccess, all panels', figures.all, 1 / 20), row('P1 three', 'goaccess, 3 panels', figures.three, 1 / 10)];
}

async function compareOnLarge(folder: string, say: (line: string) => void): Promise<readonly BenchRow[]> {
  const isLarge = process.env[largeFlag] === '1';
  if (!isLarge) say(`P2 on 300 MB; ${largeFlag}=1 takes the gigabyte of the goal`);
  const megabytes = isLarge ? 1_000 : 300;
  const file = join(folder, `access-${megabytes}.log`);
  const quiet = { stdio: 'ignore' } as const;
  const peers = [
    { id: 'P2 mawk', program: 'mawk', probe: ['-W', 'version'], read: [mawkProgram, file], name: 'mawk, no quantiles', must: 1 / 3 },
    { id: 'P2 python', program: 'python3', probe: ['--version'], read: [pythonProgram, file], name: "the seed's algorithm", must: 1 / 8 },
  ].filter(({ id, program, probe }) => {
    const isHere = spawnSync(program, probe).status === 0;
    if (!isHere) say(`${id} is NOT MEASURED: ${program} is not installed here (apt-get install ${program})`);
    return isHere;
  });
  if (peers.length === 0) return [];
  const { lines } = writeTrafficLog(file, megabytes * megabyte);
  // What any program pays that looks at each byte for the ends of lines.
  const floor = spawnSync('wc', ['--version']).error === undefined ? () => execFileSync('wc', ['-l', file], quiet) : null;
  const ours: number[] = [];
  const floors: number[] = [];
  const theirs = peers.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    ours.push(await cpuMsOf(1, () => report(file)));
    if (floor !== null) floors.push(await cpuMsOf(3, floor));
    for (const [index, { program, read }] of peers.entries())
      theirs[index]?.push(await cpuMsOf(1, () => execFileSync(program, read, quiet)));
  }
  const floorNote = floors.length === 0 ? '' : `; wc -l takes ${Math.round(median(floors))} ms`;
  return peers.map(({ id, name, must }, index) =>
    benchRow({
      id,
      what: `access log of ${megabytes} MB, whole process`,
      ours: median(ours),
      peer: median(theirs[index] ?? []),
      peerName: name,
      unit: 'ms CPU',
      must,
      note: `${lines} lines${floorNote}`,
    }),
  );
}

/** As a person runs it. */
function report(file: string): void {
  execFileSync(process.execPath, [join(process.cwd(), 'scripts', 'logscope.mjs'), 'report', file, '--json'], {
    stdio: 'ignore',
    env: { ...process.env, LOGSCOPE_BUILT: '1' },
  });
}
