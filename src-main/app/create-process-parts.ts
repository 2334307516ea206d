import type { ProcessPort } from '../api/process-handlers';
import { RefusedRequest } from '../api/refused-request';
import type { StopProcesses } from './stop-processes';

// Until its parts are there (the same day), a request says so.
function notThere(): never {
  throw new RefusedRequest('refused', 'This part is being built.');
}

/** What doors may ask about processes, ports and programs, joined from the parts that know. */
export function createProcessParts(stopProcesses: StopProcesses): ProcessPort {
  return {
    'processes.explain': notThere,
    'processes.preview': ({ id }) => stopProcesses.preview(id),
    'processes.stop': (input) => stopProcesses.stop(input),
    'processes.save-evidence': notThere,
    'processes.expect': notThere,
    'processes.audit': notThere,
    'ports.list': notThere,
    'ports.who': notThere,
    'ports.leftovers': notThere,
    'policies.list': notThere,
    'policies.save': notThere,
    'policies.remove': notThere,
    'policies.history': notThere,
    'policies.import': notThere,
    'roles.ask': notThere,
    'roles.open': notThere,
  };
}
