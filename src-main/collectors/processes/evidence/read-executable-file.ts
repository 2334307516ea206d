import { lstatSync, type Stats, statSync } from 'node:fs';
import type { ExecutableFile } from '../../../../src-shared/snapshots/process-evidence';
import { errorCodeOf, isDenied, isUnsupported, isVanished } from '../../../platform/proc-errors';
import { findChangeableStep, type PathStep } from './parse-file-rights';
import { isRemote, mountOf } from './parse-mounts';
import type { GroupMembers } from './read-groups';
import type { MountNamespace } from './read-mounts';

export interface ExecutableSubject {
  /** Its folder in /proc. */
  readonly directory: string;
  readonly exe: string;
  readonly exeDeleted: boolean;
  readonly inContainer: boolean;
}

export interface ExecutableFileReader {
  /** Null: these rights do not reach it, or it stands on a server that may not answer. */
  read(subject: ExecutableSubject, mounts: MountNamespace | null, nowMs: number): ExecutableFile | null;
}

/** Shorter than two looks at one process: rights of folders are looked at again once for all that run the same file. */
const rememberMs = 100_000;
const maxRemembered = 5_000;

/** Facts of a file are found once for all processes that run it. */
export function createExecutableFileReader(groups: GroupMembers): ExecutableFileReader {
  const known = new Map<string, { readonly file: ExecutableFile; readonly untilMs: number }>();

  function changeableAt(subject: ExecutableSubject, running: Stats): string | null {
    const steps = readSteps(subject, running);
    // Numbers of a container are not those of the machine's groups: there only a group of its own is one without others.
    const hasOthers = subject.inContainer ? (gid: number, owner: number) => gid !== 0 && gid !== owner : groups.hasOthers;
    return steps === null ? null : findChangeableStep(steps, hasOthers);
  }

  return {
    read(subject, mounts, nowMs) {
      const mount = mounts === null ? null : mountOf(mounts.mounts, subject.exe);
      if (isRemote(mount)) return null;
      const running = statIfThere(`${subject.directory}/exe`, true);
      if (running === null) return null;
      const { dev, ino, mtimeMs, ctimeMs } = running;
      const key = `${dev}:${ino}:${mtimeMs}:${ctimeMs}:${subject.exeDeleted}:${mounts?.name}:${subject.exe}`;
      const remembered = known.get(key);
      if (remembered !== undefined && nowMs < remembered.untilMs) return remembered.file;
      const fresh: ExecutableFile = {
        device: dev,
        inode: ino,
        modifiedAtMs: Math.round(mtimeMs),
        sizeBytes: running.size,
        ownerUid: running.uid,
        // A file that is gone has no place where it could be changed, one on a read-only mount neither.
        changeableAt: subject.exeDeleted || mount?.readOnly ? null : changeableAt(subject, running),
        replacedAtMs: subject.exeDeleted ? replacedAt(subject, running) : null,
        fileSystem: subject.exe.startsWith('/memfd:') ? null : (mount?.type ?? null),
      };
      const file = remembered !== undefined && sameFile(remembered.file, fresh) ? remembered.file : fresh;
      if (known.size >= maxRemembered) known.clear();
      known.set(key, { file, untilMs: nowMs + rememberMs });
      return file;
    },
  };
}

function sameFile(before: ExecutableFile, after: ExecutableFile): boolean {
  return (Object.keys(after) as (keyof ExecutableFile)[]).every((key) => before[key] === after[key]);
}

/** The way to the file as the process sees it; from our own root where that leads to another file (chroot). Null: neither does. */
function readSteps({ directory, exe }: ExecutableSubject, running: Stats): readonly PathStep[] | null {
  for (const base of [`${directory}/root`, '']) {
    const file = statIfThere(base + exe, false);
    if (file === null || file.ino !== running.ino || file.dev !== running.dev) continue;
    const steps: PathStep[] = [];
    for (let end = exe.indexOf('/', 1); end >= 0; end = exe.indexOf('/', end + 1)) {
      const folder = statIfThere(base + exe.slice(0, end), false);
      if (folder !== null) steps.push(stepOf(exe.slice(0, end), folder));
    }
    return [...steps, stepOf(exe, running)];
  }
  return null;
}

function stepOf(path: string, { mode, uid, gid }: Stats): PathStep {
  return { path, mode, uid, gid };
}

/** The time of change, not of modification: packages keep the time at which their files were built. */
function replacedAt({ directory, exe }: ExecutableSubject, running: Stats): number | null {
  if (!exe.startsWith('/') || exe.startsWith('/memfd:')) return null;
  const other = statIfThere(`${directory}/root${exe}`, false);
  if (other === null || !other.isFile() || (other.ino === running.ino && other.dev === running.dev)) return null;
  return Math.round(other.ctimeMs);
}

function statIfThere(path: string, follow: boolean): Stats | null {
  try {
    return (follow ? statSync(path, { throwIfNoEntry: false }) : lstatSync(path, { throwIfNoEntry: false })) ?? null;
  } catch (error) {
    if (isVanished(error) || isDenied(error) || isUnsupported(error) || errorCodeOf(error) === 'ENAMETOOLONG') return null;
    throw error;
  }
}
