import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type EndpointSearch,
  findEngineEndpoints,
  isEngineInstalled,
  lookAtEndpoint,
  parseEngineAddress,
} from '../../../../src-main/platform/container-engine-endpoint';
import { judgeConnectionError, judgeNoSocket } from '../../../../src-main/platform/container-engine-errors';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

function machine(files: Readonly<Record<string, string>> = {}) {
  const root = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const search = (change: Partial<EndpointSearch> = {}): EndpointSearch => ({
    explicit: null,
    environment: { XDG_RUNTIME_DIR: join(root, 'user'), PATH: join(root, 'bin') },
    homeDirectory: join(root, 'home'),
    platform: 'linux',
    runDirectory: join(root, 'run'),
    ...change,
  });
  return { root, search };
}

function origins(search: EndpointSearch): readonly (readonly [text: string, origin: string])[] {
  return findEngineEndpoints(search).map((found) => {
    const { text, origin } = found.kind === 'usable' ? found.endpoint : found;
    return [text, origin];
  });
}

const meta = (host: string, name: string) => JSON.stringify({ Name: name, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } });
const metaPath = (name: string) => `home/.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`;

describe('findEngineEndpoints', () => {
  it('finds them all, the most wanted first: DOCKER_HOST, the chosen context, usual sockets, other contexts', () => {
    const { root, search } = machine({
      'home/.docker/config.json': '{"currentContext":"far"}',
      [metaPath('far')]: meta('unix:///far.sock', 'far'),
      [metaPath('other')]: meta('ssh://me@box', 'other'),
      'run/docker.sock': '',
    });
    const environment = { DOCKER_HOST: 'tcp://box:2375', CONTAINER_HOST: 'unix:///pod.sock' };
    expect(origins(search({ environment }))).toEqual([
      ['tcp://box:2375', 'DOCKER_HOST'],
      ['unix:///pod.sock', 'CONTAINER_HOST'],
      ['unix:///far.sock', 'context far'],
      [`unix://${root}/run/docker.sock`, 'default socket'],
      ['ssh://me@box', 'context other'],
    ]);
    expect(findEngineEndpoints(search()).map(({ kind, named }) => [kind, named])).toEqual([
      ['usable', true],
      ['usable', false],
      ['unusable', true],
    ]);
  });

  it('takes an explicit address as the only one', () => {
    const { search } = machine({ 'run/docker.sock': '' });
    const explicit = { address: 'unix:///mine.sock', origin: 'settings' };
    expect(origins(search({ explicit, environment: { DOCKER_HOST: 'tcp://box:2375' } }))).toEqual([['unix:///mine.sock', 'settings']]);
  });

  it('lists a place once, however many ways lead to it', () => {
    const { root, search } = machine({ 'run/podman/podman.sock': '' });
    symlinkSync(join(root, 'run/podman/podman.sock'), join(root, 'run/docker.sock'));
    const environment = { DOCKER_HOST: `unix://${root}/run/../run/podman/podman.sock` };
    expect(origins(search({ environment }))).toEqual([[environment.DOCKER_HOST, 'DOCKER_HOST']]);
    expect(origins(search({ environment: { DOCKER_HOST: 'tcp://box:2375', CONTAINER_HOST: 'tcp://box:2375' } }))).toHaveLength(2);
  });

  it('lets DOCKER_CONTEXT choose, and "default" mean the usual sockets', () => {
    const { root, search } = machine({
      'home/.docker/config.json': '{"currentContext":"default"}',
      [metaPath('other')]: meta('unix:///other.sock', 'other'),
      'run/docker.sock': '',
    });
    const usual = [`unix://${root}/run/docker.sock`, 'default socket'];
    const other = ['unix:///other.sock', 'context other'];
    expect(origins(search({ environment: { DOCKER_CONTEXT: 'other' } }))).toEqual([other, usual]);
    expect(origins(search())).toEqual([usual, other]);
  });

  it('says that a chosen context cannot be read', () => {
    const { search } = machine({ 'home/.docker/config.json': '{"currentContext":"lost"}' });
    expect(findEngineEndpoints(search())).toMatchObject([
      { kind: 'unusable', origin: 'context lost', why: { reason: 'not-running', detail: expect.stringContaining('"lost"') } },
    ]);
  });

  it('lives with a broken configuration file', () => {
    const { root, search } = machine({ 'run/docker.sock': '', 'home/.docker/config.json': '{"currentContext":' });
    expect(origins(search())).toEqual([[`unix://${root}/run/docker.sock`, 'default socket']]);
  });

  it('lists the usual sockets that exist, Docker before Podman', () => {
    const { root, search } = machine({
      'user/podman/podman.sock': '',
      'run/podman/podman.sock': '',
      'home/.docker/desktop/docker.sock': '',
      'home/.colima/default/docker.sock': '',
    });
    expect(origins(search())).toEqual([
      [`unix://${root}/home/.docker/desktop/docker.sock`, 'Docker Desktop socket'],
      [`unix://${root}/home/.colima/default/docker.sock`, 'Colima socket'],
      [`unix://${root}/user/podman/podman.sock`, 'Podman user socket'],
      [`unix://${root}/run/podman/podman.sock`, 'Podman socket'],
    ]);
    expect(origins(machine().search())).toEqual([]);
    expect(origins(search({ platform: 'win32' }))[0]).toEqual(['npipe:////./pipe/docker_engine', 'default pipe']);
  });
});

