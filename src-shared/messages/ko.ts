import { interfaceKo } from './interface.ko';
import { judgementKo } from './judgement.ko';
import { shellKo } from './shell.ko';

/** All Korean words; the types of its parts make a missing key a compile error. */
export const ko = { ...judgementKo, ...shellKo, ...interfaceKo } as const;
