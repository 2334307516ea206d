import type { ListeningSocket } from '../../../src-shared/snapshots/processes';
import { procFile } from '../../platform/proc-file';
import { parseSocketsInUse, type SocketEntry } from './parse-sockets';
import { createSocketTable, readSocketDescriptors, readSocketInode } from './read-sockets';

/** What the search for owners needs of a process. */
export interface SocketOwnerCandidate {
  readonly pid: number;
  readonly ppid: number;
  readonly startTicks: number;
  readonly kernelThread: boolean;
  readonly isNew: boolean;
}

export interface Listeners {
  /** Every process that holds a listening socket; a socket held by several (forked workers) stands at each. */
  readonly byPid: ReadonlyMap<number, readonly ListeningSocket[]>;
  readonly unowned: readonly ListeningSocket[];
}

export interface ListenerReader {
  read(processes: readonly SocketOwnerCandidate[], nowMs: number): Listeners;
  close(): void;
}

interface Owner {
  readonly pid: number;
  readonly startTicks: number;
  readonly descriptor: number;
}

interface UnknownOwner {
  /** When to look again: the first time at once (TCP) or if it is still there in the next sample (UDP), then ever more rarely. */
  retryAtMs: number;
  waitMs: number;
}

const tablesEveryMs = 10_000;
const revalidateMs = 10_000;
const firstRetryMs = 10_000;
const longestRetryMs = 600_000;

/**
 * Joins /proc/net with the open files of processes. The walk over all open files is the dear part (65 ms for 300
 * processes of 30 files), so it happens only for a socket that is new, stops as soon as every new one has its owner,
 * and a socket without a visible owner (another user's, another namespace's, the kernel's own) is remembered as such.
 */
