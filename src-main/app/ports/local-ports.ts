import type { BetterAction, Leftover, LocalPort, PortAnswer } from '../../../src-shared/contract';
import type { RoleEntry } from '../../../src-shared/roles/role-entry';
import type { Container, ListeningSocket, LogError, Process, Project } from '../../../src-shared/snapshots';
import type { Clock } from '../../platform/clock';
import { joinPorts } from '../../rules/ports/join-ports';
import { judgeLeftovers } from '../../rules/ports/leftovers';
import { portComplainedOf } from '../../rules/ports/port-complaint';
import type { PageKeeper } from './page-keeper';

export interface LocalPortsDeps {
  readonly clock: Clock;
  readonly latest: () => LatestForPorts;
  readonly pages: PageKeeper;
  readonly entryOf: (id: string) => RoleEntry | null;
  /** Remote ends connected to what a process listens on; null: these rights do not reach. */
  readonly clientCountOf: (process: Process) => Promise<number | null>;
  readonly betterActionFor: (process: Process) => BetterAction | null;
  readonly nextFreePort: (port: number, taken: ReadonlySet<number>) => Promise<number | null>;
}

/** The newest of what ports are joined from; empty lists while a source is not there. */
export interface LatestForPorts {
  readonly processes: readonly Process[];
  readonly unownedSockets: readonly ListeningSocket[];
  readonly containers: readonly Container[];
  readonly newestErrors: readonly LogError[];
  readonly projectOf: (process: Process) => Project | null;
}

export interface LocalPorts {
  list(input: { readonly pages: boolean }): Promise<readonly LocalPort[]>;
  who(input: { readonly port: number }): Promise<PortAnswer>;
  leftovers(): Promise<readonly Leftover[]>;
}

const mostComplaints = 5;

/** Who holds which port, what is behind it, and what was left running. */
export function createLocalPorts(deps: LocalPortsDeps): LocalPorts {
  const { pages } = deps;

  async function who({ port }: { readonly port: number }): Promise<PortAnswer> {
    const latest = deps.latest();
    const all = joinPorts(latest);
    const holders = await pages.lookUp(all.filter((one) => one.port === port));
    const taken = new Set(all.filter(({ protocol }) => protocol === 'tcp').map((one) => one.port));
    return {
      port,
      holders,
      betterAction: holders.map((holder) => betterAction(holder, latest)).find((action) => action !== null) ?? null,
      nextFreePort: await deps.nextFreePort(port, taken),
      complaints: complaintsAbout(port, latest.newestErrors),
    };
  }

  /** A container that publishes the port is stopped as such: its forwarder would only be started again. */
  function betterAction({ container, process }: LocalPort, { processes, containers }: LatestForPorts): BetterAction | null {
    if (container !== null && containers.some(({ id }) => id === container.id)) {
      return { kind: 'stop-container', id: container.id, name: container.name };
    }
    const owner = process === null ? undefined : processes.find(({ id }) => id === process.id);
    if (owner === undefined) return null;
    return deps.betterActionFor(owner) ?? { kind: 'stop-process', id: owner.id, name: owner.name, pid: owner.pid };
  }

  async function leftovers(): Promise<readonly Leftover[]> {
    const { processes, projectOf } = deps.latest();
    const sources = { processes, projectOf, nowMs: deps.clock.nowMs(), entryOf: deps.entryOf };
    // Connections are read for the few that may be left over, not for all.
    const candidates = new Set(judgeLeftovers({ ...sources, clientCountOf: () => null }).map(({ processId }) => processId));
    const counted = await Promise.all(
      processes.filter(({ id }) => candidates.has(id)).map(async (process) => [process.id, await deps.clientCountOf(process)] as const),
    );
    const clientCounts = new Map(counted);
    return judgeLeftovers({ ...sources, clientCountOf: ({ id }) => clientCounts.get(id) ?? null });
  }

  return {
    async list({ pages: wantsPages }) {
      const ports = joinPorts(deps.latest());
      return wantsPages ? pages.lookUp(ports) : pages.addKnown(ports);
    },
    who,
    leftovers,
  };
}

function complaintsAbout(port: number, errors: readonly LogError[]): PortAnswer['complaints'] {
  return errors
    .filter(({ text }) => portComplainedOf(text) === port)
    .slice(0, mostComplaints)
    .map(({ atMs, source, text }) => ({ atMs, source, text }));
}
