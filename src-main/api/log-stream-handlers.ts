import type { InputOf, NextLines, OpenedLog } from '../../src-shared/contract';
import type { Handlers } from './dispatch';
import { RefusedRequest } from './refused-request';

/** Null: there is no such log, or the stream was closed meanwhile. */
export interface LogStreamPort {
  open(input: InputOf<'logs.open'>): OpenedLog | null;
  next(input: InputOf<'logs.next'>): Promise<NextLines | null>;
  close(stream: string): boolean;
}

type LogStreamHandlers = Pick<Handlers, 'logs.open' | 'logs.next' | 'logs.close'>;

export function createLogStreamHandlers(streams: LogStreamPort): LogStreamHandlers {
  return {
    'logs.open': (input) => {
      const opened = streams.open(input);
      if (opened === null) throw new RefusedRequest('not-found', 'There is no such log here (any more).');
      return opened;
    },
    'logs.next': async (input) => {
      const lines = await streams.next(input);
      if (lines === null)
        throw new RefusedRequest('expired', 'This stream was closed: nobody asked about it for 30 s. Open the log again.');
      return lines;
    },
    'logs.close': ({ stream }) => ({ closed: streams.close(stream) }),
  };
}
