import type { Handlers } from './dispatch';
import { RefusedRequest } from './refused-request';

type ContainerHandlers = Pick<Handlers, 'containers.detail' | 'containers.act' | 'containers.shell'>;

export function createContainerHandlers(): ContainerHandlers {
  const notYet = () => Promise.reject(new RefusedRequest('refused', 'Not yet.'));
  return {
    'containers.detail': notYet,
    'containers.act': notYet,
    'containers.shell': notYet,
  };
}
