import { useEffect, useSyncExternalStore } from 'react';
import type { Settings } from '../../src-shared/settings';
import { useApp } from '../state/context';
import { languageOf } from '../words/use-words';
import { rememberTheme } from './first-look';

const light = '(prefers-color-scheme: light)';

/** Theme, density and language of the document by the settings and, where they say so, by the system. */
export function useDocumentLook(): void {
  const theme = useApp((app) => app.settings.theme);
  const known = useApp((app) => app.info !== null);
  const density = useApp((app) => app.settings.density);
  const language = useApp(languageOf);
  const systemTheme = useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(light);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => (window.matchMedia(light).matches ? 'light' : 'dark'),
  );
  useEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    root.dataset.density = density;
    // Before the settings are known the remembered theme stays: no flash of another one.
    if (known || root.dataset.theme === undefined) root.dataset.theme = themeOf(theme, systemTheme);
    if (known) rememberTheme(themeOf(theme, systemTheme));
  }, [theme, density, language, known, systemTheme]);
}

function themeOf(theme: Settings['theme'], systemTheme: 'light' | 'dark'): string {
  return theme === 'system' ? systemTheme : theme;
}
