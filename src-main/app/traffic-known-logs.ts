import { accessSync, constants, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { TrafficSource } from '../../src-shared/contract';
import { type Sentence, say } from '../../src-shared/sentence';
import { openLogFile, statLogFile } from '../platform/log-file';
import { findLogFiles, findSiblings, readGroupName } from '../platform/log-files-found';
import { errorCodeOf, isDenied, isVanished } from '../platform/proc-errors';
import { isRotatedName, isRotationOf } from '../platform/rotated-name';

/** Where web servers write what was asked of them: nginx, Apache, Caddy, Traefik, lighttpd, OpenResty, Tomcat, GitLab, Homebrew's. */
export const knownAccessLogs: readonly string[] = [
  '/var/log/nginx/*access*.log',
  '/var/log/apache2/*access*.log',
  '/var/log/httpd/*access_log',
  '/var/log/caddy/*.log',
  '/var/log/traefik/*access*.log',
  '/var/log/lighttpd/*access*.log',
  '/var/log/gitlab/nginx/*access*.log',
  '/var/log/tomcat*/localhost_access_log*.txt',
  '/usr/local/openresty/nginx/logs/*access*.log',
  '/usr/local/nginx/logs/*access*.log',
  '/usr/local/apache2/logs/access_log',
  '/usr/local/var/log/nginx/*access*.log',
  '/opt/homebrew/var/log/nginx/*access*.log',
];

const mostFiles = 100;

export type FoundLog = Pick<TrafficSource, 'name' | 'detail' | 'sizeBytes' | 'changedAtMs' | 'problem'> & {
  readonly paths: readonly string[];
};

/** The logs of these patterns that are there; a folder that is closed stands for what may be in it. */
export function findKnownLogs(patterns: readonly string[], etc: string): readonly FoundLog[] {
  return patterns.flatMap((pattern): readonly FoundLog[] => {
    const closed = closedFolder(dirname(pattern), etc);
    if (closed !== null)
      return [{ paths: [pattern], name: basename(pattern), detail: dirname(pattern), sizeBytes: null, changedAtMs: null, problem: closed }];
    return findLogFiles(pattern, mostFiles)
      .filter((path) => !isRotatedName(path))
      .flatMap((path) => describeLog([path], etc) ?? []);
  });
}

/** What is known of a log without reading it; null: it is not there. A glob stands for itself. */
export function describeLog(paths: readonly string[], etc: string): FoundLog | null {
  const [first = ''] = paths;
  const found = paths.flatMap((path) => findLogFiles(path, mostFiles));
  const stats = found.flatMap((path) => {
    const outcome = statLogFile(path);
    return outcome.kind === 'file' ? [{ path, stat: outcome.stat }] : [];
  });
  if (stats.length === 0) {
    const closed = closedFolder(dirname(first), etc);
    return closed === null ? null : { paths, ...nameOf(paths), sizeBytes: null, changedAtMs: null, problem: closed };
  }
  const rotated = stats.flatMap(({ path }) => findSiblings(path).filter((sibling) => isRotationOf(path, sibling)));
  const older = [...new Set(rotated)].flatMap((path) => {
    const outcome = statLogFile(path);
    return outcome.kind === 'file' ? [outcome.stat.sizeBytes] : [];
  });
  return {
    paths,
    ...nameOf(paths),
    sizeBytes: stats.reduce((sum, { stat }) => sum + stat.sizeBytes, 0) + older.reduce((sum, size) => sum + size, 0),
    changedAtMs: Math.max(...stats.map(({ stat }) => stat.modifiedAtMs)),
    problem: stats.reduce<Sentence | null>((problem, { path }) => problem ?? whyUnreadable(path, etc), null),
  };
}

function nameOf(paths: readonly string[]): { readonly name: string; readonly detail: string } {
  const [first = '', ...others] = paths;
  return { name: [first, ...others].map((path) => basename(path)).join(', '), detail: dirname(first) };
}

function whyUnreadable(path: string, etc: string): Sentence | null {
  const outcome = openLogFile(path);
  switch (outcome.kind) {
    case 'opened':
      outcome.file.close();
      return null;
    case 'denied':
      return deniedTo(outcome.groupId, etc);
    case 'refused':
      return { text: outcome.reason, key: outcome.key };
    case 'absent':
    case 'exhausted':
      return null;
  }
}

/** Why nothing of a folder can be seen; null: it can, or it is not there, or it is a pattern itself. */
function closedFolder(folder: string, etc: string): Sentence | null {
  if (folder.includes('*')) return null;
  try {
    const stats = statSync(folder, { throwIfNoEntry: false });
    if (stats === undefined) return null;
    try {
      accessSync(folder, constants.R_OK | constants.X_OK);
      return null;
    } catch (error) {
      if (!isDenied(error)) throw error;
      return deniedTo((stats.mode & 0o050) === 0o050 ? stats.gid : null, etc);
    }
  } catch (error) {
    // A folder above it is closed or was never there: nothing is known of it.
    if (isDenied(error) || isVanished(error) || errorCodeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

function deniedTo(groupId: number | null, etc: string): Sentence {
  if (groupId === null) return say('traffic.source.denied');
  return say('traffic.source.denied-group', { group: readGroupName(etc, groupId) });
}
