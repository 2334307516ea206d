import { formatSocket } from '../../../src-shared/format';
import type { RoleCategory } from '../../../src-shared/roles/role-entry';
import type { ListeningSocket } from '../../../src-shared/snapshots';
import { evidenceWith, isGenuine, isRoot, type RiskFamily, type RiskRule, type RiskSubject } from './rule';

/** All interfaces of the process's network; a container's own network is not this machine's, but the fact stays the fact. */
export function listensEverywhere(socket: ListeningSocket): boolean {
  return socket.address === '0.0.0.0' || socket.address === '::' || socket.address === '*';
}

const packetReaders: ReadonlySet<RoleCategory> = new Set<RoleCategory>([
  'network',
  'monitoring',
  'security',
  'container',
  'orchestration',
  'init',
  'hardware',
]);

/** R15 */
const readsTraffic: RiskRule = (subject) => {
  const kinds = evidenceWith(subject.process, 'open-files')?.rawSockets ?? [];
  if (kinds.length === 0) return null;
  if (isGenuine(subject) && subject.entry !== null && packetReaders.has(subject.entry.category)) return null;
  return { rule: 'risk-packet-socket', axis: 'threat', points: 20, values: { kinds: kinds.join(', ') }, weak: true };
};

/** Ports at which debuggers give everything to whoever connects: Node, JVM, Chromium, debugpy, Delve. */
const debuggerPorts: ReadonlySet<number> = new Set([9229, 5858, 5005, 9222, 5678, 2345]);
/** APIs of container engines that ask for no password when they are open: Docker, kubelet read-only. */
const openEnginePorts: ReadonlySet<number> = new Set([2375, 10_255]);
const databasePorts: ReadonlySet<number> = new Set([3306, 5432, 6379, 9200, 11_211, 27_017, 1433, 1521, 9042, 8086, 2379]);
const shownSockets = 4;

/** R20 */
const isReachable: RiskRule = (subject) => {
  const { process } = subject;
  const open = reachableSockets(subject);
  if (open.length === 0) return null;
  const root = isRoot(process) && process.container === null;
  const values = { sockets: describeSockets(open), count: open.length };
  const engine = open.find(({ protocol, port }) => protocol === 'tcp' && openEnginePorts.has(port));
  if (engine !== undefined) return { rule: 'risk-open-engine', axis: 'exposure', points: 70, values: { ...values, port: engine.port } };
  const debug = open.find(({ protocol, port }) => protocol === 'tcp' && debuggerPorts.has(port));
  if (debug !== undefined || isDatabase(subject, open)) {
    return { rule: debug === undefined ? 'risk-open-database' : 'risk-open-debugger', axis: 'exposure', points: root ? 50 : 40, values };
  }
  return { rule: root ? 'risk-root-listens-everywhere' : 'risk-listens-everywhere', axis: 'exposure', points: root ? 25 : 15, values };
};

function isDatabase({ entry }: RiskSubject, open: readonly ListeningSocket[]): boolean {
  return entry?.category === 'database' || open.some(({ protocol, port }) => protocol === 'tcp' && databasePorts.has(port));
}

/** In a container of its own network only what the engine publishes is reachable from other machines. */
function reachableSockets({ process, context }: RiskSubject): readonly ListeningSocket[] {
  if (process.listening.length === 0) return process.listening;
  const open = process.listening.filter(listensEverywhere);
  if (process.container === null && process.pod === null) return open;
  if (process.evidence?.hostNamespaces.includes('network') === true) return open;
  const published = context.container?.publishedPorts ?? [];
  return open.filter(({ port }) => published.includes(port));
}

export function describeSockets(sockets: readonly ListeningSocket[]): string {
  const all = [...new Set(sockets.map((socket) => `${formatSocket(socket.address, socket.port)}/${socket.protocol}`))];
  const shown = all.slice(0, shownSockets).join(', ');
  return all.length > shownSockets ? `${shown} +${all.length - shownSockets}` : shown;
}

export const network: RiskFamily = { name: 'network', rules: [readsTraffic, isReachable] };
