import { statSync } from 'node:fs';
import { isDenied, isUnsupported, isVanished } from '../../../platform/proc-errors';
import type { Roots } from '../../../platform/roots';
import { engineSocketNames, isEngineSocketMount, isRemote, type Mount, parseMounts } from './parse-mounts';
import { readProcLink, readProcText } from './read-parts';

export interface MountNamespace {
  /** The kernel's name of it, to tell one from another. */
  readonly name: string;
  readonly mounts: readonly Mount[];
  /** Looked at only when asked: a process of a container sees the socket of one of the machine's engines. */
  seesEngineSocket(): boolean;
}

export interface MountReader {
  /**
   * Null: these rights do not reach. `program`: it runs another program than at the last look. Before a container starts its own
   * program its mounts are still being made, so those of another namespace than ours are then read again, once a sample.
   */
  of(directory: string, nowMs: number, program: 'new' | 'known'): MountNamespace | null;
}

const rememberMs = 100_000;
const maxRemembered = 500;
const mostTemporaryMounts = 30;

/** Mounts are read once for each mount namespace, not for each process. */
export function createMountReader(roots: Roots): MountReader {
  const known = new Map<string, { readonly namespace: MountNamespace; readonly readAtMs: number }>();

  /** Identities of the engine sockets of the machine. */
  function hostSockets(): ReadonlySet<string> {
    const found = engineSocketNames.map((name) => socketIdentity(`${roots.run}/${name}`));
    return new Set(found.filter((identity) => identity !== null));
  }

  function seesEngineSocket(directory: string, mounts: readonly Mount[]): boolean {
    if (mounts.some(isEngineSocketMount)) return true;
    // A folder that holds the socket may be mounted: /run is a tmpfs.
    const folders = mounts.filter((mount) => mount.type === 'tmpfs' && !isRemote(mount)).slice(0, mostTemporaryMounts);
    const wanted = hostSockets();
    if (wanted.size === 0) return false;
    return folders.some(({ mountPoint }) =>
      engineSocketNames.some((name) =>
        wanted.has(socketIdentity(`${directory}/root${mountPoint === '/' ? '' : mountPoint}/${name}`) ?? ''),
      ),
    );
  }

  return {
    of(directory, nowMs, program) {
      const name = readProcLink(`${directory}/ns/mnt`);
      if (name === null) return null;
      const remembered = known.get(name);
      const stale = program === 'new' && name !== readProcLink(`${roots.proc}/self/ns/mnt`) ? 0 : rememberMs;
      if (remembered !== undefined && nowMs - remembered.readAtMs <= stale) return remembered.namespace;
      const text = readProcText(`${directory}/mountinfo`);
      if (text === null) return null;
      const mounts = parseMounts(text);
      // In a root directory of its own (the sandboxes of Chromium) a process is told of other mounts than the rest of its namespace, or of none.
      const isWhole = mounts.some(({ mountPoint }) => mountPoint === '/');
      if (!isWhole && remembered !== undefined) return remembered.namespace;
      let sees: boolean | null = null;
      const namespace: MountNamespace = {
        name,
        mounts,
        seesEngineSocket() {
          sees ??= seesEngineSocket(directory, mounts);
          return sees;
        },
      };
      if (!isWhole) return namespace;
      if (known.size >= maxRemembered) known.clear();
      known.set(name, { namespace, readAtMs: nowMs });
      return namespace;
    },
  };
}

function socketIdentity(path: string): string | null {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isSocket() ? `${stat.dev}:${stat.ino}` : null;
  } catch (error) {
    if (isVanished(error) || isDenied(error) || isUnsupported(error)) return null;
    throw error;
  }
}
