import { unavailable } from '../../../src-shared/reading';
import type { Collector } from '../collector';

export function createPodsCollector(): Collector<'pods'> {
  return {
    id: 'pods',
    everyMs: 2_000,
    timeoutMs: 10_000,
    collect: async () => unavailable('not-configured', 'No kubeconfig was looked for.'),
  };
}
