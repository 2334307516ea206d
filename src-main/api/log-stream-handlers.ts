import type { Handlers } from './dispatch';
import { RefusedRequest } from './refused-request';

type LogStreamHandlers = Pick<Handlers, 'logs.open' | 'logs.next' | 'logs.close'>;

export function createLogStreamHandlers(): LogStreamHandlers {
  const notYet = () => Promise.reject(new RefusedRequest('refused', 'Not yet.'));
  return {
    'logs.open': notYet,
    'logs.next': notYet,
    'logs.close': notYet,
  };
}
