import { describe, expect, it } from 'vitest';
import { parseDetail, parseImage } from '../../../../src-main/platform/container-engine-detail-json';
import { parseEvent, parseInspect } from '../../../../src-main/platform/container-engine-json';

const id = 'a'.repeat(64);

describe('parseDetail', () => {
  it('picks what a person may want to see', () => {
    const detail = parseDetail({
      Id: id,
      Image: 'sha256:11',
      State: {
        Health: {
          Status: 'unhealthy',
          FailingStreak: 2,
          Log: [
            { Start: '', End: '2026-11-21T12:00:00Z', ExitCode: 0, Output: 'old' },
            { Start: '', End: '2026-11-21T12:00:01Z', ExitCode: 1, Output: 'x'.repeat(9_000) },
          ],
        },
      },
      Config: {
        Image: 'api:1',
        Entrypoint: '/entry',
        Cmd: ['a', 'b'],
        WorkingDir: '',
        User: '1000',
        Env: ['A=1=2', 'BARE'],
        Labels: { k: 'v' },
      },
      HostConfig: {
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
        Privileged: true,
        NetworkMode: 'shop',
        PortBindings: {
          '80/tcp': [
            { HostIp: '', HostPort: '8080' },
            { HostIp: '127.0.0.1', HostPort: '0' },
          ],
          '53/udp': null,
        },
        Memory: 1024,
        MemorySwap: -1,
        NanoCpus: 1_500_000_000,
        PidsLimit: null,
      },
      Mounts: [
        { Type: 'bind', Source: '/srv', Destination: '/app', RW: false },
        { Type: 'volume', Name: 'data', Source: '/var/lib/docker/volumes/data/_data', Destination: '/data', RW: true },
      ],
      NetworkSettings: { Networks: { shop: { IPAddress: '10.0.0.2' }, none: null } },
    });
    expect(detail).toMatchObject({
      entrypoint: ['/entry'],
      command: ['a', 'b'],
      workingDirectory: null,
      user: '1000',
      restartPolicy: 'on-failure:3',
      privileged: true,
      mounts: [
        { kind: 'bind', source: '/srv', target: '/app', readOnly: true },
        { kind: 'volume', source: 'data', target: '/data', readOnly: false },
      ],
      networks: [
        { name: 'shop', address: '10.0.0.2' },
        { name: 'none', address: null },
      ],
      environment: [
        { name: 'A', value: '1=2' },
        { name: 'BARE', value: '' },
      ],
      labels: [{ name: 'k', value: 'v' }],
      orderedPorts: [
        { port: '80/tcp', hostAddress: null, hostPort: '8080' },
        { port: '80/tcp', hostAddress: '127.0.0.1', hostPort: null },
      ],
      limits: { memory: 1024, cpus: 1.5 },
    });
    expect(detail.healthProbes.map(({ exitCode, output }) => [exitCode, output.length])).toEqual([
      [1, 4_096],
      [0, 3],
    ]);
  });
  it('does with the least, and with fields of the wrong kind', () => {
    const least = parseDetail({ Config: {} });
    expect(least).toMatchObject({
      image: '',
      entrypoint: [],
      environment: [],
      mounts: [],
      restartPolicy: 'no',
      limits: {},
      networkMode: '',
    });
    const odd = { Config: { Env: 7, Cmd: {}, Labels: [] }, HostConfig: 'x', Mounts: {}, NetworkSettings: 1, State: 'y' };
    expect(parseDetail(odd)).toMatchObject({ environment: [], command: [], labels: [], mounts: [], networks: [], healthProbes: [] });
    expect(() => parseDetail(null)).toThrow();
  });
});

describe('parseImage', () => {
  it('tells content, digest and when the name was given', () => {
    const json = {
      Id: 'sha256:1',
      RepoDigests: ['api@sha256:9'],
      Created: '2026-01-01T00:00:00Z',
      Metadata: { LastTagTime: '2026-02-01T00:00:00Z' },
    };
    expect(parseImage(json)).toEqual({
      id: 'sha256:1',
      digest: 'api@sha256:9',
      createdAtMs: Date.UTC(2026, 0, 1),
      taggedAtMs: Date.UTC(2026, 1, 1),
    });
    expect(parseImage({ Id: 'sha256:1', Metadata: { LastTagTime: '0001-01-01T00:00:00Z' } })).toMatchObject({
      createdAtMs: null,
      taggedAtMs: null,
    });
    expect(parseImage({})).toBeNull();
  });
});

describe('what inspect and events tell beyond the row', () => {
  it('gives the last probe cut for the row, the binds and the image', () => {
    const json = {
      Id: id,
      Image: 'sha256:11',
      State: {
        Status: 'running',
        Health: { Status: 'unhealthy', FailingStreak: 4, Log: [{ End: '', ExitCode: 2, Output: 'y'.repeat(800) }] },
      },
      Config: { Image: 'api:1' },
      Mounts: [
        { Type: 'bind', Source: '/srv', Destination: '/app', RW: true },
        { Type: 'tmpfs', Destination: '/tmp' },
      ],
    };
    expect(parseInspect(json)).toMatchObject({
      imageId: 'sha256:11',
      binds: [{ source: '/srv', readOnly: false }],
      lastProbe: { exitCode: 2, output: 'y'.repeat(500), endedAtMs: null, failingStreak: 4 },
    });
    expect(parseInspect({ Id: id, State: {}, Config: {} })).toMatchObject({ imageId: '', binds: [], lastProbe: null });
  });
  it('gives the exit code of a die event, of Docker and of Podman', () => {
    const die = (Attributes: Record<string, string>) => parseEvent({ Action: 'die', Actor: { ID: id, Attributes }, time: 1 })?.exitCode;
    expect(die({ exitCode: '137' })).toBe(137);
    expect(die({ containerExitCode: '1' })).toBe(1);
    expect(die({ exitCode: 'x' })).toBeNull();
    expect(die({})).toBeNull();
  });
});
