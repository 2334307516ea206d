/** Words of the tray, the native notifications and the menus. Owner: src-main/electron. */
export const shellEn = {
  'tray.open': 'Open LogScope',
} as const;
