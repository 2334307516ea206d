import type { InputOf, OutputOf, RequestName } from '../../src-shared/contract';
import type { Caller, Handlers } from './dispatch';
import { RefusedRequest } from './refused-request';

type TrafficRequest = Extract<RequestName, `traffic.${string}`>;
type Ask<Name extends TrafficRequest> = (input: InputOf<Name>) => Promise<OutputOf<Name>>;
/** What may be read depends on who asks. */
type AskAs<Name extends TrafficRequest> = (input: InputOf<Name>, caller: Caller) => Promise<OutputOf<Name>>;

/** Access logs as figures. What makes no sense is refused with RefusedRequest. */
export interface TrafficPort {
  readonly sources: () => Promise<OutputOf<'traffic.sources'>>;
  readonly preview: AskAs<'traffic.preview'>;
  readonly open: AskAs<'traffic.open'>;
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
    'traffic.preview': (input, caller) => opened().preview(input, caller),
    'traffic.open': (input, caller) => opened().open(input, caller),
    'traffic.figures': (input) => opened().figures(input),
    'traffic.cancel': (input) => opened().cancel(input),
    'traffic.close': (input) => opened().close(input),
    'traffic.export': (input) => opened().exportReport(input),
    // The desktop app answers it before it comes here.
    'traffic.pdf': () => {
      throw new RefusedRequest('refused', 'A PDF is made by the desktop window only; save the report as HTML and print it in a browser.');
    },
    'traffic.prompt': (input) => opened().prompt(input),
    'traffic.ask': (input) => opened().ask(input),
  };
}
