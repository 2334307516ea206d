const key = 'logscope.theme';

/** The theme of the last time, set before anything is drawn. */
export function applyFirstLook(): void {
  const remembered = localStorage.getItem(key);
  const known = remembered === 'light' || remembered === 'dark' || remembered === 'retro';
  const system = window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = known ? remembered : system;
}

export function rememberTheme(theme: string): void {
  localStorage.setItem(key, theme);
}
