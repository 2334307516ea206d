/** Words of the window. Owner: src-renderer. */
export const interfaceEn = {
  'section.overview': 'Overview',
} as const;
