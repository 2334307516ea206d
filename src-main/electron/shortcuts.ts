export type Shortcut = 'zoom-in' | 'zoom-out' | 'zoom-reset' | 'devtools' | null;

/** The window's own keys, those of the page aside. Reload is none of them: the page keeps state that a reload would lose. */
export function shortcutFor(
  input: { readonly type: string; readonly key: string; readonly control: boolean; readonly meta: boolean; readonly shift: boolean },
  platform: NodeJS.Platform,
): Shortcut {
  if (input.type !== 'keyDown') return null;
  const command = platform === 'darwin' ? input.meta : input.control;
  const key = input.key.toLowerCase();
  if (command && (key === '+' || key === '=')) return 'zoom-in';
  if (command && (key === '-' || key === '_')) return 'zoom-out';
  if (command && key === '0') return 'zoom-reset';
  if (key === 'f12' || (command && input.shift && key === 'i')) return 'devtools';
  return null;
}
