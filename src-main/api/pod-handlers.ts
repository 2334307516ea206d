import type { KubernetesContexts, PodEvents } from '../../src-shared/contract/pods';
import type { Handlers } from './dispatch';

/** What is read of a cluster only when somebody asks. */
export interface PodsPort {
  events(namespace: string, name: string): Promise<PodEvents>;
  contexts(): Promise<KubernetesContexts>;
}

type PodHandlers = Pick<Handlers, 'pods.events' | 'pods.contexts'>;

export function createPodHandlers(pods: PodsPort): PodHandlers {
  return {
    'pods.events': ({ namespace, name }) => pods.events(namespace, name),
    'pods.contexts': () => pods.contexts(),
  };
}
