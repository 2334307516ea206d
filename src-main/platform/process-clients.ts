import { open } from 'node:fs/promises';
import type { ListeningSocket } from '../../src-shared/snapshots';
import { isDenied, isUnsupported, isVanished } from './proc-errors';
import { parseHexAddress } from './socket-address';

/** Ends that are connected to the listening sockets of a process now. */
export interface ProcessClients {
  readonly count: number;
  /** By remote address, most connections first, at most 20. */
  readonly addresses: readonly { readonly address: string; readonly count: number }[];
}

const maxAddresses = 20;
/** TCP_ESTABLISHED of include/net/tcp_states.h. */
const established = '01';
const chunkBytes = 64 * 1024;

/** Local addresses by port; an address for all interfaces takes every connection to the port. */
export type WantedPorts = ReadonlyMap<number, ReadonlySet<string>>;

/** Adds the connections to the wanted ports, from whole lines of /proc/net/tcp or tcp6, to `counts` by remote address. */
export function countClients(lines: string, ports: WantedPorts, counts: Map<string, number>): void {
  for (const line of lines.split('\n')) {
    const [, local, remote, state] = line.trim().split(/\s+/, 4);
    if (state !== established || local === undefined || remote === undefined) continue;
    const [localAddress = '', localPort = ''] = local.split(':');
    const wanted = ports.get(Number.parseInt(localPort, 16));
    if (wanted === undefined) continue;
    if (!wanted.has('0.0.0.0') && !wanted.has('::') && !wanted.has(plainAddress(localAddress) ?? '')) continue;
    const address = plainAddress(remote.slice(0, remote.indexOf(':')));
    if (address !== null) counts.set(address, (counts.get(address) ?? 0) + 1);
  }
}

/** A connection from IPv4 to a socket of both families is shown as what it is. */
function plainAddress(hex: string): string | null {
  const address = parseHexAddress(hex);
  return address?.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

/**
 * Who is connected to the listening TCP sockets of a process, from the tables of its own network namespace: read when a person
 * asks, never by a cadence (with many connections these tables are large). UDP has no connections. Null when the process is gone
 * or these rights do not reach.
 */
export async function readProcessClients(
  procRoot: string,
  pid: number,
  listening: readonly ListeningSocket[],
  signal?: AbortSignal,
): Promise<ProcessClients | null> {
  const ports = new Map<number, Set<string>>();
  for (const { protocol, port, address } of listening) {
    if (protocol === 'tcp') ports.set(port, (ports.get(port) ?? new Set()).add(address));
  }
  if (ports.size === 0) return { count: 0, addresses: [] };
  const counts = new Map<string, number>();
  let readCount = 0;
  for (const table of ['tcp', 'tcp6']) {
    if (await readTable(`${procRoot}/${pid}/net/${table}`, (lines) => countClients(lines, ports, counts), signal)) readCount += 1;
  }
  if (readCount === 0) return null;
  const addresses = [...counts]
    .map(([address, count]) => ({ address, count }))
    .sort((one, other) => other.count - one.count || (one.address < other.address ? -1 : 1));
  return { count: addresses.reduce((sum, one) => sum + one.count, 0), addresses: addresses.slice(0, maxAddresses) };
}

/** False when there is no such table. */
async function readTable(path: string, take: (lines: string) => void, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.allocUnsafe(chunkBytes);
      let carry = '';
      for (;;) {
        signal?.throwIfAborted();
        const { bytesRead } = await file.read(buffer, 0, chunkBytes, null);
        if (bytesRead === 0) break;
        const text = carry + buffer.toString('latin1', 0, bytesRead);
        const end = text.lastIndexOf('\n') + 1;
        take(text.slice(0, end));
        carry = text.slice(end);
      }
      return true;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isVanished(error) || isDenied(error) || isUnsupported(error)) return false;
    throw error;
  }
}
