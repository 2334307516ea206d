import type { Exec } from '../platform/exec';

/** Whether the desktop shows tray icons at all. `unknown` when there is no way to ask. */
export type TrayPresence = 'shown' | 'not-shown' | 'unknown';

/**
 * Electron's Tray never fails, it just is not seen (plain GNOME; electron/electron#6773). On Linux whoever shows tray
 * icons owns a well-known name on the session bus: asked with the tools that come with D-Bus or GLib.
 */
export async function readTrayPresence(platform: NodeJS.Platform, exec: Exec): Promise<TrayPresence> {
  if (platform !== 'linux') return 'shown';
  const name = 'org.kde.StatusNotifierWatcher';
  const busSend = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', `string:${name}`];
  const gdbus = ['call', '--session', '-d', 'org.freedesktop.DBus', '-o', '/', '-m', 'org.freedesktop.DBus.NameHasOwner', name];
  for (const [program, args] of [
    ['dbus-send', busSend],
    ['gdbus', gdbus],
  ] as const) {
    const result = await exec(program, args, { timeoutMs: 2_000 });
    if (result.kind === 'exited' && result.exitCode === 0) return /\btrue\b/.test(result.stdout) ? 'shown' : 'not-shown';
  }
  return 'unknown';
}
