import type { InputOf, OutputOf } from '../../src-shared/contract';
import type { Handlers } from './dispatch';

type ServiceHandlers = Pick<Handlers, 'services.explain' | 'services.act'>;

/** The part of the app that knows single units. */
export interface ServicePort {
  readonly explain: (input: InputOf<'services.explain'>) => Promise<OutputOf<'services.explain'>>;
  readonly act: (input: InputOf<'services.act'>) => Promise<OutputOf<'services.act'>>;
}

export function createServiceHandlers(services: ServicePort): ServiceHandlers {
  return {
    'services.explain': (input) => services.explain(input),
    'services.act': (input) => services.act(input),
  };
}
