import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import type { Alert } from '../../src-shared/alerts';
import type { AnyEvent } from '../../src-shared/contract';
import type { Place } from '../../src-shared/judgement';
import { type Language, translate } from '../../src-shared/messages/translate';
import { defaultSettings, type Settings } from '../../src-shared/settings';
import type { Core } from '../app/core';
import { systemClock, systemTimers } from '../platform/clock';
import { systemExec } from '../platform/exec';
import { createEventForwarder } from './event-forwarder';
import type { Flags } from './flags';
import { registerIpc } from './ipc';
import { createNotifier } from './notifier';
import { withPdfReports } from './pdf-report';
import { followPower } from './power';
import { printHtml } from './print-report';
import { askAfterCrash, askCloseWithoutTray, askUnresponsive, askWhereToSave } from './shell-dialogs';
import { installShutdown } from './shutdown';
import { exposeTestHook } from './test-hook';
import { createTray } from './tray';
import { deriveTrayModel } from './tray-model';
import { readTrayPresence } from './tray-presence';
import { createWindow } from './window';
import { readShellState, writeShellState } from './window-state';

export interface ShellOptions {
  readonly core: Core;
  readonly flags: Flags;
  readonly dataDirectory: string;
  readonly preloadFolder: string;
  readonly log: (line: string) => void;
}

/** Joins window, tray, notifications and power to a running core; returns the language of the moment. Call when Electron is ready. */
export function startShell({ core, flags, dataDirectory, preloadFolder, log }: ShellOptions): () => Language {
  const stateFile = join(dataDirectory, 'window.json');
  let state = readShellState(stateFile);
  let settings: Settings = { ...defaultSettings, theme: state.theme };
  let paused = false;
  let looked = false;
  let trayNoticeGiven = false;
  const alerts = new Map<string, Alert>();
  const systemLanguage: Language = app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('ko') ? 'ko' : 'en';
  const language = () => (settings.language === 'system' ? systemLanguage : settings.language);
  const ask = (name: string, input?: unknown) => core.handle(name, input, { actionsAllowed: true });

  const forwarder = createEventForwarder({
    clock: systemClock,
    timers: systemTimers,
    send: (batch) => window.send(batch),
  });
  const window = createWindow({
    clock: systemClock,
    folder: { preload: preloadFolder },
    state,
    packaged: app.isPackaged,
    onVisible(visible) {
      core.setAudience(visible ? 'visible' : 'hidden');
      forwarder.setVisible(visible);
    },
    onClose: () => void closeWindow(),
    onDetached: () => forwarder.detached(),
    onCrashedTwice: (reason, reload) => void askAfterCrash(language(), reason).then((answer) => (answer === 'reload' ? reload() : end(0))),
    onUnresponsive: (reload) => void askUnresponsive(language()).then((answer) => (answer === 'reload' ? reload() : undefined)),
    log,
  });
  const jump = (place: Place) => {
    window.open();
    forwarder.push({ event: 'navigate', payload: place });
  };
  const notifier = createNotifier({ clock: systemClock, enabled: () => settings.notifications, language, jump, log });
  const tray = createTray({ open: window.open, jump, setPaused: (next) => void setPaused(next), quit: () => end(0) });
  const redrawTray = () => tray.show(deriveTrayModel({ looked, alerts: [...alerts.values()], paused, language: language() }), language());

  async function setPaused(next: boolean): Promise<void> {
    await ask('engine.pause', { paused: next });
  }

  function onSettings(next: Settings): void {
    settings = next;
    window.setTheme(next.theme);
    state = { ...state, theme: next.theme };
    redrawTray();
  }

  function onEvent(event: AnyEvent): void {
    if (event.event === 'reading' && !looked) {
      looked = true;
      redrawTray();
    } else if (event.event === 'alert') {
      const { change, alert } = event.payload;
      if (change === 'cleared') alerts.delete(alert.key);
      else alerts.set(alert.key, alert);
      redrawTray();
      notifier.deliver(event.payload);
    } else if (event.event === 'paused') {
      paused = event.payload.paused;
      redrawTray();
    } else if (event.event === 'settings') onSettings(event.payload);
    forwarder.push(event);
  }

  async function closeWindow(): Promise<void> {
    remember();
    const presence = await readTrayPresence(process.platform, systemExec);
    if (presence === 'shown') {
      window.native.hide();
      if (settings.trayNoticeShown || trayNoticeGiven) return;
      // The setting comes back from the core a moment later; a quick second closing must not tell again.
      trayNoticeGiven = true;
      notifier.say(translate(language(), 'notification.tray.title'), translate(language(), 'notification.tray.body'));
      await ask('settings.change', { trayNoticeShown: true });
      return;
    }
    if (!state.closeWithoutTrayConfirmed && (await askCloseWithoutTray(language())) === 'stay') return;
    state = { ...state, closeWithoutTrayConfirmed: true };
    end(0);
  }

  function remember(): void {
    state = { ...state, ...window.place() };
    writeShellState(stateFile, state);
  }

  const end = installShutdown({
    core,
    log,
    beforeEnd() {
      stopListening();
      remember();
      notifier.withdrawAll();
      tray.destroy();
    },
  });
  const asked = withPdfReports({ core, print: printHtml, askWhere: (name) => askWhereToSave(language(), name), log });
  registerIpc({ ipcMain, core: asked, forwarder, contentsId: window.contentsId });
  const stopListening = core.onEvent(onEvent);
  followPower(core, () => end(0));
  window.native.on('session-end', () => end(0));
  app.on('second-instance', (_event, _argv, _directory, data) => {
    const told = data as { readonly hidden?: boolean; readonly show?: unknown } | null;
    if (told?.show === 'demo') jump({ section: 'traffic', item: 'demo' });
    else if (told?.hidden !== true) window.open();
  });
  app.on('activate', window.open);
  redrawTray();
  if (flags.show === 'demo') jump({ section: 'traffic', item: 'demo' });
  else if (!flags.hidden) window.open();
  if (flags.testing) exposeTestHook({ tray: tray.shown, openWindow: window.open, end });
  void ask('settings.get').then((reply) => {
    if (reply.ok) onSettings(reply.value as Settings);
  });
  void ask('alerts.list').then((reply) => {
    if (!reply.ok) return;
    // Changes that came in meanwhile are newer than this list.
    for (const alert of reply.value as readonly Alert[])
      if (alert.clearedAtMs === null && !alerts.has(alert.key)) alerts.set(alert.key, alert);
    redrawTray();
  });
  return language;
}
