import { type BrowserWindow, Menu } from 'electron';
import { shortcutFor } from './shortcuts';

/** macOS needs an application menu for its standard shortcuts; elsewhere the window has none. */
export function installMenu(platform: NodeJS.Platform): void {
  if (platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]));
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
