import { isBelow } from './rule';

/** Folders where every user of the machine may put files. */
const sharedMemoryFolders = ['/dev/shm', '/dev/mqueue'] as const;
const temporaryFolders = ['/tmp', '/var/tmp', '/private/tmp', '/private/var/tmp'] as const;
/** Windows: no fixed drive letter or user name, so a part of the path. Not tested on a device. */
const windowsTemporaryParts = ['\\windows\\temp\\', '\\users\\public\\', '\\appdata\\local\\temp\\'] as const;

export interface TemporaryPlace {
  readonly folder: string;
  /** Never touches a disk: gone without a trace. */
  readonly inMemory: boolean;
}

/** The shared temporary folder a file stands in; null: none. */
export function temporaryPlaceOf(path: string): TemporaryPlace | null {
  const inMemory = sharedMemoryFolders.find((folder) => isBelow(path, folder));
  if (inMemory !== undefined) return { folder: inMemory, inMemory: true };
  const folder = temporaryFolders.find((one) => isBelow(path, one));
  if (folder !== undefined) return { folder, inMemory: false };
  if (!path.includes('\\')) return null;
  const lower = path.toLowerCase();
  const part = windowsTemporaryParts.find((one) => lower.includes(one));
  return part === undefined ? null : { folder: path.slice(0, lower.indexOf(part) + part.length - 1), inMemory: false };
}

const homeFolder = /^(?:\/root|\/home\/[^/]+|\/Users\/[^/]+|[a-z]:\\users\\[^\\]+)(?=[/\\])/i;

/** The home folder a path lies in; null: in none. */
export function homeOf(path: string): string | null {
  return homeFolder.exec(path)?.[0] ?? null;
}

export function isDownload(path: string): boolean {
  const home = homeOf(path);
  return home !== null && /^[/\\](?:Downloads|다운로드)[/\\]/i.test(path.slice(home.length));
}

/** Folders that belong to the distribution: what stands there came out of a package. */
const packagedFolders = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/lib',
  '/usr/libexec',
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
  '/usr/lib64',
  '/usr/games',
] as const;

export function isPackagedPlace(path: string): boolean {
  return packagedFolders.some((folder) => isBelow(path, folder));
}

/** Where administrators and package managers beside the distribution's own put whole programs. */
const otherProgramFolders = [
  '/usr/local',
  '/opt',
  '/snap',
  '/var/lib/snapd',
  '/app',
  '/nix/store',
  '/gnu/store',
  '/home/linuxbrew',
  '/var/lib/flatpak',
  '/run/current-system',
] as const;

export function isProgramPlace(path: string): boolean {
  return isPackagedPlace(path) || otherProgramFolders.some((folder) => isBelow(path, folder));
}