describe('lookAtEndpoint', () => {
  it('changes when a socket comes, goes, gets other rights or is made anew, and never connects', () => {
    const { root } = machine({ 'run/docker.sock': '' });
    const path = join(root, 'run/docker.sock');
    const look = () => lookAtEndpoint({ kind: 'socket', path });
    const first = look();
    expect(first).toBe(look());
    chmodSync(path, 0o600);
    const second = look();
    expect(second).not.toBe(first);
    rmSync(path);
    expect(look()).toBe('nothing');
    writeFileSync(path, '');
    expect(look()).not.toBe(second);
    expect(lookAtEndpoint({ kind: 'tcp', host: 'box', port: 1, tls: null })).toBeNull();
  });
});

describe('parseEngineAddress', () => {
  it('reads sockets, pipes and hosts', () => {
    expect(parseEngineAddress('unix:///a b/docker.sock', null)).toEqual({ kind: 'socket', path: '/a b/docker.sock' });
    expect(parseEngineAddress('/var/run/docker.sock', null)).toEqual({ kind: 'socket', path: '/var/run/docker.sock' });
    expect(parseEngineAddress('npipe:////./pipe/docker_engine', null)).toEqual({ kind: 'socket', path: '//./pipe/docker_engine' });
    expect(parseEngineAddress('tcp://box', null)).toEqual({ kind: 'tcp', host: 'box', port: 2375, tls: null });
    expect(parseEngineAddress('tcp://[::1]:99', null)).toEqual({ kind: 'tcp', host: '::1', port: 99, tls: null });
    expect(parseEngineAddress('https://box', null)).toMatchObject({ port: 2376, tls: { verify: true } });
  });
  it('refuses ssh, which would accept any host key, and nonsense', () => {
    expect(parseEngineAddress('ssh://me@box', null)).toMatchObject({
      reason: 'unsupported-platform',
      hint: expect.stringContaining('ssh -nNT'),
    });
    expect(parseEngineAddress('box:2375', null)).toMatchObject({ kind: 'unavailable' });
    expect(parseEngineAddress('tcp://a b', null)).toMatchObject({ kind: 'unavailable' });
  });
});

describe('what an errno means', () => {
  const endpoint = {
    address: { kind: 'socket', path: '/run/docker.sock' },
    text: 'unix:///run/docker.sock',
    origin: 'default socket',
  } as const;

  it.each([
    ['ENOENT', true, 'not-running'],
    ['ENOENT', false, 'not-installed'],
    ['ECONNREFUSED', false, 'not-running'],
    ['EACCES', true, 'permission-denied'],
    ['ETIMEDOUT', true, 'not-running'],
    ['ECONNRESET', true, 'not-running'],
    [null, true, 'not-running'],
  ] as const)('%s, installed %s: %s', (code, installed, reason) => {
    expect(judgeConnectionError(code, endpoint, installed)).toMatchObject({ kind: 'unavailable', reason, hint: expect.any(String) });
  });

  it('warns that the docker group equals root', () => {
    expect(judgeConnectionError('EACCES', endpoint, true).hint).toMatch(/equals root.*rootless/);
  });

  it('knows installed from not installed by the PATH', () => {
    const { search } = machine({ 'bin/podman': '' });
    expect(isEngineInstalled(search())).toBe(true);
    expect(isEngineInstalled(machine().search())).toBe(false);
    expect([judgeNoSocket(true).reason, judgeNoSocket(false).reason]).toEqual(['not-running', 'not-installed']);
  });
});
