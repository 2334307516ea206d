import { readdirSync } from 'node:fs';
import { emptyStatFields, parseStat } from '../../collectors/processes/parse-stat';
import { createSocketTable, readSocketDescriptors } from '../../collectors/processes/read-sockets';
import { isDenied, isVanished } from '../../platform/proc-errors';
import { readTextIfThere } from '../../platform/proc-file';

/** TCP ports on which a tree of processes was seen to listen so far, ascending. */
export interface TreePorts {
  /** Null: this system has no /proc. */
  look(): readonly number[] | null;
  close(): void;
}

/** The tree is only walked when a socket listens that did not the last time: a quiet machine costs two short reads. */
export function createTreePorts(procRoot: string, rootPid: number): TreePorts {
  const tables = ['tcp', 'tcp6'].map((name) => createSocketTable(`${procRoot}/${rootPid}/net/${name}`, 'tcp'));
  const found = new Set<number>();
  let known: ReadonlySet<number> = new Set();
  let isSeen = false;

  return {
    look() {
      const sockets = tables.flatMap((table) => table.read());
      const isNew = sockets.some(({ inode }) => !known.has(inode));
      known = new Set(sockets.map(({ inode }) => inode));
      const tree = isNew || !isSeen ? treeOf(procRoot, rootPid) : [];
      if (tree === null) return null;
      isSeen = true;
      const held = new Set(tree.flatMap((pid) => readSocketDescriptors(procRoot, pid) ?? []).map(({ inode }) => inode));
      for (const { inode, port } of sockets) if (held.has(inode)) found.add(port);
      return [...found].sort((a, b) => a - b);
    },
    close() {
      for (const table of tables) table.close();
    },
  };
}

/** The process and everything below it; null without /proc. */
function treeOf(procRoot: string, rootPid: number): readonly number[] | null {
  const fields = emptyStatFields();
  const children = new Map<number, number[]>();
  let names: readonly string[];
  try {
    names = readdirSync(procRoot);
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    const stat = Buffer.from(readTextIfThere(`${procRoot}/${name}/stat`) ?? '', 'latin1');
    if (!parseStat(stat, stat.length, fields)) continue;
    children.set(fields.ppid, [...(children.get(fields.ppid) ?? []), Number(name)]);
  }
  const tree = new Set([rootPid]);
  for (const pid of tree) for (const child of children.get(pid) ?? []) tree.add(child);
  return [...tree];
}
