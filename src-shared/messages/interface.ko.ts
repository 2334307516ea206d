import type { interfaceEn } from './interface.en';

export const interfaceKo: Readonly<Record<keyof typeof interfaceEn, string>> = {
  'section.overview': '개요',
};
