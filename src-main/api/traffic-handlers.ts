import type { InputOf, OutputOf, RequestName } from '../../src-shared/contract';
import type { Handlers } from './dispatch';
import { RefusedRequest } from './refused-request';

type TrafficRequest = Extract<RequestName, `traffic.${string}`>;
type Ask<Name extends TrafficRequest> = (input: InputOf<Name>) => Promise<OutputOf<Name>>;

/** Access logs as figures. What makes no sense is refused with RefusedRequest. */
export interface TrafficPort {
  readonly sources: () => Promise<OutputOf<'traffic.sources'>>;
  readonly preview: Ask<'traffic.preview'>;
  readonly open: Ask<'traffic.open'>;
  readonly figures: Ask<'traffic.figures'>;
  readonly cancel: Ask<'traffic.cancel'>;
  readonly close: Ask<'traffic.close'>;
  readonly exportReport: Ask<'traffic.export'>;
  readonly prompt: Ask<'traffic.prompt'>;
  readonly ask: Ask<'traffic.ask'>;
}

/** Null: this door opens no logs (a one-shot command). */
export function createTrafficHandlers(port: TrafficPort | null): Pick<Handlers, TrafficRequest> {
  function opened(): TrafficPort {
    if (port === null)
      throw new RefusedRequest('refused', 'Access logs are opened by the window and `logscope serve`; here there is `logscope report`.');
    return port;
  }
  return {
    'traffic.sources': () => opened().sources(),
    'traffic.preview': (input) => opened().preview(input),
    'traffic.open': (input) => opened().open(input),
    'traffic.figures': (input) => opened().figures(input),
    'traffic.cancel': (input) => opened().cancel(input),
    'traffic.close': (input) => opened().close(input),
    'traffic.export': (input) => opened().exportReport(input),
    'traffic.prompt': (input) => opened().prompt(input),
    'traffic.ask': (input) => opened().ask(input),
  };
}
