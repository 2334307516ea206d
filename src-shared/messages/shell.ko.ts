import type { shellEn } from './shell.en';

export const shellKo: Readonly<Record<keyof typeof shellEn, string>> = {
  'tray.open': 'LogScope 열기',
};
