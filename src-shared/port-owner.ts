import type { ContainerFacts, ProcessFacts } from './snapshots';

/**
 * The process that answers at a local port: one that listens on TCP at a loopback or wildcard address. Of several (a
 * server and its workers share the socket) the one the others come from, then the oldest. Null when none is visible: the
 * socket belongs to another user, or the kernel forwards the port.
 */
export function portOwner<P extends Pick<ProcessFacts, 'pid' | 'ppid' | 'startTicks' | 'startedAtMs' | 'listening'>>(
  port: number,
  processes: readonly P[],
): P | null {
  const owners = processes.filter(({ listening }) =>
    listening.some((one) => one.protocol === 'tcp' && one.port === port && isLocal(one.address)),
  );
  const pids = new Set(owners.map(({ pid }) => pid));
  const [first] = [...owners].sort(
    (a, b) =>
      Number(pids.has(a.ppid)) - Number(pids.has(b.ppid)) ||
      (a.startTicks ?? a.startedAtMs ?? 0) - (b.startTicks ?? b.startedAtMs ?? 0) ||
      a.pid - b.pid,
  );
  return first ?? null;
}

/** The running container that publishes a port: behind it stands only docker-proxy, or no process at all. Null for none. */
export function portContainer<C extends Pick<ContainerFacts, 'ports' | 'state'>>(port: number, containers: readonly C[]): C | null {
  return (
    containers.find(({ state, ports }) => state === 'running' && ports.some((one) => one.protocol === 'tcp' && one.hostPort === port)) ??
    null
  );
}

function isLocal(address: string): boolean {
  return address === '0.0.0.0' || address === '::' || address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
