import { describe, expect, it } from 'vitest';
import { deriveTraits } from '../../../../src-main/app/run-traits';
import type { EngineContainerDetail } from '../../../../src-main/platform/container-engine-detail';

const detail: EngineContainerDetail = {
  id: 'abc',
  image: 'api:1',
  imageId: 'sha256:0123456789abcdef',
  entrypoint: ['/entry'],
  command: ['serve', '--token', 's3cret'],
  workingDirectory: null,
  user: null,
  restartPolicy: 'no',
  privileged: false,
  mounts: [
    { kind: 'bind', source: '/srv', target: '/app', readOnly: true },
    { kind: 'volume', source: 'f'.repeat(64), target: '/cache', readOnly: false },
  ],
  networkMode: 'bridge',
  networks: [
    { name: 'shop', address: '10.0.0.2' },
    { name: 'back', address: null },
  ],
  environment: [{ name: 'PASSWORD', value: 's3cret' }],
  labels: [],
  healthProbes: [],
  orderedPorts: [
    { port: '80/tcp', hostAddress: null, hostPort: '8080' },
    { port: '80/tcp', hostAddress: '127.0.0.1', hostPort: null },
  ],
  limits: { memory: 64 * 1024 * 1024, cpus: 1.5 },
};
const hash = (text: string) => `#${text.length}`;

describe('deriveTraits', () => {
  it('is all that a run depends on, secrets hashed', () => {
    const traits = deriveTraits(detail, 'shop/api', hash);
    expect(traits.map(({ what, name, shown }) => [what, name, shown])).toEqual([
      ['image', '', 'api:1'],
      ['image-content', '', '0123456789ab'],
      ['command', '', '/entry serve --token [masked:secret:#22]'],
      ['environment', 'PASSWORD', null],
      ['port', '80/tcp', '127.0.0.1:(any), 8080'],
      ['mount', '/app', 'bind /srv (read-only)'],
      ['mount', '/cache', 'volume (anonymous)'],
      ['limit', 'memory', '64 MB'],
      ['limit', 'cpus', '1.5'],
      ['network', '', 'back, shop'],
    ]);
    expect(JSON.stringify(traits)).not.toContain('s3cret');
  });
  it('has another token for another value, another variable, another container', () => {
    const tokenOf = (identity: string, name: string, value: string) =>
      deriveTraits({ ...detail, environment: [{ name, value }] }, identity, (text) => text).find(({ what }) => what === 'environment')
        ?.token;
    const tokens = [tokenOf('a', 'X', '1'), tokenOf('a', 'X', '2'), tokenOf('a', 'Y', '1'), tokenOf('b', 'X', '1')];
    expect(new Set(tokens).size).toBe(4);
  });
});
