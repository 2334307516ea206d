import { describe, expect, it } from 'vitest';
import {
  parseAbout,
  parseAnyEvent,
  parseEvent,
  parseInfo,
  parseInspect,
  parseList,
  parseVersion,
} from '../../../../src-main/platform/container-engine-json';

const id = '7079ca6c5e937bcf32ef093b6641f558dd9470c1f639eea29bc3b715e6348886';
const never = '0001-01-01T00:00:00Z';

describe('parseInspect', () => {
  it('picks what is used', () => {
    const parsed = parseInspect({
      Id: id,
      Name: '/shop-api-1',
      Created: '2026-11-21T03:28:38.017405666Z',
      Path: 'node',
      Args: ['server.js', '--port=80'],
      RestartCount: 2,
      State: {
        Status: 'running',
        OOMKilled: false,
        Pid: 42,
        ExitCode: 0,
        StartedAt: '2026-11-21T03:28:39Z',
        FinishedAt: never,
        Health: { Status: 'healthy' },
      },
      Config: { Image: 'shop/api:1', Tty: true, Labels: { a: 'b' } },
      HostConfig: { Memory: 1024, NanoCpus: 0, CpuQuota: 50_000, CpuPeriod: 0, CpusetCpus: '0-3', NetworkMode: 'shop' },
      NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '53/udp': null } },
    });
    expect(parsed).toEqual({
      id,
      name: 'shop-api-1',
      image: 'shop/api:1',
      command: 'node server.js --port=80',
      state: 'running',
      health: 'healthy',
      createdAtMs: Date.parse('2026-11-21T03:28:38.017Z'),
      startedAtMs: Date.parse('2026-11-21T03:28:39Z'),
      finishedAtMs: null,
      exitCode: 0,
      oomKilled: false,
      restartCount: 2,
      labels: { a: 'b' },
      ports: [
        { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress: '0.0.0.0' },
        { containerPort: 53, protocol: 'udp', hostPort: null, hostAddress: null },
      ],
      tty: true,
      pid: 42,
      cpuLimitCores: 0.5,
      memoryLimitBytes: 1024,
      networkMode: 'shop',
      imageId: '',
      lastProbe: null,
      binds: [],
    });
  });

  it('lives with an engine that leaves almost everything out', () => {
    const parsed = parseInspect({ Id: id, State: { Status: 'weird', Health: 5 }, Config: { Labels: null } });
    expect(parsed).toMatchObject({
      name: id,
      state: 'dead',
      health: 'none',
      startedAtMs: null,
      pid: null,
      cpuLimitCores: null,
      ports: [],
      labels: {},
    });
  });

  it('demands an id that is safe in a path', () => {
    expect(() => parseInspect({ Id: '../../etc', State: {}, Config: {} })).toThrow();
  });

  it('takes the smallest of several CPU limits', () => {
    const limit = (host: object) =>
      parseInspect({
        Id: id,
        State: {},
        Config: {},
        HostConfig: { Memory: 0, NetworkMode: '', NanoCpus: 0, CpuQuota: 0, CpuPeriod: 0, CpusetCpus: '', ...host },
      }).cpuLimitCores;
    expect(limit({ NanoCpus: 1_500_000_000 })).toBe(1.5);
    expect(limit({ CpusetCpus: '0,2-3' })).toBe(3);
    expect(limit({ NanoCpus: 4e9, CpusetCpus: '1' })).toBe(1);
    expect(limit({ CpusetCpus: 'x' })).toBeNull();
  });
});

describe('lists, events, versions', () => {
  it('leaves out and counts entries that cannot be read', () => {
    expect(parseList([{ Id: id, Names: ['/a'], State: 'exited', Status: 'Exited (1)' }, { Id: 'x' }, null])).toEqual({
      entries: [{ id, name: 'a', state: 'exited', status: 'Exited (1)' }],
      malformedCount: 2,
    });
    expect(parseList({ message: 'no' })).toEqual({ entries: [], malformedCount: 0 });
  });

  it('reads events of Docker and of older engines', () => {
    const event = {
      Type: 'container',
      Action: 'kill',
      Actor: { ID: id, Attributes: { signal: '15', name: 'a' } },
      time: 5,
      timeNano: 5_250_000_000,
    };
    expect(parseEvent(event)).toEqual({ kind: 'event', action: 'kill', containerId: id, atMs: 5250, signal: '15', exitCode: null });
    expect(parseEvent({ status: 'die', id, time: 5 })).toMatchObject({ action: 'die', containerId: id, atMs: 5000, signal: null });
    expect(parseEvent({ Action: 'pull', Actor: { ID: 'busybox' } })).toBeNull();
    expect(parseEvent('nonsense')).toBeNull();
  });

  it('tells what changes the disk use from what does not', () => {
    const ofImage = (Action: string) => parseAnyEvent({ Type: 'image', Action, Actor: { ID: 'busybox' } });
    expect(ofImage('delete')).toEqual({ kind: 'other', changesStorage: true });
    expect(ofImage('tag')).toEqual({ kind: 'other', changesStorage: false });
    expect(parseAnyEvent({ Type: 'volume', Action: 'destroy' })).toMatchObject({ changesStorage: true });
    expect(parseAnyEvent({ Type: 'builder', Action: 'prune' })).toMatchObject({ changesStorage: true });
    expect(parseAnyEvent({ Type: 'container', Action: 'prune' })).toMatchObject({ kind: 'other', changesStorage: true });
    expect(parseAnyEvent({ Type: 'container', Action: 'die', Actor: { ID: id } })).toMatchObject({ kind: 'event', action: 'die' });
    expect(parseAnyEvent({ Type: 'plugin', Action: 'pull' })).toBeNull();
  });

  it('takes of networks only that a container left one, by the id of the container', () => {
    const ofNetwork = (Action: string, Attributes: object | null) =>
      parseAnyEvent({ Type: 'network', Action, Actor: { ID: 'c4b7569f692f', Attributes }, timeNano: 5e6 });
    expect(ofNetwork('disconnect', { container: id, name: 'none' })).toMatchObject({ action: 'disconnect', containerId: id, atMs: 5 });
    for (const [action, attributes] of [
      ['connect', { container: id }],
      ['disconnect', { container: '../x' }],
      ['destroy', null],
    ] as const)
      expect(ofNetwork(action, attributes)).toEqual({ kind: 'other', changesStorage: false });
  });

  it('knows one engine by its id and name, and where it keeps its data', () => {
    expect(parseAbout({ ID: 'A:B', Name: 'box', DockerRootDir: '/var/lib/docker', KernelVersion: '6.1.0' })).toEqual({
      uniqueId: 'A:B box',
      rootDirectory: '/var/lib/docker',
      kernelRelease: '6.1.0',
    });
    expect(parseAbout('x')).toEqual({ uniqueId: null, rootDirectory: null, kernelRelease: null });
  });

  it('tells Docker and Podman apart', () => {
    expect(parseVersion({ Version: '20.10.24', ApiVersion: '1.41', Components: [{ Name: 'Engine' }] })).toEqual({
      name: 'docker',
      version: '20.10.24',
      apiVersion: '1.41',
    });
    expect(parseVersion({ Version: '4.3.1', ApiVersion: '1.41', Components: [{ Name: 'Podman Engine' }] })?.name).toBe('podman');
    expect(parseVersion({ message: 'page not found' })).toBeNull();
    expect(parseInfo({ NCPU: 2, MemTotal: 1024 })).toEqual({ coreCount: 2, memoryTotalBytes: 1024 });
    expect(parseInfo(null)).toEqual({ coreCount: null, memoryTotalBytes: null });
  });
});