export function createListenerReader(procRoot: string): ListenerReader {
  const tables = (['tcp', 'tcp6', 'udp', 'udp6'] as const).map((name) => ({
    name,
    file: createSocketTable(`${procRoot}/net/${name}`, name.startsWith('tcp') ? 'tcp' : 'udp'),
    sockets: [] as readonly SocketEntry[],
    inUse: null as number | null,
    nextReadMs: 0,
  }));
  const counts = [procFile(`${procRoot}/net/sockstat`), procFile(`${procRoot}/net/sockstat6`)];
  const owners = new Map<number, Owner[]>();
  const unknown = new Map<number, UnknownOwner>();
  let nextValidationMs = 0;
  let firstRead = true;
  let lastSignature = '';
  let last: Listeners = { byPid: new Map(), unowned: [] };

  /**
   * A TCP table costs 2 ms on a large machine, whatever is in it; the kernel's socket counts cost nothing. As long as the
   * count of a table stays and no owner went, the table is taken as unchanged, for 10 s at most: only a socket that is
   * opened while another of its kind is closed, by processes that live on, is seen that much later.
   */
  function readTables(alive: ReadonlyMap<number, SocketOwnerCandidate>, nowMs: number): readonly SocketEntry[] {
    const inUse = parseSocketsInUse(counts.map((file) => file.readText() ?? '').join('\n'));
    const ownerWent = [...owners.values()].flat().some((owner) => alive.get(owner.pid)?.startTicks !== owner.startTicks);
    for (const table of tables) {
      const count = inUse.get(table.name) ?? null;
      if (count !== null && count === table.inUse && !ownerWent && nowMs < table.nextReadMs) continue;
      table.sockets = table.file.read();
      table.inUse = count;
      table.nextReadMs = nowMs + tablesEveryMs;
    }
    return tables.flatMap((table) => table.sockets);
  }

  function dropStale(sockets: ReadonlyMap<number, SocketEntry>, alive: ReadonlyMap<number, SocketOwnerCandidate>, nowMs: number): void {
    const validate = nowMs >= nextValidationMs;
    if (validate) nextValidationMs = nowMs + revalidateMs;
    for (const inode of unknown.keys()) if (!sockets.has(inode)) unknown.delete(inode);
    for (const [inode, held] of owners) {
      const kept = held.filter(
        (owner) =>
          alive.get(owner.pid)?.startTicks === owner.startTicks &&
          // An owner may close its copy and live on (a parent that hands the socket to its worker).
          (!validate || readSocketInode(`${procRoot}/${owner.pid}/fd/${owner.descriptor}`) === inode),
      );
      if (!sockets.has(inode) || kept.length === 0) owners.delete(inode);
      else if (kept.length < held.length) owners.set(inode, kept);
    }
  }

  /** Inodes to look for now. */
  function unresolved(sockets: ReadonlyMap<number, SocketEntry>, nowMs: number): Set<number> {
    const wanted = new Set<number>();
    for (const { inode, protocol } of sockets.values()) {
      if (owners.has(inode)) continue;
      const known = unknown.get(inode);
      if (known === undefined) {
        // A resolver's UDP socket lives for milliseconds: only one that is still there in the next sample is worth a walk.
        const waits = protocol === 'udp' && !firstRead;
        unknown.set(inode, { retryAtMs: nowMs, waitMs: firstRetryMs });
        if (!waits) wanted.add(inode);
      } else if (nowMs >= known.retryAtMs) {
        wanted.add(inode);
      }
    }
    return wanted;
  }

  function scan(process: SocketOwnerCandidate, sockets: ReadonlyMap<number, SocketEntry>, wanted: Set<number>): boolean {
    let found = false;
    for (const { descriptor, inode } of readSocketDescriptors(procRoot, process.pid) ?? []) {
      if (!sockets.has(inode)) continue;
      found = true;
      wanted.delete(inode);
      unknown.delete(inode);
      const held = owners.get(inode) ?? [];
      if (held.some((owner) => owner.pid === process.pid && owner.startTicks === process.startTicks)) continue;
      owners.set(inode, [...held, { pid: process.pid, startTicks: process.startTicks, descriptor }]);
    }
    return found;
  }

  function walk(processes: readonly SocketOwnerCandidate[], sockets: ReadonlyMap<number, SocketEntry>, wanted: Set<number>): void {
    const scanned = new Set<number>();
    const found = new Set<number>();
    const visit = (process: SocketOwnerCandidate) => {
      if (process.kernelThread || scanned.has(process.pid)) return;
      scanned.add(process.pid);
      if (scan(process, sockets, wanted)) found.add(process.pid);
    };
    // The one that just started is the likeliest owner of a new socket.
    const ordered = [...processes].sort((one, other) => other.startTicks - one.startTicks);
    for (const process of ordered) {
      if (wanted.size === 0 && !firstRead) break;
      visit(process);
    }
    // Relatives share sockets by fork.
    const parents = new Set(processes.filter((process) => found.has(process.pid)).map((process) => process.ppid));
    for (const process of processes) if (parents.has(process.pid) || found.has(process.ppid)) visit(process);
  }

  function adoptChildren(processes: readonly SocketOwnerCandidate[], sockets: ReadonlyMap<number, SocketEntry>): void {
    const ownerPids = new Set([...owners.values()].flat().map((owner) => owner.pid));
    // Parents before their children: one that is adopted hands on what it inherited.
    const young = processes
      .filter((process) => process.isNew)
      .sort((one, other) => one.startTicks - other.startTicks || one.pid - other.pid);
    for (const process of young) {
      if (ownerPids.has(process.ppid) && scan(process, sockets, new Set())) ownerPids.add(process.pid);
    }
  }

  function join(sockets: readonly SocketEntry[]): Listeners {
    const byPid = new Map<number, ListeningSocket[]>();
    const unowned: ListeningSocket[] = [];
    for (const { protocol, address, port, inode } of sockets) {
      const socket: ListeningSocket = { protocol, address, port };
      const held = owners.get(inode);
      if (held === undefined) addOnce(unowned, socket);
      for (const owner of held ?? []) {
        const ofProcess = byPid.get(owner.pid) ?? [];
        addOnce(ofProcess, socket);
        byPid.set(owner.pid, ofProcess);
      }
    }
    return { byPid, unowned };
  }

  return {
    read(processes, nowMs) {
      const alive = new Map(processes.map((process) => [process.pid, process]));
      const list = readTables(alive, nowMs);
      const sockets = new Map(list.map((socket) => [socket.inode, socket]));
      dropStale(sockets, alive, nowMs);
      if (!firstRead) adoptChildren(processes, sockets);
      const wanted = unresolved(sockets, nowMs);
      if (wanted.size > 0) walk(processes, sockets, wanted);
      for (const inode of wanted) {
        const state = unknown.get(inode);
        if (state === undefined) continue;
        state.retryAtMs = nowMs + state.waitMs;
        state.waitMs = Math.min(state.waitMs * 2, longestRetryMs);
      }
      firstRead = false;
      // The same objects as long as nothing changed: rows of the process table are reused by them.
      const signature = list.map(({ inode }) => `${inode}:${owners.get(inode)?.map((owner) => owner.pid)}`).join(' ');
      if (signature !== lastSignature) last = join(list);
      lastSignature = signature;
      return last;
    },
    close() {
      for (const table of tables) table.file.close();
      for (const file of counts) file.close();
    },
  };
}

/** Several sockets may share an address and port (SO_REUSEPORT); one line says it. */
function addOnce(list: ListeningSocket[], socket: ListeningSocket): void {
  const same = (other: ListeningSocket) =>
    other.port === socket.port && other.address === socket.address && other.protocol === socket.protocol;
  if (!list.some(same)) list.push(socket);
}
