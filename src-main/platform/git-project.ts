import { lstatSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Project } from '../../src-shared/snapshots';
import { readOrdinaryFileSync } from './ordinary-file';
import { errorCodeOf, isDenied, isVanished } from './proc-errors';

export interface GitProjects {
  /** The git work tree the folder is in; null: none. The same object for as long as nothing changed. Never runs git. */
  projectOf(folder: string, nowMs: number): Project | null;
}

const rememberMs = 30_000;
const maxRemembered = 2_000;
const headBytes = 4_096;
const maxDepth = 40;

interface Remembered {
  readonly project: Project | null;
  readonly untilMs: number;
}

export function createGitProjects(): GitProjects {
  const byFolder = new Map<string, Remembered>();
  const byRoot = new Map<string, Remembered>();

  function readProject(root: string, nowMs: number): Project {
    const known = byRoot.get(root);
    if (known !== undefined && known.project !== null && nowMs < known.untilMs) return known.project;
    const branch = readBranch(root);
    const before = known?.project ?? null;
    const project = before !== null && before.branch === branch ? before : { root, name: basename(root) || root, branch };
    remember(byRoot, root, project, nowMs);
    return project;
  }

  return {
    projectOf(folder, nowMs) {
      const known = byFolder.get(folder);
      if (known !== undefined && nowMs < known.untilMs) return known.project;
      const root = findGitRoot(folder);
      const project = root === null ? null : readProject(root, nowMs);
      remember(byFolder, folder, project, nowMs);
      return project;
    },
  };
}

function remember(map: Map<string, Remembered>, key: string, project: Project | null, nowMs: number): void {
  if (map.size >= maxRemembered) map.clear();
  map.set(key, { project, untilMs: nowMs + rememberMs });
}

/** The nearest folder from `folder` upwards that has a `.git`; the root of the file system is no project. */
export function findGitRoot(folder: string): string | null {
  let current = folder;
  for (let depth = 0; depth < maxDepth && current !== '/' && current !== dirname(current); depth++) {
    if (isThere(`${current}/.git`)) return current;
    current = dirname(current);
  }
  return null;
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isVanished(error) || isDenied(error) || errorCodeOf(error) === 'ENAMETOOLONG' || errorCodeOf(error) === 'ELOOP') return false;
    throw error;
  }
}

/** `.git` is a folder, or in work trees and submodules a file that names it. */
export function gitFolderOf(root: string): string | null {
  const pointer = readOrdinaryFileSync(`${root}/.git`, headBytes);
  return pointer === null ? `${root}/.git` : parseGitFile(pointer.text, root);
}

export function readBranch(root: string): string | null {
  const folder = gitFolderOf(root);
  const head = folder === null ? null : readOrdinaryFileSync(`${folder}/HEAD`, headBytes);
  return head === null ? null : parseHead(head.text);
}

/** The folder that a `.git` file points to (`gitdir: <path>`, relative to where the file stands). */
export function parseGitFile(text: string, root: string): string | null {
  const path = /^gitdir: ([^\0\r\n]+)\s*$/.exec(text)?.[1];
  return path === undefined ? null : resolve(root, path);
}

/**
 * Branch of a HEAD file, or the first seven digits of a detached one. A branch without a commit, or whose commit is only in
 * packed-refs, has its name here too. Null for anything else (the `.invalid` of the reftable format).
 */
export function parseHead(text: string): string | null {
  const line = text.split('\n', 1)[0]?.trim() ?? '';
  const branch = /^ref: refs\/heads\/([^\0]{1,255})$/.exec(line)?.[1];
  if (branch !== undefined) return branch === '.invalid' ? null : branch;
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(line) ? line.slice(0, 7) : null;
}
