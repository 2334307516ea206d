import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { isDenied, isUnsupported, isVanished } from '../../platform/proc-errors';
import { parseSocketLines, type SocketEntry } from './parse-sockets';

const chunkBytes = 4096;
/** Longer than any line of these tables. */
const longestLineBytes = 512;

/**
 * One table of /proc/net, read in page-sized steps from a kept descriptor. TCP tables list what listens first
 * (tcp_seq_next in net/ipv4/tcp_ipv4.c), so reading stops at the first established connection: a server with
 * 10,000 connections costs no more than one with none.
 */
export interface SocketTable {
  read(): readonly SocketEntry[];
  close(): void;
}

export function createSocketTable(path: string, protocol: 'tcp' | 'udp'): SocketTable {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let descriptor: number | null = null;

  function close(): void {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  }

  return {
    read() {
      const sockets: SocketEntry[] = [];
      try {
        descriptor ??= openSync(path, 'r');
        let carry = '';
        for (let position = 0; ; ) {
          const count = readSync(descriptor, buffer, 0, chunkBytes, position);
          position += count;
          const text = carry + buffer.toString('latin1', 0, count);
          const end = text.lastIndexOf('\n') + 1;
          const part = parseSocketLines(text.slice(0, end), protocol);
          carry = text.slice(end);
          sockets.push(...part.sockets);
          // A read is short at the end, or when one more line did not fit. Asking again to be told "0 bytes" would make
          // the kernel search its whole connection table once more: 2 ms with the 262,144 slots of a 24 GiB machine.
          const atEnd = count < chunkBytes - longestLineBytes;
          if (atEnd || (protocol === 'tcp' && part.sawOther)) return sockets;
        }
      } catch (error) {
        close();
        // No IPv6 in this kernel, or a table that a sandbox hides.
        if (isVanished(error) || isDenied(error) || isUnsupported(error)) return sockets;
        throw error;
      }
    },
    close,
  };
}

export interface SocketDescriptor {
  readonly descriptor: number;
  readonly inode: number;
}

/** The sockets among the open files of a process; empty when it is gone, null when these rights do not reach. */
export function readSocketDescriptors(procRoot: string, pid: number): readonly SocketDescriptor[] | null {
  const directory = `${procRoot}/${pid}/fd`;
  try {
    const found: SocketDescriptor[] = [];
    for (const name of readdirSync(directory)) {
      const inode = readSocketInode(`${directory}/${name}`);
      if (inode !== null) found.push({ descriptor: Number(name), inode });
    }
    return found;
  } catch (error) {
    if (isVanished(error)) return [];
    if (isDenied(error)) return null;
    throw error;
  }
}

/** The inode behind `socket:[123]`; null when the link is gone or names something else. */
export function readSocketInode(link: string): number | null {
  try {
    const target = readlinkSync(link);
    return target.startsWith('socket:[') ? Number(target.slice(8, -1)) : null;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}
