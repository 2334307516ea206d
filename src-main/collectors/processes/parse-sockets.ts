import type { ListeningSocket } from '../../../src-shared/snapshots/processes';
import { parseHexAddress } from '../../platform/socket-address';

/** A socket that waits for others, with the inode by which its owner is found. */
export interface SocketEntry extends ListeningSocket {
  readonly inode: number;
}

/** TCP_LISTEN of include/net/tcp_states.h. */
const tcpListen = '0A';
/** TCP_CLOSE, which is what a bound UDP socket without a peer shows. */
const udpUnconnected = '07';

/** What the state column holds; the header says "st" there. */
const hexByte = /^[0-9A-F]{2}$/;

export interface SocketTablePart {
  readonly sockets: readonly SocketEntry[];
  /** An established connection was met: in a TCP table nothing that listens comes after it. */
  readonly sawOther: boolean;
}

/** Parses whole lines of /proc/net/{tcp,tcp6,udp,udp6}; lines that are not sockets (the header, a cut one) are skipped. */
export function parseSocketLines(text: string, protocol: 'tcp' | 'udp'): SocketTablePart {
  const wanted = protocol === 'tcp' ? tcpListen : udpUnconnected;
  const sockets: SocketEntry[] = [];
  let sawOther = false;
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const [, local, , state] = fields;
    if (local === undefined || state === undefined || !hexByte.test(state)) continue;
    if (state !== wanted) {
      sawOther = true;
      continue;
    }
    const [addressHex, portHex] = local.split(':');
    const address = addressHex === undefined ? null : parseHexAddress(addressHex);
    const port = Number.parseInt(portHex ?? '', 16);
    const inode = Number(fields[9]);
    if (address === null || !Number.isInteger(port) || !Number.isInteger(inode)) continue;
    sockets.push({ protocol, address, port, inode });
  }
  return { sockets, sawOther };
}

/** The socket counts of /proc/net/sockstat and sockstat6, by table (tcp, tcp6, udp, udp6). */
export function parseSocketsInUse(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const match of text.matchAll(/^((?:TCP|UDP)6?): inuse (\d+)/gm)) counts.set((match[1] ?? '').toLowerCase(), Number(match[2]));
  return counts;
}
