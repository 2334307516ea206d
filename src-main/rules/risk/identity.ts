import type { RoleCategory } from '../../../src-shared/roles/role-entry';
import { kernelStyleName } from './kernel-names';
import { homeOf, isProgramPlace } from './places';
import { isMultiCall } from './programs';
import { baseName, isBelow, type RiskFamily, type RiskRule, type RiskSubject } from './rule';
import { wrongParent } from './system-parents';

/** R04 */
const posesAsKernelThread: RiskRule = ({ process, context }) => {
  if (context.platform !== 'linux' || process.kernelThread) return null;
  // Children of kthreadd (2) are helpers the kernel is just starting: still called as their worker, a program a moment later.
  if (process.ppid === 2 || (process.exe === null && process.command === '')) return null;
  const shown = kernelStyleName(process.name, process.command);
  if (shown === null) return null;
  return { rule: 'risk-kernel-name', axis: 'threat', points: 70, values: { name: shown, exe: process.exe ?? '?' }, decisive: true };
};

/** What runs for the machine itself, which nobody builds in a home folder. */
const systemCategories: ReadonlySet<RoleCategory> = new Set<RoleCategory>([
  'kernel',
  'init',
  'session',
  'display',
  'network',
  'remote-access',
  'time',
  'logging',
  'storage',
  'security',
  'container',
  'orchestration',
  'mail',
  'printing',
]);

/** R05: the file bears the name of a known service and stands elsewhere. */
const standsInWrongPlace: RiskRule = ({ process, context, role, entry }) => {
  const { exe } = process;
  if (exe === null || entry === null || !role.claimed || isInContainer(process)) return null;
  const bearsName = entry.names.some((name) => nameMatches(baseName(exe), name));
  if (!bearsName) return null;
  const values = { name: baseName(exe), exe };
  if (context.platform === 'win32') {
    return isWindowsSystemName(exe) ? { rule: 'risk-wrong-place', axis: 'threat', points: 65, values, decisive: true } : null;
  }
  if (isProgramPlace(exe)) return null;
  return { rule: 'risk-wrong-place', axis: 'threat', points: systemCategories.has(entry.category) ? 45 : 10, values };
};

/** Programs Windows itself runs; nothing else bears these names. */
const windowsSystemNames: ReadonlySet<string> = new Set(
  'svchost.exe lsass.exe services.exe wininit.exe winlogon.exe csrss.exe smss.exe taskhostw.exe spoolsv.exe dwm.exe lsm.exe'.split(' '),
);

function isWindowsSystemName(exe: string): boolean {
  const lower = exe.toLowerCase();
  return windowsSystemNames.has(baseName(lower)) && !/^[a-z]:\\windows\\(?:system32|syswow64|winsxs)\\/.test(lower);
}

/** Services whose name others like to wear, with the programs that really run under it besides the one of that name. */
const wornNames: ReadonlyMap<string, RegExp> = new Map([
  ['sshd', /^(?:sshd|sshd-session|sshd-auth|dropbear)$/],
  ['cron', /^(?:cron|crond|cronie)$/],
  ['crond', /^(?:cron|crond|cronie)$/],
  ['init', /^(?:init|systemd|openrc-init|runit|s6-svscan|tini|dumb-init|docker-init|catatonit|launchd)$/],
  ['systemd', /^systemd/],
  ['systemd-journald', /^systemd-journald$/],
  ['systemd-logind', /^(?:systemd-logind|elogind)$/],
  ['systemd-udevd', /^(?:systemd-udevd|udevadm|udevd|eudev)$/],
  ['systemd-resolved', /^systemd-resolved$/],
  ['systemd-networkd', /^systemd-networkd$/],
  ['systemd-timesyncd', /^systemd-timesyncd$/],
  ['dbus-daemon', /^dbus-(?:daemon|broker\S*)$/],
  ['rsyslogd', /^rsyslogd$/],
  ['auditd', /^auditd$/],
  ['polkitd', /^polkitd$/],
  ['NetworkManager', /^NetworkManager$/],
  ['containerd', /^(?:containerd|k3s\S*)$/],
  ['dockerd', /^dockerd$/],
  ['kubelet', /^(?:kubelet|hyperkube|k3s\S*)$/],
  ['httpd', /^(?:httpd|apache2|lighttpd|mini_httpd|busybox)$/],
  ['apache2', /^(?:apache2|httpd)$/],
  ['nginx', /^(?:nginx|openresty|angie|tengine|freenginx)$/],
]);

