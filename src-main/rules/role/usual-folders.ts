import { macosApps, macosSystem, usual, windowsApps, windowsShell, windowsSystem } from '../../../src-shared/roles/folders';
import type { RolePlatform } from '../../../src-shared/roles/role-entry';

/** Where programs stand that an entry of the role base gives no folders for. */
export const usualFolders: Readonly<Record<RolePlatform, readonly string[]>> = {
  linux: usual,
  darwin: [...macosSystem, ...macosApps],
  win32: [...windowsSystem, ...windowsShell, ...windowsApps],
};

/** Folders only the administrator of the machine can write to: what stands there is what the system itself put there. */
export const systemFolders: Readonly<Record<RolePlatform, readonly string[]>> = {
  linux: ['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/lib', '/usr/libexec', '/lib'],
  darwin: macosSystem,
  win32: [...windowsSystem, 'c:\\windows'],
};

/** The platform as the role base knows it; null: it has no entries for that one. */
export function rolePlatformOf(platform: NodeJS.Platform): RolePlatform | null {
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : null;
}
