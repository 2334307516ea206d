import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { AnyEvent } from '../../src-shared/contract';
import type { Settings } from '../../src-shared/settings';
import type { Clock } from '../platform/clock';
import { startPage } from './app-scheme';
import { channels } from './channels';
import { afterCrash } from './crash-policy';
import { installShortcuts } from './menu';
import { backgroundOf, followTheme } from './theme';
import { type Bounds, placeWindow, type ShellState, smallestSize } from './window-state';

/** The one window. It lives as long as the app does: closing hides it. */
export interface MainWindow {
  readonly native: BrowserWindow;
  readonly contentsId: number;
  /** Shows, restores and focuses. Before the page has painted once it waits for that, so that it is never seen blank. */
  open(): void;
  /** Seen by somebody: shown and not minimised. */
  isVisible(): boolean;
  send(batch: readonly AnyEvent[]): void;
  setTheme(theme: Settings['theme']): void;
  /** Place and size to remember. */
  place(): Pick<ShellState, 'bounds' | 'maximised'>;
}

export interface WindowOptions {
  readonly clock: Clock;
  readonly folder: { readonly preload: string };
  readonly state: ShellState;
  readonly packaged: boolean;
  readonly onVisible: (visible: boolean) => void;
  readonly onClose: () => void;
  /** The page is gone or about to be loaded anew: events wait for the next one. */
  readonly onDetached: () => void;
  /** It crashed again soon after it was reloaded; `reload` tries once more. */
  readonly onCrashedTwice: (reason: string, reload: () => void) => void;
  readonly onUnresponsive: (reload: () => void) => void;
  readonly log: (line: string) => void;
}

export function createWindow(options: WindowOptions): MainWindow {
  followTheme(nativeTheme, options.state.theme);
  const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display): Bounds => display.workArea);
  const window = new BrowserWindow({
    ...placeWindow(options.state.bounds, workAreas),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title: 'LogScope',
    show: false,
    backgroundColor: backgroundOf(options.state.theme, nativeTheme.shouldUseDarkColors),
    webPreferences: {
      preload: join(options.folder.preload, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !options.packaged,
    },
  });
  let painted = false;
  // maximize() shows the window, so it has to wait for the first showing.
  let maximisePending = options.state.maximised;
  let openWanted = false;
  const seen = () => !window.isDestroyed() && window.isVisible() && !window.isMinimized();
  const tellVisible = () => options.onVisible(seen());
  window.on('show', tellVisible);
  window.on('hide', tellVisible);
  window.on('minimize', tellVisible);
  window.on('restore', tellVisible);
  window.on('close', (event) => {
    event.preventDefault();
    options.onClose();
  });

  const showNow = () => {
    if (window.isMinimized()) window.restore();
    if (maximisePending) window.maximize();
    maximisePending = false;
    window.show();
    window.focus();
  };
  const hasPainted = () => {
    painted = true;
    if (openWanted) showNow();
  };
  window.once('ready-to-show', hasPainted);

  const { webContents } = window;
  const load = () => {
    options.onDetached();
    webContents.loadURL(startPage).catch((error: unknown) => {
      options.log(`the window's page could not be loaded: ${String(error)}`);
      // Shown all the same: an empty window tells more than none.
      if (!painted) hasPainted();
    });
  };
  let crashedAtMs: number | null = null;
  webContents.on('render-process-gone', (_event, details) => {
    options.onDetached();
    if (details.reason === 'clean-exit') return;
    const previousAtMs = crashedAtMs;
    crashedAtMs = options.clock.monotonicMs();
    options.log(`the window's process ended: ${details.reason} (code ${details.exitCode})`);
    if (afterCrash(previousAtMs, crashedAtMs) === 'reload') load();
    else options.onCrashedTwice(details.reason, load);
  });
  window.on('unresponsive', () => options.onUnresponsive(load));
  installShortcuts(window, { devtools: !options.packaged, platform: process.platform });
  load();

  return {
    native: window,
    contentsId: webContents.id,
    open() {
      openWanted = true;
      if (painted) showNow();
    },
    isVisible: seen,
    send(batch) {
      if (!webContents.isDestroyed()) webContents.send(channels.events, batch);
    },
    setTheme(theme) {
      followTheme(nativeTheme, theme);
      window.setBackgroundColor(backgroundOf(theme, nativeTheme.shouldUseDarkColors));
    },
    place: () => ({ bounds: window.getNormalBounds(), maximised: maximisePending || window.isMaximized() }),
  };
}
