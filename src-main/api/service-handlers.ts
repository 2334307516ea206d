import type { Handlers } from './dispatch';
import { RefusedRequest } from './refused-request';

type ServiceHandlers = Pick<Handlers, 'services.explain' | 'services.act'>;

export function createServiceHandlers(): ServiceHandlers {
  const notYet = () => Promise.reject(new RefusedRequest('refused', 'Not yet.'));
  return {
    'services.explain': notYet,
    'services.act': notYet,
  };
}
