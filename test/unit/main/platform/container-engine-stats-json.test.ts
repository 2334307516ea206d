import { describe, expect, it } from 'vitest';
import { parseStats } from '../../../../src-main/platform/container-engine-stats-json';

const never = '0001-01-01T00:00:00Z';

describe('parseStats', () => {
  it('reads v1 and v2 memory, all networks and block devices', () => {
    const parsed = parseStats({
      read: '2026-11-21T03:28:38.5Z',
      cpu_stats: { cpu_usage: { total_usage: 29 }, system_cpu_usage: 2395, online_cpus: 2 },
      memory_stats: { usage: 100, stats: { total_inactive_file: 10, inactive_file: 3 } },
      networks: { eth0: { rx_bytes: 1, tx_bytes: 2 }, eth1: { rx_bytes: 10, tx_bytes: 20 } },
      blkio_stats: {
        io_service_bytes_recursive: [
          { op: 'Read', value: 5 },
          { op: 'read', value: 1 },
          { op: 'Total', value: 9 },
        ],
      },
      pids_stats: { current: 7 },
    });
    expect(parsed).toMatchObject({
      cpuUsageNanoseconds: 29,
      memoryInactiveFileBytes: 10,
      networkReceivedBytes: 11,
      networkSentBytes: 22,
      blockReadBytes: 6,
      blockWrittenBytes: 0,
      processCount: 7,
    });
    expect(parseStats({ read: never, memory_stats: { usage: 9, stats: { inactive_file: 3 } } })).toMatchObject({
      memoryInactiveFileBytes: 3,
      networkReceivedBytes: null,
      cpuUsageNanoseconds: null,
    });
  });

  it('refuses what is no sample', () => {
    for (const json of ['x', null, 7, true, [], undefined]) expect(parseStats(json)).toBeNull();
  });

  it('takes what is not what it should be as unknown, never as a figure', () => {
    const unknown = {
      kind: 'stats',
      readAtMs: 0,
      cpuUsageNanoseconds: null,
      systemCpuNanoseconds: null,
      onlineCoreCount: null,
      memoryUsageBytes: null,
      memoryInactiveFileBytes: 0,
      networkReceivedBytes: null,
      networkSentBytes: null,
      blockReadBytes: null,
      blockWrittenBytes: null,
      processCount: null,
    };
    expect(parseStats({})).toEqual(unknown);
    expect(
      parseStats({
        read: 5,
        cpu_stats: { cpu_usage: [], system_cpu_usage: 4, online_cpus: 2 },
        memory_stats: { usage: '9', stats: { total_inactive_file: -1 } },
        networks: { eth0: { rx_bytes: 1, tx_bytes: 2 }, eth1: null },
        blkio_stats: { io_service_bytes_recursive: [{ op: 'read', value: 5 }, 'x'] },
        pids_stats: { current: Number.POSITIVE_INFINITY },
      }),
    ).toEqual(unknown);
    expect(
      parseStats({
        cpu_stats: { cpu_usage: { total_usage: null }, online_cpus: 0 },
        networks: { eth0: { rx_bytes: 'many', tx_bytes: 2 } },
        blkio_stats: { io_service_bytes_recursive: [{ op: 7, value: 5 }, { op: 'write' }] },
      }),
    ).toEqual({ ...unknown, networkSentBytes: 2, blockReadBytes: 0 });
  });
});
