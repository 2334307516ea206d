import type { LocalPort, PortReach } from '../../../src-shared/contract';
import { portContainer } from '../../../src-shared/port-owner';
import type { Container, ListeningSocket, Process, Project } from '../../../src-shared/snapshots';
import { speechAtPort, speechOfRole } from './speaks';

export interface PortSources {
  readonly processes: readonly Process[];
  /** Listening sockets without a visible owner. */
  readonly unownedSockets: readonly ListeningSocket[];
  readonly containers: readonly PublishingContainer[];
  readonly projectOf: (process: Process) => Project | null;
}

export type PublishingContainer = Pick<Container, 'id' | 'name' | 'state' | 'ports'>;

/**
 * Every listening socket of the machine with who is behind it: one row for each port and owner, by port. A socket that several
 * processes share (a server and its workers) is one row, at the one the others come from. Pages are asked for elsewhere.
 */
export function joinPorts(sources: PortSources): readonly LocalPort[] {
  const groups = new Map<string, Group>();
  for (const process of sources.processes) for (const socket of process.listening) add(groups, socket, process);
  for (const socket of sources.unownedSockets) add(groups, socket, null);
  return [...groups.values()]
    .flatMap(splitByOwner)
    .map((group) => toPort(group, sources))
    .sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol) || (a.process?.pid ?? 0) - (b.process?.pid ?? 0));
}

interface Group {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** Address -> processes that listen at it; an empty list: nobody that can be seen. */
  readonly byAddress: Map<string, Process[]>;
}

interface OwnedPort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly addresses: readonly string[];
  readonly owner: Process | null;
  readonly processCount: number;
}

function add(groups: Map<string, Group>, { protocol, address, port }: ListeningSocket, process: Process | null): void {
  const key = `${protocol} ${port}`;
  const group: Group = groups.get(key) ?? { protocol, port, byAddress: new Map() };
  groups.set(key, group);
  const there = group.byAddress.get(address) ?? [];
  group.byAddress.set(address, there);
  if (process !== null) there.push(process);
}

function splitByOwner({ protocol, port, byAddress }: Group): readonly OwnedPort[] {
  const owned = new Map<Process | null, { readonly addresses: string[]; readonly pids: Set<number> }>();
  for (const [address, processes] of byAddress) {
    const owner = firstOf(processes);
    const entry = owned.get(owner) ?? { addresses: [], pids: new Set() };
    owned.set(owner, entry);
    entry.addresses.push(address);
    for (const { pid } of processes) entry.pids.add(pid);
  }
  return [...owned].map(([owner, { addresses, pids }]) => ({
    protocol,
    port,
    addresses: addresses.sort(),
    owner,
    processCount: pids.size,
  }));
}

/** The one the others come from, then the oldest. */
function firstOf(processes: readonly Process[]): Process | null {
  const pids = new Set(processes.map(({ pid }) => pid));
  const [first] = [...processes].sort(
    (a, b) =>
      Number(pids.has(a.ppid)) - Number(pids.has(b.ppid)) ||
      (a.startTicks ?? a.startedAtMs ?? 0) - (b.startTicks ?? b.startedAtMs ?? 0) ||
      a.pid - b.pid,
  );
  return first ?? null;
}

function toPort({ protocol, port, addresses, owner, processCount }: OwnedPort, { containers, projectOf }: PortSources): LocalPort {
  const container = containerOf(protocol, port, owner, containers);
  const project = owner === null ? null : projectOf(owner);
  const byRole = speechOfRole(owner?.role.entry ?? null);
  const byPort = speechAtPort(protocol, container?.containerPort ?? port);
  return {
    protocol,
    port,
    addresses,
    reach: widestReach(addresses),
    process: owner === null ? null : { id: owner.id, pid: owner.pid, name: owner.name, user: owner.user },
    processCount,
    unit: owner?.unit ?? null,
    container,
    speaks: byRole !== null ? { name: byRole, by: 'role' } : byPort !== null ? { name: byPort, by: 'port' } : null,
    url: null,
    page: null,
    project: project === null ? null : { name: project.name, root: project.root, branch: project.branch },
    startedAtMs: owner?.startedAtMs ?? null,
  };
}

/** The container the socket belongs to, or the one that publishes the port through a forwarder of the engine. */
function containerOf(
  protocol: 'tcp' | 'udp',
  port: number,
  owner: Process | null,
  containers: readonly PublishingContainer[],
): LocalPort['container'] {
  const inside = owner?.container === null || owner === null ? undefined : containers.find(({ id }) => id === owner.container);
  if (inside !== undefined) return { id: inside.id, name: inside.name, containerPort: port };
  const forwarder = owner === null || owner.name === 'docker-proxy' || owner.name === 'rootlessport' || owner.name === 'pasta';
  const publishing = forwarder && protocol === 'tcp' ? portContainer(port, containers) : null;
  if (publishing === null) return null;
  const mapping = publishing.ports.find((one) => one.hostPort === port && one.protocol === protocol);
  return { id: publishing.id, name: publishing.name, containerPort: mapping?.containerPort ?? null };
}

const reaches: readonly PortReach[] = ['loopback', 'network', 'all'];

function widestReach(addresses: readonly string[]): PortReach {
  return reaches[Math.max(...addresses.map((address) => reaches.indexOf(reachOf(address))))] ?? 'all';
}

export function reachOf(address: string): PortReach {
  if (address === '0.0.0.0' || address === '::' || address === '*') return 'all';
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.') ? 'loopback' : 'network';
}
