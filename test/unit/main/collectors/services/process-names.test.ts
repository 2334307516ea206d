import { expect, test } from 'vitest';
import type { ProcessStat } from '../../../../../src-main/collectors/services/parse-processes';
import { createProcessNameSearch } from '../../../../../src-main/collectors/services/process-names';
import type { ProcessTable } from '../../../../../src-main/collectors/services/read-process-table';

const units = { ticksPerSecond: 100, pageBytes: 4_096 };

function entry(pid: number, comm: string, more: Partial<ProcessStat> = {}): ProcessStat {
  return { pid, ppid: 1, comm, state: 'S', cpuTicks: 10, startTicks: pid, threadCount: 2, rssPages: 3, ...more };
}

/** A search over tables that the test sets, two seconds apart. */
function searchOver(options: { readonly contained?: readonly number[]; readonly programs?: Readonly<Record<number, string>> } = {}) {
  let processes: readonly ProcessStat[] = [];
  let monotonicMs = 0;
  const readTable = async (): Promise<ProcessTable> => ({
    processes,
    units,
    programName: ({ pid }) => options.programs?.[pid] ?? null,
    isContained: ({ pid }) => options.contained?.includes(pid) ?? false,
  });
  const search = createProcessNameSearch(readTable, { nowMs: () => 0, monotonicMs: () => monotonicMs }, 2_000);
  return async (table: readonly ProcessStat[], watch: readonly string[] = [], ignore: readonly string[] = []) => {
    processes = table;
    monotonicMs += 2_000;
    return search.collect({ watch, ignore }, AbortSignal.timeout(1_000));
  };
}

const states = (facts: Awaited<ReturnType<ReturnType<typeof searchOver>>>) => facts.map((one) => `${one.unit}: ${one.state}`);

test('only daemons that run are shown, with the figures of all their processes and the head of the family', async () => {
  const collect = searchOver();
  const table = [entry(10, 'bash'), entry(30, 'nginx', { ppid: 20 }), entry(20, 'nginx'), entry(40, 'nginx', { ppid: 20 })];
  expect(await collect(table)).toEqual([
    {
      unit: 'nginx',
      kind: 'service',
      timer: null,
      socket: null,
      scope: 'system',
      description: 'nginx, 3 processes',
      loadState: 'loaded',
      activeState: 'active',
      subState: 'running',
      state: 'active',
      watched: true,
      mainPid: 20,
      cpuCores: null,
      memoryBytes: 3 * 3 * 4_096,
      taskCount: 6,
      restartCount: null,
      result: null,
      exitStatus: null,
      stateSinceMs: null,
    },
  ]);
});

test('idle without processor time between two samples, and again only after ten quiet seconds', async () => {
  const collect = searchOver();
  const at = (cpuTicks: number) => collect([entry(7, 'cron', { cpuTicks })]);
  expect(states(await at(10))).toEqual(['cron: active']);
  expect(states(await at(10))).toEqual(['cron: active (idle)']);
  const busy = await at(110);
  expect(busy[0]).toMatchObject({ state: 'active', cpuCores: 0.5 });
  for (let quietMs = 2_000; quietMs < 10_000; quietMs += 2_000) expect(states(await at(110))).toEqual(['cron: active']);
  expect(states(await at(110))).toEqual(['cron: active (idle)']);
});

test('a zombie is failed, unless another process of the service lives', async () => {
  const collect = searchOver();
  expect(await collect([entry(7, 'sshd', { state: 'Z' })])).toMatchObject([
    { unit: 'ssh', state: 'failed (zombie)', activeState: 'failed' },
  ]);
  expect(states(await collect([entry(7, 'sshd', { state: 'Z' }), entry(9, 'sshd')]))).toEqual(['ssh: active']);
});

test('a name of the settings is shown when nothing runs, by its own name or as a known service', async () => {
  const collect = searchOver();
  expect(states(await collect([entry(7, 'my-app')], ['my-app', 'other.service', 'sshd', 'nginx']))).toEqual([
    'my-app: active',
    'nginx: inactive',
    'other: inactive',
    'sshd: inactive',
  ]);
  expect(states(await collect([entry(7, 'nginx'), entry(8, 'cron')], [], ['nginx.service']))).toEqual(['cron: active']);
});

test('a daemon inside a container is not a service of the machine', async () => {
  expect(await searchOver({ contained: [7] })([entry(7, 'nginx')])).toEqual([]);
});

test('a name the kernel cut at 15 bytes must be in the command line in full', async () => {
  const collect = searchOver({ programs: { 7: 'systemd-timesyncd', 8: 'systemd-timesync-helper', 9: 'systemd-resolved' } });
  const cut = 'systemd-timesyn';
  expect(states(await collect([entry(8, cut), entry(9, 'systemd-resolve')]))).toEqual(['systemd-resolved: active']);
  expect(states(await collect([entry(7, cut)]))).toEqual(['systemd-timesyncd: active']);
});

test('a process that came or went makes no rate', async () => {
  const collect = searchOver();
  await collect([entry(7, 'cron', { cpuTicks: 10 })]);
  expect((await collect([entry(7, 'cron', { cpuTicks: 20 }), entry(8, 'cron', { ppid: 7, cpuTicks: 500 })]))[0]?.cpuCores).toBeNull();
});
