import type { RolePlatform } from '../../../src-shared/roles/role-entry';

/** Tells whether a normalised path (`normalisePath`) stands in one of the folders it was made for. */
export type StandsIn = (path: string) => boolean;

/** Only the first letters of a path are looked at: none of the folders lies deeper. */
const mostLetters = 4096;
const store = /^\/(?:nix|gnu)\/store\/[^/]+(?=\/)/;
const snap = /^(?:\/var\/lib\/snapd)?\/snap\/[^/]+\/[^/]+(?=\/(?:usr|bin|sbin|lib))/;
const home = /^(?:\/root|\/home\/[^/]+|\/Users\/[^/]+|\/var\/home\/[^/]+|c:\\users\\[^\\]+)(?=[/\\])/;

/**
 * A path as the folders of the role base are written: Windows in lower case; on Linux without the store folder of Nix and Guix or
 * the revision folder of a snap (both belong to root and hold an ordinary tree), /lib64 and the like as /lib.
 */
export function normalisePath(path: string, platform: RolePlatform): string {
  const cut = path.slice(0, mostLetters);
  if (platform === 'win32') return cut.toLowerCase().replaceAll('/', '\\');
  if (platform === 'darwin') return cut;
  return cut
    .replace(store, '')
    .replace(snap, '')
    .replace(/^(\/usr)?\/lib(?:32|64|x32)(?=\/)/, '$1/lib');
}

/** The forms of a folder: see RoleEntry.folders. */
export function compileFolders(folders: readonly string[], platform: RolePlatform): StandsIn {
  const separator = platform === 'win32' ? '\\' : '/';
  const absolute: string[] = [];
  const inHome: string[] = [];
  const anywhere: string[] = [];
  for (const folder of folders) {
    const bare = folder.endsWith(separator) ? folder.slice(0, -1) : folder;
    if (bare.startsWith('~')) inHome.push(bare.slice(1));
    else if (bare.startsWith(separator) || (platform === 'win32' && /^[a-z]:/.test(bare))) absolute.push(bare);
    else anywhere.push(`${separator}${bare}${separator}`);
  }
  const below = (path: string, folder: string) =>
    path.startsWith(folder) && (path.length === folder.length || path.startsWith(separator, folder.length));
  return (path) => {
    // `/usr/bin/../../tmp/x` does not stand in /usr/bin; the kernel never writes it so, others may.
    if (path.includes(`${separator}..${separator}`)) return false;
    if (absolute.some((folder) => below(path, folder))) return true;
    if (inHome.length > 0) {
      const found = home.exec(path);
      if (found !== null) {
        const rest = path.slice(found[0].length);
        if (inHome.some((folder) => below(rest, folder))) return true;
      }
    }
    return anywhere.some((folder) => path.includes(folder));
  };
}

/** The last part of a path, without `.exe`; the whole text when it has no separator. */
export function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return /\.exe$/i.test(name) ? name.slice(0, -4) : name;
}
