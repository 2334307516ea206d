import { type BrowserWindow, Menu } from 'electron';

/** macOS needs an application menu for its standard shortcuts; elsewhere the window has none. */
export function installMenu(platform: NodeJS.Platform): void {
  if (platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]));
}

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

/** A step of zoom is 20 %; between about 50 % and 300 %. */
export function installShortcuts(window: BrowserWindow, options: { readonly devtools: boolean; readonly platform: NodeJS.Platform }): void {
  const { webContents } = window;
  webContents.on('before-input-event', (event, input) => {
    const shortcut = shortcutFor(input, options.platform);
    if (shortcut === null) return;
    event.preventDefault();
    if (shortcut === 'devtools') {
      if (options.devtools) webContents.toggleDevTools();
      return;
    }
    const level = webContents.getZoomLevel() + { 'zoom-in': 1, 'zoom-out': -1, 'zoom-reset': -webContents.getZoomLevel() }[shortcut];
    webContents.setZoomLevel(Math.min(6, Math.max(-4, level)));
  });
}
