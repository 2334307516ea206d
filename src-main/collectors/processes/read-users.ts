import { statSync } from 'node:fs';
import { isDenied, isVanished } from '../../platform/proc-errors';
import { readTextIfThere } from '../../platform/proc-file';
import { parsePasswd } from './parse';

export interface UserNames {
  /** Looks at the file's time and reads it again when that changed. */
  refresh(): void;
  /** The name, or the number as text for a user that passwd does not list (a directory service, a container's). */
  nameOf(uid: number | null): string | null;
}

export function createUserNames(etcRoot: string): UserNames {
  const path = `${etcRoot}/passwd`;
  let names: ReadonlyMap<number, string> = new Map();
  let readAtChangeMs: number | null = null;

  function changedAtMs(): number | null {
    try {
      return statSync(path).mtimeMs;
    } catch (error) {
      if (isVanished(error) || isDenied(error)) return null;
      throw error;
    }
  }

  return {
    refresh() {
      const changedMs = changedAtMs();
      if (changedMs === readAtChangeMs) return;
      names = changedMs === null ? new Map() : parsePasswd(readTextIfThere(path) ?? '');
      readAtChangeMs = changedMs;
    },
    nameOf: (uid) => (uid === null ? null : (names.get(uid) ?? String(uid))),
  };
}
