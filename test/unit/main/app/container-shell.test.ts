import { describe, expect, it } from 'vitest';
import { clientPrograms, shellCommand } from '../../../../src-main/app/container-shell';

const id = 'a'.repeat(64);
const docker = { name: 'docker', endpoint: 'unix:///run/docker.sock' } as const;
const podman = { name: 'podman', endpoint: 'unix:///run/podman/podman.sock' } as const;

describe('shellCommand', () => {
  it('names the engine it means', () => {
    expect(shellCommand('/usr/bin/docker', docker, id, 'linux').slice(0, 6)).toEqual([
      '/usr/bin/docker',
      '-H',
      docker.endpoint,
      'exec',
      '-it',
      id,
    ]);
    expect(shellCommand('podman', podman, id, 'linux').slice(0, 3)).toEqual(['podman', '--url', podman.endpoint]);
    expect(shellCommand('docker', podman, id, 'linux').slice(0, 3)).toEqual(['docker', '-H', podman.endpoint]);
    expect(shellCommand('docker.exe', docker, id, 'win32').slice(-2)).toEqual([id, 'sh']);
  });
  it('takes nothing but the id of a container', () => {
    expect(() => shellCommand('docker', docker, '; rm -rf /', 'linux')).toThrow('not the id');
  });
});

describe('clientPrograms', () => {
  it("takes the engine's own first", () => {
    expect(clientPrograms(podman, 'linux')).toEqual(['podman', 'docker']);
    expect(clientPrograms(docker, 'win32')).toEqual(['docker.exe', 'podman.exe']);
  });
});
