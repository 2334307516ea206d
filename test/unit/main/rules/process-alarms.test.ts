import { describe, expect, it, test } from 'vitest';
import { createListenerWatch } from '../../../../src-main/rules/new-listeners';
import { judgeProcessAlarms } from '../../../../src-main/rules/process-alarms';
import { createRestartWatch } from '../../../../src-main/rules/restart-watch';
import { defaultSettings } from '../../../../src-shared/settings';
import type { Process, ProcessFacts } from '../../../../src-shared/snapshots';
import { processesWithIds } from '../../../helpers/processes-with-ids';
import { processFacts } from './sample-facts';

const GB = 1024 ** 3;
const hour = 3_600_000;
const defaults = defaultSettings.processes.alarms;

function rows(...facts: Partial<ProcessFacts>[]): readonly Process[] {
  return processesWithIds(facts.map((over) => processFacts(over)));
}

function judge(processes: readonly Process[], over: Partial<Parameters<typeof judgeProcessAlarms>[0]> = {}) {
  return judgeProcessAlarms({ processes, memoryTotalBytes: 16 * GB, alarms: defaults, newListeners: [], restartLoops: [], ...over });
}

describe('alarms on a process', () => {
  it('is silent about an ordinary process, and about a busy one as long as nobody asked', () => {
    expect(judge(rows({ cpuCores: 7 }))).toEqual([]);
  });

  it('carries the time a condition must hold', () => {
    const alarms = { ...defaults, cpuCores: 0.9, cpuForSeconds: 30 };
    expect(judge(rows({ pid: 8, name: 'ffmpeg', cpuCores: 0.95 }), { alarms })).toEqual([
      {
        key: 'processes/id-8-5/cpu',
        source: 'processes',
        subject: 'ffmpeg (8)',
        level: 'warning',
        reason: {
          rule: 'process-cpu',
          text: 'Keeps at least 90 % of a core busy for 30 s',
          values: { percent: '90 %', seconds: 30 },
        },
        holdMs: 30_000,
        place: { section: 'processes', item: 'id-8-5' },
        sinceMs: null,
      },
    ]);
    expect(judge(rows({ rssBytes: 9 * GB })).map(({ key, holdMs }) => [key, holdMs])).toEqual([['processes/id-100-5/memory', 60_000]]);
  });

  test.each([
    ['three hours, much', { bytesPerHour: GB, overMs: 3 * hour }, ['process-leak']],
    ['not yet three hours', { bytesPerHour: GB, overMs: 2 * hour }, []],
    ['little beside what it holds', { bytesPerHour: 50 * 1024 ** 2, overMs: 3 * hour }, []],
    ['hardly anything', { bytesPerHour: 1024 ** 2, overMs: 3 * hour }, []],
    ['nothing steady', null, []],
  ] as const)('leak: %s', (_what, memoryTrend, rules) => {
    expect(judge(rows({ rssBytes: 2 * GB, memoryTrend })).map(({ reason }) => reason.rule)).toEqual(rules);
  });

  it('can be switched off one by one', () => {
    const off = { ...defaults, leaks: false, restartLoops: false, openListeners: false, firstSeenListeners: false, memoryRatio: 0 };
    const processes = rows({ pid: 7, rssBytes: 15 * GB, memoryTrend: { bytesPerHour: 2 * GB, overMs: 4 * hour } });
    const newListeners = [null, 80].map((openPort) => ({ processId: 'id-7-5', openPort, port: 80, firstSeenAtMs: 1 }));
    const restartLoops = [{ processId: 'id-7-5', startCount: 9, overMs: 60_000, startedBy: 'nodemon' }];
    expect(judge(processes, { newListeners, restartLoops })).toHaveLength(5);
    expect(judge(processes, { newListeners, restartLoops, alarms: off })).toEqual([]);
  });
});

const tcp = (port: number, address: string) => ({ protocol: 'tcp', address, port }) as const;

