import { closeSync, openSync, readlinkSync, readSync, statSync } from 'node:fs';
import { isDenied, isUnsupported, isVanished } from '../../platform/proc-errors';
import { readTextIfThere } from '../../platform/proc-file';
import { parseCommandLine, parseExecutableLink, processName } from './parse';
import { type CgroupOwner, noCgroupOwner, parseCgroupOwner } from './parse-cgroup';

/** What costs more than the stat line and seldom changes: read for a new identity, then refreshed rarely. */
export interface SlowFacts extends CgroupOwner, ExecutableFacts {
  readonly name: string;
  readonly command: string;
  readonly uid: number | null;
}

export interface ExecutableFacts {
  readonly exe: string | null;
  readonly exeDeleted: boolean | null;
  /** These rights do not reach the executable, nor the sockets. */
  readonly hidden: boolean;
}

const noExecutable: ExecutableFacts = { exe: null, exeDeleted: null, hidden: false };

/** Longer command lines are shown up to here and end in "…". */
const commandBytes = 32 * 1024;
const buffer = Buffer.allocUnsafe(commandBytes);

export function readSlowFacts(procRoot: string, pid: number, comm: string, kernelThread: boolean): SlowFacts {
  const directory = `${procRoot}/${pid}`;
  const uid = readUid(directory);
  if (kernelThread) return { name: comm, command: '', uid, ...noExecutable, ...noCgroupOwner };
  const executable = readExecutable(directory);
  const { command, firstArgument } = readCommandLine(directory);
  const owner = parseCgroupOwner(readTextIfThere(`${directory}/cgroup`) ?? '');
  return { name: processName(comm, firstArgument, executable.exe), command, uid, ...executable, ...owner };
}

/**
 * Effective user of the process. The directory itself keeps it even where the files in it belong to root because the
 * process is not dumpable (task_dump_owner in fs/proc/base.c), and one stat is cheaper than parsing `status`.
 */
function readUid(directory: string): number | null {
  try {
    return statSync(directory).uid;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}

export function readExecutable(directory: string): ExecutableFacts {
  try {
    const link = `${directory}/exe`;
    const target = readlinkSync(link);
    const parsed = parseExecutableLink(target);
    if (parsed.exeDeleted && isSameFile(link, target)) return { exe: target, exeDeleted: false, hidden: false };
    return { ...parsed, hidden: false };
  } catch (error) {
    // Kernel threads and zombies have no executable: the kernel says ENOENT.
    if (isVanished(error)) return noExecutable;
    if (isDenied(error)) return { exe: null, exeDeleted: null, hidden: true };
    throw error;
  }
}

/** A file may really be called "x (deleted)": then the path exists and is the very file that runs. */
function isSameFile(link: string, path: string): boolean {
  try {
    const running = statSync(link);
    const named = statSync(path);
    return running.ino === named.ino && running.dev === named.dev;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return false;
    throw error;
  }
}

function readCommandLine(directory: string): { readonly command: string; readonly firstArgument: string } {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(`${directory}/cmdline`, 'r');
    const length = readSync(descriptor, buffer, 0, commandBytes, 0);
    const parsed = parseCommandLine(buffer.subarray(0, length));
    return length < commandBytes ? parsed : { ...parsed, command: `${parsed.command}…` };
  } catch (error) {
    if (isVanished(error) || isDenied(error) || isUnsupported(error)) return { command: '', firstArgument: '' };
    throw error;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
