import type { NativeTheme } from 'electron';
import type { Settings } from '../../src-shared/settings';

/** `surface-0` of styles/tokens.css: what shows before the first paint and behind it while the window grows. */
export const backgrounds = { dark: '#0e1014', light: '#f3f4f7', retro: '#050f0a' } as const;

export function backgroundOf(theme: Settings['theme'], systemIsDark: boolean): string {
  return backgrounds[theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme];
}

/** Menus, dialogs and the page's prefers-color-scheme go with the setting; the retro theme is a dark one. */
export function followTheme(nativeTheme: NativeTheme, theme: Settings['theme']): void {
  nativeTheme.themeSource = theme === 'retro' ? 'dark' : theme;
}
