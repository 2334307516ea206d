import { roleEntries } from '../../../src-shared/roles/index';
import { createRoleBase, type RoleBase } from './match-base';

let made: RoleBase | null = null;

/** The curated base, made ready at the first use: one for the whole thread. */
export function curatedRoleBase(): RoleBase {
  made ??= createRoleBase(roleEntries);
  return made;
}
