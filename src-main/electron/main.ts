import './small-heap';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, protocol, session, shell } from 'electron';
import type { Language } from '../../src-shared/messages/translate';
import { createTextMask } from '../../src-shared/redact/mask-values';
import { startCoreThread } from '../app/start-core-thread';
import { defaultDataDirectory } from '../platform/paths';
import { systemRoots } from '../platform/roots';
import { createSecretHash } from '../platform/secret-hash';
import { serveBundle } from './app-scheme';
import { createBrowserLinks } from './browser-links';
import { parseFlags } from './flags';
import { installMenu } from './menu';
import { hardenContents, hardenSession } from './security';
import { startShell } from './shell';
import { askOpenAddress } from './shell-dialogs';
import { restoreGtkGl } from './without-gtk-gl';

/**
 * Entry of the desktop app. Everything that must happen before Electron is ready stands here, top to bottom; the rest is
 * in shell.ts. No top-level await: waiting for `ready` that way never ends in an ESM main (Electron 33).
 */
const flags = parseFlags(process.argv.slice(1), process.env);
const dataDirectory = flags.dataDirectory ?? defaultDataDirectory(process.platform, process.env, homedir());
const out = (folder: string) => fileURLToPath(new URL(`../${folder}`, import.meta.url));

// A terminal that went away makes every line an error; it must not end the watch.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** Errors of others quote what they were about: addresses with passwords. */
const mask = createTextMask({ hash: createSecretHash() });

function log(line: string): void {
  process.stderr.write(`logscope: ${mask(line)}\n`);
}

process.on('uncaughtException', (error) => {
  log(`ended by an error: ${error.stack?.split('\n').slice(0, 2).join(' ') ?? String(error)}`);
  app.exit(1);
});

// The window reaches no address but its own: a process for networking would only cost memory (20 MB measured).
app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2');

// Chromium's own files (cache, lock of the single instance) beside ours, so that two data folders are two LogScopes.
app.setPath('userData', join(dataDirectory, 'window'));
app.setAppUserModelId('io.github.logscope');

if (!app.requestSingleInstanceLock({ hidden: flags.hidden, show: flags.show })) {
  log('already running: its window is shown instead');
  app.exit(0);
} else {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  let language: () => Language = () => 'en';
  const followLink = createBrowserLinks({
    open: (address) => shell.openExternal(address),
    ask: (address) => askOpenAddress(language(), address),
    log,
  });
  hardenContents(app, (link) => void followLink(link));
  installMenu(process.platform);
  void app.whenReady().then(() => {
    restoreGtkGl();
    hardenSession(session.defaultSession);
    protocol.handle('app', (request) => serveBundle(out('renderer'), request));
    const core = startCoreThread(
      {
        door: 'electron',
        version: app.getVersion(),
        dataDirectory,
        audience: flags.hidden ? 'hidden' : 'visible',
        roots: flags.runRoot === null ? systemRoots : { ...systemRoots, run: flags.runRoot },
        nodeName: flags.nodeName,
        engineEndpoint: flags.engineEndpoint,
        store: true,
        selfPid: process.pid,
        electronVersion: process.versions.electron,
        chromeVersion: process.versions.chrome,
        ...(flags.demoDirectory === null ? {} : { demoDirectory: flags.demoDirectory }),
        systemLanguage: app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('ko') ? 'ko' : 'en',
      },
      new URL('./core-thread.js', import.meta.url),
      (error, willRestart) => {
        log(`the core stopped: ${error.message}${willRestart ? '; it is started again' : ''}`);
        if (!willRestart) throw error;
      },
    );
    language = startShell({ core, flags, dataDirectory, preloadFolder: out('preload'), log });
  });
}