describe('listeners never seen before', () => {
  it('learns a machine in silence at the first start ever', () => {
    const remembered: unknown[] = [];
    const watch = createListenerWatch([], (seen) => remembered.push(...seen));
    expect(watch.look(rows({ exe: '/usr/sbin/sshd', listening: [tcp(22, '0.0.0.0')] }), 5)).toEqual([]);
    expect(remembered).toEqual([
      { exe: '/usr/sbin/sshd', openPort: null, firstSeenAtMs: 5 },
      { exe: '/usr/sbin/sshd', openPort: 22, firstSeenAtMs: 5 },
    ]);
  });

  it('tells an executable that never listened, once, for a quarter of an hour and as long as it listens', () => {
    const watch = createListenerWatch([{ exe: '/a', openPort: null }], () => undefined);
    const there = rows({ pid: 9, exe: '/opt/new', listening: [tcp(4000, '0.0.0.0')] });
    const news = [{ processId: 'id-9-5', openPort: null, port: 4000, firstSeenAtMs: 10 }];
    expect(watch.look(there, 10)).toEqual(news);
    expect(watch.look(there, 10 + 14 * 60_000)).toEqual(news);
    expect(watch.look(there, 10 + 15 * 60_000)).toEqual([]);
    expect(watch.look([], 11)).toEqual([]);
    expect(watch.look(there, 12)).toEqual([]);
  });

  it('is no news any more when the clock was set back', () => {
    const watch = createListenerWatch([{ exe: '/a', openPort: null }], () => undefined);
    const there = rows({ pid: 9, exe: '/opt/new', listening: [tcp(4000, '127.0.0.1')] });
    expect(watch.look(there, 10 * hour)).toHaveLength(1);
    expect(watch.look(there, 10 * hour - 59_000)).toHaveLength(1);
    expect(watch.look(there, hour)).toEqual([]);
    expect(watch.look(there, 10 * hour)).toEqual([]);
  });

  it('tells a known one that opens a port to others, not one at loopback nor one it always opened', () => {
    const known = [
      { exe: '/usr/bin/node', openPort: null },
      { exe: '/usr/bin/node', openPort: 80 },
    ];
    const watch = createListenerWatch(known, () => undefined);
    const listening = [tcp(80, '::'), tcp(3000, '127.0.0.1'), tcp(8080, '192.168.0.2')];
    expect(watch.look(rows({ exe: '/usr/bin/node', listening }), 1)).toEqual([
      { processId: 'id-100-5', openPort: 8080, port: 8080, firstSeenAtMs: 1 },
    ]);
  });

  it('counts the ports that the kernel hands out as one, and leaves forwarders of an engine alone', () => {
    const watch = createListenerWatch([{ exe: '/x', openPort: null }], () => undefined);
    expect(watch.look(rows({ exe: '/x', listening: [tcp(40_001, '0.0.0.0')] }), 1)).toHaveLength(1);
    expect(watch.look(rows({ exe: '/x', listening: [tcp(51_234, '0.0.0.0')] }), 20 * 60_000)).toEqual([]);
    expect(watch.look(rows({ exe: '/p', name: 'docker-proxy', listening: [tcp(80, '0.0.0.0')] }), 2)).toEqual([]);
  });
});

describe('restart loops', () => {
  const run = (count: number, over: Partial<ProcessFacts> = {}, watcher: string | null = 'nodemon') => {
    const watch = createRestartWatch();
    return Array.from({ length: count }, (_one, turn) =>
      watch.look(rows({ pid: 200 + turn, ppid: 50, startTicks: turn, exe: '/usr/bin/node', ...over }), turn * 20_000, () => watcher),
    ).at(-1);
  };

  it('is one from the fifth restart within ten minutes', () => {
    expect(run(5)).toEqual([]);
    expect(run(6)).toEqual([{ processId: 'id-205-5', startCount: 6, overMs: 100_000, startedBy: 'nodemon' }]);
  });

  it('is none where nothing watches it, where a unit or an engine does, or when they run side by side', () => {
    expect(run(20, {}, null)).toEqual([]);
    expect(run(20, { unit: 'shop.service' })).toEqual([]);
    expect(run(20, { container: 'c'.repeat(64) })).toEqual([]);
    const watch = createRestartWatch();
    const workers = Array.from({ length: 20 }, (_one, index) => ({ pid: 300 + index, ppid: 50, startTicks: index }));
    for (const order of [workers, [...workers].reverse(), workers]) expect(watch.look(rows(...order), 0, () => 'pm2')).toEqual([]);
  });

  it('is over when it stays up', () => {
    const watch = createRestartWatch();
    for (let turn = 0; turn < 7; turn += 1) watch.look(rows({ pid: 200 + turn, startTicks: turn }), turn * 10_000, () => 'pm2');
    const last = rows({ pid: 206, startTicks: 6 });
    expect(watch.look(last, 70_000, () => 'pm2')).toHaveLength(1);
    expect(watch.look(last, 70_000 + 10 * 60_000, () => 'pm2')).toEqual([]);
  });

  it('is over when the clock was set back', () => {
    const watch = createRestartWatch();
    const startMs = 10 * hour;
    for (let turn = 0; turn < 7; turn += 1) watch.look(rows({ pid: 200 + turn, startTicks: turn }), startMs + turn * 10_000, () => 'pm2');
    expect(watch.look(rows({ pid: 206, startTicks: 6 }), hour, () => 'pm2')).toEqual([]);
  });
});
