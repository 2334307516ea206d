/** A file or folder on the way to an executable. */
export interface PathStep {
  readonly path: string;
  /** As stat(2) gives it. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const groupWrite = 0o020;
const othersWrite = 0o002;
const sticky = 0o1000;

/**
 * Where others than root and the owner of the file may change what runs: the file, or a folder above it in which they could put
 * another in its place. `steps`: from the root of the file system to the file. `groupHasOthers`: the group has members beside
 * root and the given user. Access lists and mount options are not looked at. Null: nowhere.
 */
export function findChangeableStep(steps: readonly PathStep[], groupHasOthers: (gid: number, ownerUid: number) => boolean): string | null {
  const file = steps.at(-1);
  if (file === undefined) return null;
  const trusted = (uid: number) => uid === 0 || uid === file.uid;
  for (const [index, step] of steps.entries()) {
    if (!trusted(step.uid)) return step.path;
    const open = (step.mode & othersWrite) !== 0 || ((step.mode & groupWrite) !== 0 && groupHasOthers(step.gid, file.uid));
    if (!open) continue;
    // In a sticky folder only the owner of an entry may take it away: whether that one is trusted is seen at the entry.
    if (index < steps.length - 1 && (step.mode & sticky) !== 0) continue;
    return step.path;
  }
  return null;
}

/** Users of each group by number, from group(5) and passwd(5): those listed in it, and those whose own group it is. */
export function parseGroupMembers(groupText: string, passwdText: string): ReadonlyMap<number, ReadonlySet<number>> {
  const uids = new Map<string, number>();
  const members = new Map<number, Set<number>>();
  const add = (gid: number, uid: number) => members.set(gid, (members.get(gid) ?? new Set()).add(uid));
  for (const line of passwdText.split('\n')) {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    if (!/^\d+$/.test(uid) || !/^\d+$/.test(gid)) continue;
    uids.set(name, Number(uid));
    add(Number(gid), Number(uid));
  }
  for (const line of groupText.split('\n')) {
    const [, , gid = '', names = ''] = line.split(':');
    if (!/^\d+$/.test(gid)) continue;
    // Listed and without members is something else than not listed.
    if (!members.has(Number(gid))) members.set(Number(gid), new Set());
    for (const name of names.split(',')) {
      const uid = uids.get(name.trim());
      // A member that passwd does not list comes from a directory service: somebody it is.
      if (name.trim() !== '') add(Number(gid), uid ?? -1);
    }
  }
  return members;
}
