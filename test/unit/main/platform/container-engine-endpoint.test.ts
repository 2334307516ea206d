import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type EndpointSearch,
  findEngineEndpoints,
  isEngineInstalled,
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
  const found = findEngineEndpoints(search);
  if (found.kind !== 'found') throw new Error(found.detail);
  return found.candidates.map(({ text, origin }) => [text, origin]);
}

const meta = (host: string) => JSON.stringify({ Name: 'far', Endpoints: { docker: { Host: host, SkipTLSVerify: false } } });
const metaPath = (name: string) => `home/.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`;

describe('findEngineEndpoints', () => {
  it('prefers the explicit address, then DOCKER_HOST, then the context', () => {
    const { search } = machine({
      'home/.docker/config.json': '{"currentContext":"far"}',
      [metaPath('far')]: meta('unix:///far.sock'),
      'run/docker.sock': '',
    });
    const environment = { DOCKER_HOST: 'tcp://box:2375' };
    expect(origins(search({ explicit: { address: 'unix:///mine.sock', origin: 'settings' }, environment }))).toEqual([
      ['unix:///mine.sock', 'settings'],
    ]);
    expect(origins(search({ environment }))).toEqual([['tcp://box:2375', 'DOCKER_HOST']]);
    expect(origins(search())).toEqual([['unix:///far.sock', 'context far']]);
  });

  it('lets DOCKER_CONTEXT choose, and "default" mean the usual sockets', () => {
    const { root, search } = machine({
      'home/.docker/config.json': '{"currentContext":"default"}',
      [metaPath('other')]: meta('unix:///other.sock'),
      'run/docker.sock': '',
    });
    expect(origins(search({ environment: { DOCKER_CONTEXT: 'other' } }))).toEqual([['unix:///other.sock', 'context other']]);
    expect(origins(search())).toEqual([[`unix://${root}/run/docker.sock`, 'default socket']]);
  });

  it('says that a chosen context cannot be read instead of taking another engine', () => {
    const { search } = machine({ 'run/docker.sock': '', 'home/.docker/config.json': '{"currentContext":"lost"}' });
    expect(findEngineEndpoints(search())).toMatchObject({
      kind: 'unavailable',
      reason: 'not-running',
      detail: expect.stringContaining('"lost"'),
    });
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
