import { Notification } from 'electron';
import type { AlertChange } from '../../src-shared/alerts';
import type { Place } from '../../src-shared/judgement';
import { type Language, translate } from '../../src-shared/messages/translate';
import type { AlertChannel } from '../alerts/channels/channel';
import { type DesktopState, decideDesktop, initialDesktopState } from '../alerts/channels/desktop';
import type { Clock } from '../platform/clock';
import { alertBody, alertTitle } from './alert-words';
import { trayIcon } from './tray';

export interface Notifier extends AlertChannel {
  /** Something about LogScope itself. */
  say(title: string, body: string): void;
  withdrawAll(): void;
}

export interface NotifierOptions {
  readonly clock: Clock;
  readonly enabled: () => boolean;
  readonly language: () => Language;
  readonly jump: (place: Place) => void;
  readonly log: (line: string) => void;
}

/** The desktop channel: native notifications by the decision in alerts/channels/desktop. */
export function createNotifier({ clock, enabled, language, jump, log }: NotifierOptions): Notifier {
  let state: DesktopState = initialDesktopState;
  // Held here because a notification that is collected as garbage loses its click.
  const open = new Map<string, Notification>();
  let ownCount = 0;

  function show(key: string, title: string, body: string, urgent: boolean, onClick: (() => void) | null): void {
    if (!Notification.isSupported()) {
      log(`this desktop takes no notifications; not shown: ${title}`);
      return;
    }
    const notification = new Notification({
      title,
      body,
      icon: urgent ? trayIcon('critical') : trayIcon('ok'),
      ...(process.platform === 'linux' ? { urgency: urgent ? 'critical' : 'low' } : {}),
    });
    if (onClick !== null) notification.on('click', onClick);
    notification.on('failed', (_event, error) => log(`a notification could not be shown: ${error}`));
    notification.on('close', () => {
      if (open.get(key) === notification) open.delete(key);
    });
    open.set(key, notification);
    notification.show();
  }

  return {
    id: 'desktop',
    deliver(change: AlertChange) {
      const decided = decideDesktop(state, change, { enabled: enabled(), nowMs: clock.nowMs() });
      state = decided.state;
      const { action } = decided;
      if (action.kind === 'show') {
        const { alert } = action;
        show(alert.key, alertTitle(language(), alert), alertBody(language(), alert), true, () => jump(alert.place));
      } else if (action.kind === 'show-summary') {
        const title = translate(language(), 'notification.many.title');
        show('summary', title, translate(language(), 'notification.many.body'), true, () => jump({ section: 'alerts' }));
      } else if (action.kind === 'withdraw') {
        open.get(action.key)?.close();
        open.delete(action.key);
      }
    },
    say(title, body) {
      ownCount += 1;
      show(`own/${ownCount}`, title, body, false, () => jump({ section: 'overview' }));
    },
    withdrawAll() {
      for (const notification of open.values()) notification.close();
      open.clear();
    },
  };
}
