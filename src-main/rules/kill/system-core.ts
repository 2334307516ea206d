import type { RoleEntry } from '../../../src-shared/roles/role-entry';
import type { ProcessContext } from '../process-context';
import type { RoleBase } from '../role/match-base';
import { baseName, compileFolders, normalisePath } from '../role/stands-in';
import { systemFolders } from '../role/usual-folders';
import type { KillSubject } from './kill-verdict';

/** Units without which a Linux machine can no longer be used: message bus, journal, devices, logins. */
const coreUnits = new Set([
  ...['dbus.service', 'dbus-broker.service', 'systemd-journald.service', 'systemd-udevd.service', 'systemd-logind.service'],
  ...['elogind.service'],
]);
/** Accounts the system bus runs as besides root. */
const busUsers = new Set(['messagebus', 'dbus']);
const isLinuxSystemFile = compileFolders(systemFolders.linux, 'linux');

/**
 * Whether the system goes down with it. Judged by what only the administrator can bring about: the file it runs stands where only he
 * writes, the first process started it, it runs under root's or the program's own account, in no container. A name is not asked.
 */
export function isSystemCore(
  process: KillSubject,
  { platform, unit, parent }: Pick<ProcessContext, 'platform' | 'unit' | 'parent'>,
  fileEntry: RoleEntry | null,
): boolean {
  // On these only the system writes where its programs stand: the file is the proof.
  if (platform === 'win32') return fileEntry?.stop === 'K0' || isWindowsKernelPart(process, parent?.pid ?? process.ppid);
  if (platform === 'darwin') return fileEntry?.stop === 'K0';
  if (platform !== 'linux' || process.container !== null || process.ppid !== 1) return false;
  if (process.exe !== null && !isLinuxSystemFile(normalisePath(process.exe, 'linux'))) return false;
  const ownAccount = process.user !== null && (busUsers.has(process.user) || fileEntry?.users?.includes(process.user) === true);
  if (process.uid !== 0 && !ownAccount) return false;
  if (process.unit !== null && coreUnits.has(process.unit) && unit?.scope !== 'user') return true;
  return fileEntry?.stop === 'K0';
}

/** The kernel, the registry and compressed memory have no file; process 4 is the kernel itself. */
function isWindowsKernelPart({ pid, exe }: KillSubject, ppid: number): boolean {
  return pid === 4 || (exe === null && ppid === 4);
}

/** The service manager of one login: runs systemd, started by the first process, and is not that itself. */
export function isUserManager(process: KillSubject, role: { readonly entry: string | null }): boolean {
  if (process.container !== null || process.ppid !== 1 || process.pid === 1) return false;
  if (process.exe === null) return process.name === 'systemd' && process.unit === 'init.scope';
  const isSystemd = isLinuxSystemFile(normalisePath(process.exe, 'linux')) && baseName(process.exe) === 'systemd';
  return isSystemd && (role.entry === 'systemd-user' || process.unit === 'init.scope' || process.uid !== 0);
}

/** The daemon that takes logins, or one login of it; null: neither. By its file and account. */
export function sshdPart(process: KillSubject, parent: ProcessContext['parent']): 'listener' | 'session' | null {
  if (process.exe === null || process.container !== null || !isLinuxSystemFile(normalisePath(process.exe, 'linux'))) return null;
  const name = baseName(process.exe);
  if (name !== 'sshd' && name !== 'sshd-session') return null;
  const parentName = parent?.exe == null ? null : baseName(parent.exe);
  if (name === 'sshd-session' || parentName === 'sshd' || parentName === 'sshd-session') return 'session';
  return process.uid === 0 ? 'listener' : 'session';
}

/** The entry of the role base that its file alone stands for; where the file is not visible, the one its unit speaks for. */
export function fileEntryOf(
  process: KillSubject,
  { platform, parent }: Pick<ProcessContext, 'platform' | 'parent'>,
  base: RoleBase,
): RoleEntry | null {
  const { name, exe, command, user, uid, unit, container, kernelThread } = process;
  const parentName = parent === null ? null : parent.exe === null ? parent.name : baseName(parent.exe);
  const subject = { name, exe, command, user, uid, unit, container, kernelThread, platform, parentName, packaged: false };
  if (exe !== null) return base.matchFile(subject);
  const match = base.match(subject);
  return match === null || match.claimed ? null : match.entry;
}
