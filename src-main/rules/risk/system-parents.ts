import { baseName, type RiskSubject } from './rule';

/** Windows programs and the only program that starts them. Order at start-up: Windows Internals, chapter "Startup". Not tested on a device. */
const windowsParents: ReadonlyMap<string, readonly string[]> = new Map([
  ['svchost.exe', ['services.exe', 'msmpeng.exe', 'svchost.exe']],
  ['services.exe', ['wininit.exe']],
  ['lsass.exe', ['wininit.exe', 'lsaiso.exe']],
  ['spoolsv.exe', ['services.exe']],
]);

/** Daemons of macOS that launchd (1) starts itself. Not tested on a device. */
const launchdOnly: ReadonlySet<string> = new Set([
  'WindowServer',
  'loginwindow',
  'opendirectoryd',
  'securityd',
  'configd',
  'mds',
  'notifyd',
  'coreaudiod',
]);

/** The parent that a program of the system has to have and does not; null: it has it, or nothing can be said. */
export function wrongParent({ process, context }: RiskSubject): string | null {
  // Neither PID nor parent tell anything on Linux that the other rules of identity do not.
  if (context.platform === 'win32') {
    const allowed = windowsParents.get(process.name.toLowerCase());
    const parent = context.parent?.name.toLowerCase();
    // A parent that has ended is not in the list: said nothing then.
    return allowed === undefined || parent === undefined || parent === '' || allowed.includes(parent) ? null : allowed.slice(0, 1).join();
  }
  if (context.platform === 'darwin') {
    const name = process.exe === null ? process.name : baseName(process.exe);
    return launchdOnly.has(name) && process.ppid !== 1 && context.parent !== null ? 'launchd' : null;
  }
  return null;
}
