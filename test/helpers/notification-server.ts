import dbus from 'dbus-next';

const { Interface } = dbus.interface;

export interface ShownNotification {
  readonly id: number;
  readonly app: string;
  readonly summary: string;
  readonly body: string;
  /** 0 low, 1 normal, 2 critical. */
  readonly urgency: number | null;
  readonly atMs: number;
}

export interface NotificationServer {
  /** Every notification ever shown, oldest first. */
  readonly shown: readonly ShownNotification[];
  /** Ids that the app took back. */
  readonly withdrawn: readonly number[];
  click(id: number): void;
  stop(): void;
}

/** Owns the desktop's notification service, so that none is needed and every call is seen. The app must start after it. */
export async function startNotificationServer(): Promise<NotificationServer> {
  const bus = dbus.sessionBus();
  const shown: ShownNotification[] = [];
  const withdrawn: number[] = [];
  class Notifications extends Interface {
    GetCapabilities(): string[] {
      return ['body', 'actions'];
    }
    GetServerInformation(): [string, string, string, string] {
      return ['test', 'test', '1', '1.2'];
    }
    Notify(
      app: string,
      _replaces: number,
      _icon: string,
      summary: string,
      body: string,
      _actions: string[],
      hints: Record<string, dbus.Variant>,
      _timeout: number,
    ): number {
      const urgency = hints.urgency?.value;
      const id = shown.length + 1;
      shown.push({ id, app, summary, body, urgency: typeof urgency === 'number' ? urgency : null, atMs: Date.now() });
      return id;
    }
    CloseNotification(id: number): void {
      withdrawn.push(id);
      this.NotificationClosed(id, 3);
    }
    ActionInvoked(id: number, key: string): [number, string] {
      return [id, key];
    }
    NotificationClosed(id: number, reason: number): [number, number] {
      return [id, reason];
    }
  }
  Notifications.configureMembers({
    methods: {
      GetCapabilities: { outSignature: 'as' },
      GetServerInformation: { outSignature: 'ssss' },
      Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
      CloseNotification: { inSignature: 'u' },
    },
    signals: { ActionInvoked: { signature: 'us' }, NotificationClosed: { signature: 'uu' } },
  });
  const server = new Notifications('org.freedesktop.Notifications');
  bus.export('/org/freedesktop/Notifications', server);
  await bus.requestName('org.freedesktop.Notifications', 0);
  return {
    shown,
    withdrawn,
    click: (id) => void server.ActionInvoked(id, 'default'),
    stop: () => bus.disconnect(),
  };
}
