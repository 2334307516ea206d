import { statSync } from 'node:fs';
import { isDenied, isVanished } from '../../../platform/proc-errors';
import { readTextIfThere } from '../../../platform/proc-file';
import { parseGroupMembers } from './parse-file-rights';

export interface GroupMembers {
  /** The group has members beside root and this user. */
  hasOthers(gid: number, ownerUid: number): boolean;
}

const lookEveryMs = 60_000;

/** Members by /etc/group and /etc/passwd, read again when one of them changed. Groups of a directory service are taken as shared. */
export function createGroupMembers(etcRoot: string): GroupMembers {
  const files = [`${etcRoot}/group`, `${etcRoot}/passwd`] as const;
  let members: ReadonlyMap<number, ReadonlySet<number>> = new Map();
  let stamp = '';
  let nextLookMs = 0;

  function refresh(): void {
    const nowMs = performance.now();
    if (nowMs < nextLookMs) return;
    nextLookMs = nowMs + lookEveryMs;
    const now = files.map(changedAtMs).join();
    if (now === stamp) return;
    stamp = now;
    const [group, passwd] = files.map((file) => readTextIfThere(file) ?? '');
    members = parseGroupMembers(group ?? '', passwd ?? '');
  }

  return {
    hasOthers(gid, ownerUid) {
      refresh();
      const ofGroup = members.get(gid);
      // A group that is not listed: of root itself it holds nobody else, of any other nothing is known.
      if (ofGroup === undefined) return gid !== 0;
      return [...ofGroup].some((uid) => uid !== 0 && uid !== ownerUid);
    },
  };
}

function changedAtMs(path: string): number | null {
  try {
    return statSync(path).mtimeMs;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}
