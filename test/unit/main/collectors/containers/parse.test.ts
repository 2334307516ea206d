import { describe, expect, it } from 'vitest';
import {
  findController,
  parseBlkio,
  parseCgroupPlaces,
  parseIoStat,
  parseKeyed,
  parseNetworkDevices,
  parseNumber,
} from '../../../../../src-main/collectors/containers/parse';

const id = '7079ca6c5e937bcf32ef093b6641f558dd9470c1f639eea29bc3b715e6348886';

describe('parseCgroupPlaces', () => {
  it('reads v1 with its joined controllers', () => {
    const places = parseCgroupPlaces(`9:name=systemd:/docker/${id}\n4:memory:/docker/${id}\n2:cpu,cpuacct:/docker/${id}\n0::/\n`, id);
    expect(places && findController(places, 'cpuacct')).toEqual({ mount: 'cpu,cpuacct', path: `/docker/${id}` });
    expect(places && findController(places, 'memory')).toEqual({ mount: 'memory', path: `/docker/${id}` });
    expect(places && findController(places, 'pids')).toBeNull();
    expect(places?.unified).toBeNull();
  });

  it('reads v2 of systemd and cuts off what the container made itself', () => {
    const places = parseCgroupPlaces(`0::/system.slice/docker-${id}.scope/init.scope\n`, id);
    expect(places).toEqual({ v1: new Map(), unified: `/system.slice/docker-${id}.scope` });
    const podman = parseCgroupPlaces(`0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope/container\n`, id);
    expect(podman?.unified).toBe(`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope`);
  });

  it('refuses a process that is not the container, and paths that lead elsewhere', () => {
    expect(parseCgroupPlaces('0::/system.slice/ssh.service\n', id)).toBeNull();
    expect(parseCgroupPlaces(`0::/../../docker-${id}.scope\n`, id)).toBeNull();
    expect(parseCgroupPlaces('', id)).toBeNull();
  });
});

describe('figures', () => {
  it('reads numbers and keyed files', () => {
    expect(parseNumber('581632\n')).toBe(581_632);
    expect(parseNumber('max\n')).toBeNull();
    const stat = 'inactive_file 7\ntotal_inactive_file 42\nusage_usec 9\n';
    expect(parseKeyed(stat, 'inactive_file')).toBe(7);
    expect(parseKeyed(stat, 'total_inactive_file')).toBe(42);
    expect(parseKeyed(stat, 'usage_usec')).toBe(9);
    expect(parseKeyed(stat, 'file')).toBeNull();
  });

  it('adds up devices', () => {
    expect(parseBlkio('8:0 Read 4096\n8:0 Write 10\n8:16 Read 1\n8:16 Total 11\nTotal 4107\n')).toEqual({
      readBytes: 4097,
      writtenBytes: 10,
    });
    expect(parseIoStat('8:0 rbytes=4096 wbytes=5 rios=1 wios=1 dbytes=9 dios=0\n8:16 rbytes=1 wbytes=2\n')).toEqual({
      readBytes: 4097,
      writtenBytes: 7,
    });
    expect(parseBlkio('Total 0\n')).toEqual({ readBytes: 0, writtenBytes: 0 });
  });

  it('adds up interfaces without the loopback', () => {
    const text = [
      'Inter-|   Receive                                                |  Transmit',
      ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
      '    lo:     999       0    0    0    0     0          0         0      999       0    0    0    0     0       0          0',
      '  eth0:     100       1    0    0    0     0          0         0       20       1    0    0    0     0       0          0',
      'eth1:5 1 0 0 0 0 0 0 6 1 0 0 0 0 0 0',
    ].join('\n');
    expect(parseNetworkDevices(text)).toEqual({ receivedBytes: 105, sentBytes: 26 });
  });
});
