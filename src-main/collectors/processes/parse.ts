/** The kernel cuts names (comm) at this many bytes. */
const longestNameBytes = 15;
const deletedMark = ' (deleted)';

/** The command line as the kernel gives it (arguments ended by NUL): joined by blanks, nothing else is touched. */
export function parseCommandLine(bytes: Buffer): { readonly command: string; readonly firstArgument: string } {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  const text = bytes.toString('utf8', 0, end);
  const cut = text.indexOf('\0');
  return { command: text.replaceAll('\0', ' '), firstArgument: cut < 0 ? text : text.slice(0, cut) };
}

/**
 * The name to show: comm, or where that was cut, the whole base name of argv[0] (else of the executable) that it was cut from.
 * Both can be set by the process itself: a name is what it calls itself, never proof of what it is.
 */
export function processName(comm: string, firstArgument: string, exe: string | null): string {
  if (Buffer.byteLength(comm) < longestNameBytes) return comm;
  for (const path of [firstArgument, exe ?? '']) {
    const base = path.slice(path.lastIndexOf('/') + 1);
    if (base.length > comm.length && base.startsWith(comm)) return base;
  }
  return comm;
}

/** Splits the target of /proc/PID/exe: the kernel appends " (deleted)" to a path that is gone. */
export function parseExecutableLink(target: string): { readonly exe: string; readonly exeDeleted: boolean } {
  return target.endsWith(deletedMark)
    ? { exe: target.slice(0, -deletedMark.length), exeDeleted: true }
    : { exe: target, exeDeleted: false };
}

/** Number of user to name, from passwd(5); the first line of a number wins, as getpwuid does. */
export function parsePasswd(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name, , uidText] = line.split(':');
    if (name === undefined || name === '' || name.startsWith('#') || uidText === undefined || !/^\d+$/.test(uidText)) continue;
    const uid = Number(uidText);
    if (!names.has(uid)) names.set(uid, name);
  }
  return names;
}

/** How many processors a kernel list such as `0-3,8,10-11` names; null when it is not one. */
export function countCpuList(text: string): number | null {
  let count = 0;
  for (const part of text.trim().split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (match === null) return null;
    count += match[2] === undefined ? 1 : Number(match[2]) - Number(match[1]) + 1;
  }
  return count > 0 ? count : null;
}

/** MemTotal of /proc/meminfo in bytes; null when it is not there. */
export function parseMemoryTotalBytes(text: string): number | null {
  const match = /^MemTotal:\s+(\d+) kB/m.exec(text);
  return match?.[1] === undefined ? null : Number(match[1]) * 1024;
}

/** Boot time (`btime` of /proc/stat) in epoch milliseconds; null when it is not there. */
export function parseBootedAtMs(text: string): number | null {
  const match = /^btime (\d+)/m.exec(text);
  return match?.[1] === undefined ? null : Number(match[1]) * 1000;
}

/** True when the mount of /proc hides other users' processes (`hidepid=` other than off), from the text of mountinfo. */
export function parseProcHidesOthers(mountinfo: string): boolean {
  return mountinfo.split('\n').some((line) => / - proc /.test(line) && /[ ,]hidepid=(?!0|off)/.test(line));
}
