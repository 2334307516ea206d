import type { OutputOf } from '../../src-shared/contract';
import type { Handlers } from './dispatch';

type ProcessRequestName = Extract<keyof Handlers, `processes.${string}` | `ports.${string}` | `policies.${string}` | `roles.${string}`>;

type Asked<N extends ProcessRequestName> = Parameters<Handlers[N]>[0];

/** The parts of the app that know processes, ports and what people noted about programs: one function a request, without the caller. */
export type ProcessPort = { readonly [N in ProcessRequestName]: (input: Asked<N>) => Promise<OutputOf<N>> | OutputOf<N> };

export type ProcessHandlers = Pick<Handlers, ProcessRequestName>;

export function createProcessHandlers(processes: ProcessPort): ProcessHandlers {
  return {
    'processes.explain': (input) => processes['processes.explain'](input),
    'processes.comes-back': (input) => processes['processes.comes-back'](input),
    'processes.preview': (input) => processes['processes.preview'](input),
    'processes.stop': (input) => processes['processes.stop'](input),
    'processes.came-back': (input) => processes['processes.came-back'](input),
    'processes.save-evidence': (input) => processes['processes.save-evidence'](input),
    'processes.expect': (input) => processes['processes.expect'](input),
    'processes.audit': (input) => processes['processes.audit'](input),
    'ports.list': (input) => processes['ports.list'](input),
    'ports.who': (input) => processes['ports.who'](input),
    'ports.leftovers': (input) => processes['ports.leftovers'](input),
    'policies.list': (input) => processes['policies.list'](input),
    'policies.save': (input) => processes['policies.save'](input),
    'policies.remove': (input) => processes['policies.remove'](input),
    'policies.history': (input) => processes['policies.history'](input),
    'policies.import': (input) => processes['policies.import'](input),
    'roles.ask': (input) => processes['roles.ask'](input),
    'roles.open': (input) => processes['roles.open'](input),
  };
}