/** R05 for titles: a program that overwrites its command line with the name of a service it is not. */
const wearsServiceName: RiskRule = ({ process, context }) => {
  const { exe } = process;
  if (exe === null || context.platform !== 'linux' || isInContainer(process) || isMultiCall(exe)) return null;
  const title = baseName(process.command.split(/[\s\0]/, 1)[0] ?? '')
    .replace(/^-/, '')
    .replace(/:$/, '');
  // A script is called by its own name too (comm); only what names the whole command line is a title.
  const allowed = wornNames.get(title);
  if (allowed === undefined || allowed.test(baseName(exe))) return null;
  // `python3 /usr/bin/init` and the like have the interpreter first; here the name itself stands first.
  return { rule: 'risk-false-title', axis: 'threat', points: 45, values: { title, exe } };
};

/** Folders of the system in which nothing has to be hidden; homes and service data are full of dot folders. */
const plainFolders = [
  '/tmp',
  '/var/tmp',
  '/dev',
  '/run',
  '/usr',
  '/etc',
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
  '/var/spool',
  '/var/log',
  '/var/run',
];
const innocentHiddenParts =
  /^\.(?:mount_[^/]*|build-id|X11-unix|ICE-unix|org\.chromium\.[^/]*|venv|nvm|local|cargo|rustup|pnpm|bin|vscode-server)$/;

/** R06: folders or files that a plain listing leaves out or shows as something else. */
const standsInHiddenPlace: RiskRule = ({ process }) => {
  const { exe } = process;
  if (exe === null) return null;
  const parts = exe.split(/[/\\]/);
  const blank = parts.find((part, at) => at > 0 && (/^\.{3,}$|^\.{1,2}\s+$/.test(part) || (part !== '' && part.trim() === '')));
  const hidden =
    blank ??
    (plainFolders.some((folder) => isBelow(exe, folder)) && homeOf(exe) === null && !isBelow(exe, '/usr/local')
      ? parts.find((part) => part.startsWith('.') && part.length > 1 && !innocentHiddenParts.test(part))
      : undefined);
  return hidden === undefined
    ? null
    : { rule: 'risk-hidden-path', axis: 'threat', points: 25, values: { part: hidden, file: exe }, weak: true };
};

const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/;
const latin = /[A-Za-z]/;
const lookAlike = /[\u0370-\u03ff\u0400-\u04ff\uff21-\uff5a]/;
const longestName = 256;

/** R06: a name made to be taken for another. */
const hasDeceptiveName: RiskRule = ({ process }) => {
  const file = process.exe === null ? null : baseName(process.exe);
  const names = [process.name, file ?? ''].map((name) => name.slice(0, longestName));
  // A blank at the end counts in file names only: the kernel cuts titles at 15 letters, wherever that is ("npm exec biome ").
  const deceptive =
    names.find((name) => invisible.test(name) || mixesLetters(name)) ?? (file !== null && /\s$/.test(file) ? file : undefined);
  if (deceptive === undefined) return null;
  return { rule: 'risk-deceptive-name', axis: 'threat', points: 25, values: { name: JSON.stringify(deceptive) } };
};

/** Latin letters and their Greek, Cyrillic or wide look-alikes within one word. */
function mixesLetters(name: string): boolean {
  return lookAlike.test(name) && name.split(/[^\p{L}]+/u).some((word) => latin.test(word) && lookAlike.test(word));
}

/** R18. Windows and macOS, not tested on a device: programs of the system that only one parent starts. */
const hasWrongParent: RiskRule = (subject) => {
  const expected = wrongParent(subject);
  if (expected === null) return null;
  const values = { name: subject.process.name, parent: subject.context.parent?.name ?? '?', expected };
  return { rule: 'risk-wrong-parent', axis: 'threat', points: 65, values, decisive: true };
};

function isInContainer({ container, pod }: RiskSubject['process']): boolean {
  return container !== null || pod !== null;
}

function nameMatches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name.toLowerCase() === pattern.toLowerCase();
}

export const identity: RiskFamily = {
  name: 'identity',
  rules: [posesAsKernelThread, standsInWrongPlace, wearsServiceName, standsInHiddenPlace, hasDeceptiveName, hasWrongParent],
};
