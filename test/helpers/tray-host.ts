import dbus from 'dbus-next';

const { Interface, ACCESS_READ } = dbus.interface;

/** What an app shows in the tray, read over D-Bus: what a panel would draw. */
export interface TrayItem {
  readonly name: string;
  readonly toolTip: string;
  readonly menuPath: string;
  /** One picture: four bytes a pixel, alpha, red, green, blue. */
  readonly picture: { readonly width: number; readonly height: number; readonly argb: Uint8Array };
}

export interface TrayMenuEntry {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly separator: boolean;
}

export interface TrayHost {
  /** Bus names of the registered items, in order. */
  readonly items: readonly string[];
  read(index?: number): Promise<TrayItem>;
  menu(item: TrayItem): Promise<readonly TrayMenuEntry[]>;
  click(item: TrayItem, entry: TrayMenuEntry): Promise<void>;
  stop(): void;
}

/** Owns the well-known name of a desktop's tray, so that no panel is needed. The app must start after it. */
export async function startTrayHost(): Promise<TrayHost> {
  const bus = dbus.sessionBus();
  const items: string[] = [];
  class Watcher extends Interface {
    get RegisteredStatusNotifierItems(): string[] {
      return items;
    }
    get IsStatusNotifierHostRegistered(): boolean {
      return true; // Chromium asks for it and shows nothing without.
    }
    get ProtocolVersion(): number {
      return 0;
    }
    RegisterStatusNotifierItem(service: string): void {
      items.push(service);
      this.StatusNotifierItemRegistered(service);
    }
    RegisterStatusNotifierHost(): void {}
    StatusNotifierItemRegistered(service: string): string {
      return service;
    }
  }
  Watcher.configureMembers({
    properties: {
      RegisteredStatusNotifierItems: { signature: 'as', access: ACCESS_READ },
      IsStatusNotifierHostRegistered: { signature: 'b', access: ACCESS_READ },
      ProtocolVersion: { signature: 'i', access: ACCESS_READ },
    },
    methods: { RegisterStatusNotifierItem: { inSignature: 's' }, RegisterStatusNotifierHost: { inSignature: 's' } },
    signals: { StatusNotifierItemRegistered: { signature: 's' } },
  });
  bus.export('/StatusNotifierWatcher', new Watcher('org.kde.StatusNotifierWatcher'));
  await bus.requestName('org.kde.StatusNotifierWatcher', 0);

  async function call(fields: dbus.MessageLike): Promise<readonly unknown[]> {
    const reply = await bus.call(new dbus.Message(fields));
    return reply?.body ?? [];
  }

  return {
    items,
    async read(index = 0) {
      const name = items[index];
      if (name === undefined) throw new Error(`no tray item ${index}: ${items.length} registered`);
      const [all] = await call({
        destination: name,
        path: '/StatusNotifierItem',
        interface: 'org.freedesktop.DBus.Properties',
        member: 'GetAll',
        signature: 's',
        body: ['org.kde.StatusNotifierItem'],
      });
      const properties = all as Record<string, dbus.Variant>;
      const pictures = (properties.IconPixmap?.value ?? []) as readonly [number, number, Uint8Array][];
      const first = pictures[0];
      if (first === undefined) throw new Error('the tray item has no picture');
      return {
        name,
        toolTip: String((properties.ToolTip?.value as readonly unknown[] | undefined)?.[2] ?? ''),
        menuPath: String(properties.Menu?.value ?? ''),
        picture: { width: first[0], height: first[1], argb: first[2] },
      };
    },
    async menu(item) {
      const body = [0, -1, []];
      const reply = await call({
        destination: item.name,
        path: item.menuPath,
        interface: 'com.canonical.dbusmenu',
        member: 'GetLayout',
        signature: 'iias',
        body,
      });
      type Node = readonly [number, Record<string, dbus.Variant>, readonly dbus.Variant<Node>[]];
      const root = reply[1] as Node;
      return root[2].map(({ value: [id, properties] }) => ({
        id,
        label: String(properties.label?.value ?? ''),
        enabled: properties.enabled?.value !== false,
        separator: properties.type?.value === 'separator',
      }));
    },
    async click(item, entry) {
      await call({
        destination: item.name,
        path: item.menuPath,
        interface: 'com.canonical.dbusmenu',
        member: 'Event',
        signature: 'isvu',
        body: [entry.id, 'clicked', new dbus.Variant('i', 0), 0],
      });
    },
    stop: () => bus.disconnect(),
  };
}

/** The commonest fully opaque colour, as `#rrggbb`; null for an empty picture. */
export function dominantColour(picture: TrayItem['picture']): string | null {
  const counts = new Map<string, number>();
  for (let at = 0; at + 3 < picture.argb.length; at += 4) {
    const [alpha, red, green, blue] = picture.argb.slice(at, at + 4);
    if (alpha !== 255) continue;
    const colour = `#${[red, green, blue].map((channel) => (channel ?? 0).toString(16).padStart(2, '0')).join('')}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
