import { interfaceEn } from './interface.en';
import { judgementEn } from './judgement.en';
import { shellEn } from './shell.en';

/** All English words of the product, by key. */
export const en = { ...judgementEn, ...shellEn, ...interfaceEn } as const;
