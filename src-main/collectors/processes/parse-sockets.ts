import type { ListeningSocket } from '../../../src-shared/snapshots/processes';

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

/**
 * The kernel prints addresses as 32-bit words in the byte order of the machine: little-endian on every platform that
 * Electron is built for. 8 digits are IPv4, 32 are IPv6; null for anything else.
 */
export function parseHexAddress(hex: string): string | null {
  if (!/^(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{32})$/.test(hex)) return null;
  const bytes: number[] = [];
  for (let word = 0; word < hex.length; word += 8) {
    for (let byte = 6; byte >= 0; byte -= 2) bytes.push(Number.parseInt(hex.slice(word + byte, word + byte + 2), 16));
  }
  return bytes.length === 4 ? bytes.join('.') : formatIpv6(bytes);
}

/** RFC 5952: lower case, the longest run of two or more zero groups as "::", mapped IPv4 in dots. */
function formatIpv6(bytes: readonly number[]): string {
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff) {
    return `::ffff:${bytes.slice(12).join('.')}`;
  }
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) groups.push((bytes[index] ?? 0) * 256 + (bytes[index + 1] ?? 0));
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > bestLength) [bestStart, bestLength] = [start, length];
  }
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return bestStart < 0 ? text(groups) : `${text(groups.slice(0, bestStart))}::${text(groups.slice(bestStart + bestLength))}`;
}
