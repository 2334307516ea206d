import { useEffect, useState } from 'react';
import type { RoleEntry } from '../../../src-shared/roles/role-entry';
import { roleText } from '../../../src-shared/roles/role-text';
import type { ProcessRole } from '../../../src-shared/snapshots';
import type { Words } from '../../words/use-words';

/** Entry of the role base by its id; null: there is none of that id. */
export type RoleBase = (id: string) => RoleEntry | null;

let base: RoleBase | null = null;
let loading: Promise<RoleBase> | null = null;

/**
 * The role base, loaded when the first view that tells roles opens: its texts are too much to be read at the launch.
 * Null until then.
 */
export function useRoleBase(): RoleBase | null {
  const [loaded, setLoaded] = useState<RoleBase | null>(() => base);
  useEffect(() => {
    let ended = false;
    if (loaded === null) {
      loadRoleBase().then(
        (found) => {
          if (!ended) setLoaded(() => found);
        },
        // A part of the app itself is missing: names and categories still stand.
        (error: unknown) => console.warn('LogScope: the texts of the role base could not be loaded', error),
      );
    }
    return () => {
      ended = true;
    };
  }, [loaded]);
  return loaded;
}

/** Loads it once; a failed load is tried again by the next view. */
export function loadRoleBase(): Promise<RoleBase> {
  loading ??= import('../../../src-shared/roles/index').then(
    ({ roleEntryOf }) => {
      base = roleEntryOf;
      return roleEntryOf;
    },
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** What a process is, in one sentence; its category while the base is not there; empty where neither is known. */
export function roleSentence(words: Words, role: ProcessRole, roles: RoleBase | null): string {
  const entry = role.entry === null || roles === null ? null : roles(role.entry);
  const sentence = role.entry !== null && entry === null && role.layer === 'base' ? '' : roleText(words.language, role, entry);
  return sentence === '' ? categoryText(words, role) : sentence;
}

export function categoryText(words: Words, role: Pick<ProcessRole, 'category'>): string {
  return role.category === null ? '' : words.t(`role.category.${role.category}`);
}
