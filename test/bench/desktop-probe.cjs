/**
 * Loaded into the main process of the desktop app with `electron -r`: tells the bench over stdout when the window was shown
 * and when the first snapshot stood on it. SIGUSR2 hides the window. No part of the app.
 */
const { app, BrowserWindow } = require('electron');

const tell = (message) => process.stdout.write(`bench ${JSON.stringify(message)}\n`);

/** Runs in the page: resolves when the host's figures are painted (two frames after they came into the document). */
function watchPage() {
  return new Promise((resolve) => {
    const look = () => {
      const host = document.querySelector('[role="region"][aria-label="Host"], section[aria-label="Host"]');
      if (!host || !/\d/.test(host.textContent ?? '')) return requestAnimationFrame(look);
      return requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const painted = performance.getEntriesByName('first-contentful-paint')[0];
          resolve({ snapshotAtMs: Date.now(), firstPaintAtMs: painted ? performance.timeOrigin + painted.startTime : null });
        }),
      );
    };
    look();
  });
}

app.on('browser-window-created', (_event, window) => {
  window.once('show', () => tell({ kind: 'shown', atMs: Date.now() }));
  window.webContents.on('dom-ready', () => {
    window.webContents.executeJavaScript(`(${watchPage})()`).then((times) => tell({ kind: 'painted', ...times }));
  });
});
process.on('SIGUSR2', () => {
  for (const window of BrowserWindow.getAllWindows()) window.hide();
  tell({ kind: 'hidden' });
});
