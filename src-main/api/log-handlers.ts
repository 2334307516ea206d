import type { InputOf, LogPage, LogPatterns, LogStorage, LogTimeline, NewerRecords, OpenedFrame } from '../../src-shared/contract';
import type { Handlers } from './dispatch';
import { RefusedRequest } from './refused-request';

/** Kept lines. What makes no sense (a query, an id that is gone) is refused with RefusedRequest. */
export interface LogPort {
  search(input: InputOf<'logs.search'>): Promise<LogPage>;
  newer(input: InputOf<'logs.newer'>): Promise<NewerRecords>;
  around(input: InputOf<'logs.around'>): Promise<LogPage>;
  timeline(input: InputOf<'logs.timeline'>): Promise<LogTimeline>;
  patterns(input: InputOf<'logs.patterns'>): Promise<LogPatterns>;
  markPattern(input: InputOf<'logs.mark-pattern'>): Promise<boolean>;
  openFrame(input: InputOf<'logs.open-frame'>): Promise<OpenedFrame>;
  storage(): Promise<LogStorage>;
}

type LogHandlers = Pick<
  Handlers,
  | 'logs.search'
  | 'logs.newer'
  | 'logs.around'
  | 'logs.timeline'
  | 'logs.patterns'
  | 'logs.mark-pattern'
  | 'logs.open-frame'
  | 'logs.storage'
>;

/** Null: this door keeps no lines (a one-shot command). */
export function createLogHandlers(port: LogPort | null): LogHandlers {
  function kept(): LogPort {
    if (port === null) throw new RefusedRequest('refused', 'Lines of logs are kept only while the window or `logscope serve` runs.');
    return port;
  }
  return {
    'logs.search': (input) => kept().search(input),
    'logs.newer': (input) => kept().newer(input),
    'logs.around': (input) => kept().around(input),
    'logs.timeline': (input) => kept().timeline(input),
    'logs.patterns': (input) => kept().patterns(input),
    'logs.mark-pattern': async (input) => ({ marked: await kept().markPattern(input) }),
    'logs.open-frame': (input) => kept().openFrame(input),
    'logs.storage': () => kept().storage(),
  };
}
