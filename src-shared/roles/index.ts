import { containers } from './entries/containers';
import { databases } from './entries/databases';
import { desktopApps } from './entries/desktop-apps';
import { desktopSession } from './entries/desktop-session';
import { kernelDrivers } from './entries/kernel-drivers';
import { kernelThreads } from './entries/kernel-threads';
import { languages } from './entries/languages';
import { linuxDevices } from './entries/linux-devices';
import { linuxPackages } from './entries/linux-packages';
import { linuxServices } from './entries/linux-services';
import { linuxSystem } from './entries/linux-system';
import { linuxTools } from './entries/linux-tools';
import { macos } from './entries/macos';
import { macosPrograms } from './entries/macos-apps';
import { monitoring } from './entries/monitoring';
import { nodeTools } from './entries/node-tools';
import { pythonTools } from './entries/python';
import { webServers } from './entries/web-servers';
import { windows } from './entries/windows';
import { windowsPrograms } from './entries/windows-apps';
import type { RoleEntry } from './role-entry';

/** The curated role base, in the order in which entries that match alike are preferred. How to add one: docs/roles.md. */
export const roleEntries: readonly RoleEntry[] = [
  kernelThreads,
  kernelDrivers,
  linuxSystem,
  linuxServices,
  linuxDevices,
  linuxPackages,
  linuxTools,
  desktopSession,
  desktopApps,
  webServers,
  databases,
  monitoring,
  containers,
  nodeTools,
  pythonTools,
  languages,
  macos,
  macosPrograms,
  windows,
  windowsPrograms,
].flat();

let entriesById: ReadonlyMap<string, RoleEntry> | null = null;

/** The entry with this id; null when the base has none (an id of an older version, or what came from outside). */
export function roleEntryOf(id: string): RoleEntry | null {
  entriesById ??= new Map(roleEntries.map((entry) => [entry.id, entry]));
  return entriesById.get(id) ?? null;
}
