import type { RememberedRun } from '../../src-shared/runs';

export function rememberedRun(startedAtMs: number, over: Partial<RememberedRun> = {}): RememberedRun {
  return {
    identity: 'unix:///run/docker.sock compose shop/api',
    containerId: `${startedAtMs.toString(16).padStart(12, '0')}`,
    startedAtMs,
    lastedMs: 60_000,
    outcome: 'good',
    traits: [{ what: 'image', name: '', shown: 'api:1', token: 'api:1' }],
    ...over,
  };
}
