import type { Handlers } from './dispatch';
import { RefusedRequest } from './refused-request';

type PodHandlers = Pick<Handlers, 'pods.events'>;

export function createPodHandlers(): PodHandlers {
  const notYet = () => Promise.reject(new RefusedRequest('refused', 'Not yet.'));
  return {
    'pods.events': notYet,
  };
}
