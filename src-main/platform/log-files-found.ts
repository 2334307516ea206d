import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compileGlobSegment, expandBraces, isGlob } from './glob-segment';
import { readOrdinaryFileSync } from './ordinary-file';
import { errorCodeOf, isDenied, isVanished } from './proc-errors';

/** "**" goes no deeper, and never through a symbolic link: a tree may lead back into itself. */
const maxDepth = 12;

/**
 * Paths that match an absolute pattern with `*`, `?`, `[…]`, `{a,b}` and `**`. A pattern without any of these gives itself, whether
 * or not there is such a file. Directories that are absent or closed match nothing.
 */
export function findLogFiles(pattern: string, maxFiles: number): readonly string[] {
  const found = new Set<string>();
  for (const plain of expandBraces(pattern)) {
    if (!isGlob(plain)) found.add(plain);
    else walk('/', plain.split('/').filter(Boolean), 0, found, maxFiles);
  }
  return [...found].slice(0, maxFiles);
}

function walk(directory: string, segments: readonly string[], depth: number, found: Set<string>, maxFiles: number): void {
  const [segment, ...rest] = segments;
  if (segment === undefined || found.size >= maxFiles || depth > maxDepth + 20) return;
  if (segment === '**') {
    walk(directory, rest, depth, found, maxFiles);
    if (depth > maxDepth) return;
    for (const entry of readEntries(directory)) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) walk(join(directory, entry.name), segments, depth + 1, found, maxFiles);
    }
    return;
  }
  if (!isGlob(segment)) {
    if (rest.length > 0) walk(join(directory, segment), rest, depth + 1, found, maxFiles);
    else if (readEntries(directory).some(({ name }) => name === segment)) found.add(join(directory, segment));
    return;
  }
  const matches = compileGlobSegment(segment);
  for (const entry of readEntries(directory)) {
    if (!matches(entry.name) || found.size >= maxFiles) continue;
    const path = join(directory, entry.name);
    if (rest.length > 0) walk(path, rest, depth + 1, found, maxFiles);
    else if (!entry.isDirectory()) found.add(path);
  }
}

function readEntries(directory: string): readonly Dirent[] {
  try {
    if (statSync(directory, { throwIfNoEntry: false }) === undefined) return [];
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (isVanished(error) || isDenied(error) || errorCodeOf(error) === 'ELOOP') return [];
    throw error;
  }
}

/** Files beside `path` whose names go on behind its name: where a rotation may have put the older ones. */
export function findSiblings(path: string): readonly string[] {
  const directory = dirname(path);
  const name = basename(path);
  return readEntries(directory)
    .filter((entry) => entry.name !== name && entry.name.startsWith(name) && entry.isFile())
    .map((entry) => join(directory, entry.name));
}

/** Names of the ordinary files in a directory; none where it is absent or closed. */
export function listFileNames(directory: string): readonly string[] {
  return readEntries(directory).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}

/** Where symbolic links lead to in the end; null when nowhere. */
export function resolveLinks(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isVanished(error) || isDenied(error) || errorCodeOf(error) === 'ELOOP') return null;
    throw error;
  }
}

/** Name of a group in /etc/group; its number as text where it has none there (directory services are not asked). */
export function readGroupName(etc: string, groupId: number): string {
  const lines = readOrdinaryFileSync(join(etc, 'group'), 1024 * 1024)?.text.split('\n') ?? [];
  for (const line of lines) {
    const [name, , id] = line.split(':');
    if (name !== undefined && id === String(groupId)) return name;
  }
  return String(groupId);
}
