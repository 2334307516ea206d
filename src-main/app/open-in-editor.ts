import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import type { InputOf, OpenedFrame } from '../../src-shared/contract';
import { findMappedPath, isSourceFile, type PathMount } from '../../src-shared/logs/stack-frames';
import { findEditor } from '../platform/editor';
import { errorCodeOf } from '../platform/proc-errors';
import type { ProgramCall, TerminalSearch } from '../platform/terminal';

export interface OpenFrameDeps {
  /** Bind mounts of the container that writes as this origin, none: an empty list; null: the origin is no container, its paths are those of this machine. */
  readonly mountsOf: (originKey: string) => Promise<readonly PathMount[] | null>;
  readonly search: TerminalSearch;
  /** PATH as the person's terminal has it; null: unknown, that of `search` counts. */
  readonly loginPath: () => Promise<string | null>;
  /** Null: it runs; else why not. */
  readonly start: (call: ProgramCall) => Promise<string | null>;
}

/**
 * Opens a place that a log names in the person's editor. What a log says is hostile: only ordinary files with the ending of source files
 * are opened, by absolute path, with an argument array; a path of a container only where it stays within its mount once links are followed.
 */
export function createOpenFrame(deps: OpenFrameDeps): (input: InputOf<'logs.open-frame'>) => Promise<OpenedFrame> {
  return async ({ path: named, line, column, origin }) => {
    const mounts = await deps.mountsOf(origin);
    const mapped = mounts === null ? null : findMappedPath(named, mounts);
    const wanted = mounts === null ? named : (mapped?.path ?? null);
    if (wanted === null || !isAbsolute(wanted)) return { outcome: 'no-file', detail: null, path: null };
    const path = await findFile(wanted, mapped?.within ?? null);
    if (path === null) return { outcome: 'no-file', detail: null, path: wanted };
    const loginPath = await deps.loginPath();
    const { search } = deps;
    const environment = loginPath === null ? search.environment : { ...search.environment, PATH: loginPath };
    const call = findEditor({ path, line, column }, { ...search, environment });
    if (call === null) return { outcome: 'no-editor', detail: null, path };
    const problem = await deps.start(call);
    return { outcome: problem === null ? 'opened' : 'failed', detail: problem, path };
  };
}

/** The file itself, links followed; null: it is none, no source, or outside the folder it must be within. */
async function findFile(path: string, within: string | null): Promise<string | null> {
  if (path.includes('\0')) return null;
  try {
    const file = await realpath(path);
    const isOrdinary = isSourceFile(path) && isSourceFile(file) && (await stat(file)).isFile();
    return isOrdinary && (within === null || isInside(file, await realpath(within))) ? file : null;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'].includes(errorCodeOf(error) ?? '')) return null;
    throw error;
  }
}

function isInside(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
