import { readdirSync, statSync } from 'node:fs';
import type { StreamKind } from '../../../../src-shared/snapshots/process-evidence';
import { isDenied, isUnsupported, isVanished } from '../../../platform/proc-errors';
import { hasSocketLine, parseStreamTarget, parseUnixInodes } from './parse-streams';
import { readProcLines, readProcLink } from './read-parts';

/** Unix sockets of a namespace are looked at again after this. */
const unixForMs = 10_000;
const maxNamespaces = 200;
const maxTableBytes = 16 * 1024 * 1024;

export interface StreamReader {
  /**
   * Where the standard streams lead, pausing between pieces of large tables; null when these rights do not reach. `remembered`
   * holds what each socket was found to be and is changed in place.
   */
  read(directory: string, remembered: Map<number, StreamKind>): Generator<undefined, readonly StreamKind[] | null>;
}

/**
 * Most sockets among standard streams belong to the journal (unix): their inodes are looked up first, in the process's network
 * namespace and then in our own, where its starter may have opened them. The tables of the internet families, which may be large,
 * are only read for a socket that is not among those.
 */
export function createStreamReader(procRoot: string): StreamReader {
  const unix = new Map<string, { readonly inodes: ReadonlySet<number>; readonly untilMs: number }>();

  function* unixInodes(directory: string, namespace: string): Generator<undefined, ReadonlySet<number>> {
    const known = unix.get(namespace);
    const nowMs = performance.now();
    if (known !== undefined && nowMs < known.untilMs) return known.inodes;
    let text = '';
    for (const piece of readProcLines(`${directory}/net/unix`, maxTableBytes)) {
      text += piece?.lines ?? '';
      yield;
    }
    const inodes = parseUnixInodes(text);
    if (unix.size >= maxNamespaces) unix.clear();
    unix.set(namespace, { inodes, untilMs: nowMs + unixForMs });
    return inodes;
  }

  function* isInternet(directory: string, inode: number): Generator<undefined, boolean> {
    for (const table of ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6']) {
      for (const piece of readProcLines(`${directory}/net/${table}`, maxTableBytes)) {
        if (piece !== null && hasSocketLine(piece.lines, inode)) return true;
        yield;
      }
    }
    return false;
  }

  function* kindOfSocket(directory: string, inode: number): Generator<undefined, StreamKind> {
    const own = `${procRoot}/self`;
    const namespace = readProcLink(`${directory}/ns/net`) ?? directory;
    const ownNamespace = readProcLink(`${own}/ns/net`) ?? own;
    const places =
      namespace === ownNamespace
        ? [[own, ownNamespace] as const]
        : ([
            [directory, namespace],
            [own, ownNamespace],
          ] as const);
    for (const [place, name] of places) if ((yield* unixInodes(place, name)).has(inode)) return 'socket';
    for (const [place] of places) if (yield* isInternet(place, inode)) return 'network';
    return 'socket';
  }

  return {
    *read(directory, remembered) {
      const kinds: StreamKind[] = [];
      const sockets = new Set<number>();
      for (const number of [0, 1, 2]) {
        const link = `${directory}/fd/${number}`;
        const target = readProcLink(link);
        if (target === null) {
          if (kinds.length === 0 && !mayList(`${directory}/fd`)) return null;
          kinds.push('closed');
          continue;
        }
        const parsed = parseStreamTarget(target);
        if ('kind' in parsed) kinds.push(parsed.kind);
        else if ('path' in parsed) kinds.push(kindOfPath(link));
        else {
          sockets.add(parsed.socket);
          const kind = remembered.get(parsed.socket) ?? (yield* kindOfSocket(directory, parsed.socket));
          remembered.set(parsed.socket, kind);
          kinds.push(kind);
        }
      }
      for (const inode of remembered.keys()) if (!sockets.has(inode)) remembered.delete(inode);
      return kinds;
    },
  };
}

/** A stream that cannot be read is either closed or hidden. */
function mayList(folder: string): boolean {
  try {
    readdirSync(folder);
    return true;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return false;
    throw error;
  }
}

function kindOfPath(link: string): StreamKind {
  try {
    const stat = statSync(link);
    if (stat.isFile()) return 'file';
    if (stat.isFIFO()) return 'pipe';
    if (stat.isSocket()) return 'socket';
    return 'other';
  } catch (error) {
    if (isVanished(error)) return 'closed';
    if (isDenied(error) || isUnsupported(error)) return 'other';
    throw error;
  }
}
