import { join } from 'node:path';
import { type Sentence, say } from '../../../src-shared/sentence';
import { isGlob } from '../../platform/glob-segment';
import { type LogFileAbsence, type LogFileStat, statLogFile } from '../../platform/log-file';
import { findLogFiles, findSiblings, readGroupName } from '../../platform/log-files-found';
import { isRotatedName, isRotationOf } from '../../platform/rotated-name';

const mostFiles = 200;
const otherPackings = /\.(?:bz2|xz|zst|lz4|zip)$/;

export interface FoundLog {
  readonly path: string;
  readonly stat: LogFileStat;
  /** It is what a program writes to; else a rotation left it behind. */
  readonly isFollowed: boolean;
}

export interface FoundLogs {
  /** Oldest first; the same file once, whatever its names. */
  readonly logs: readonly FoundLog[];
  readonly problems: readonly Sentence[];
}

/** `~/logs/a.log` with the home folder in place of `~`; null: it is not absolute. */
export function absolutePattern(pattern: string, home: string): string | null {
  const path = pattern.startsWith('~/') ? join(home, pattern.slice(2)) : pattern;
  return path.startsWith('/') ? path : null;
}

/** Files that the absolute patterns match, and what rotations left beside them. */
export function findLogs(patterns: readonly string[], etc: string): FoundLogs {
  const problems: Sentence[] = [];
  const found = new Map<string, FoundLog>();
  const named = patterns.flatMap((pattern) => findLogFiles(pattern, mostFiles + 1).map((path) => ({ path, isExact: !isGlob(pattern) })));
  const written = named.filter(({ path, isExact }) => isExact || !isRotatedName(path)).map(({ path }) => path);
  const rotated = [
    ...named.map(({ path }) => path),
    ...written.flatMap((path) => findSiblings(path).filter((file) => isRotationOf(path, file))),
  ];
  for (const path of new Set([...written, ...rotated])) {
    if (otherPackings.test(path)) {
      problems.push(say('traffic.problem.packed', { file: path }));
      continue;
    }
    const outcome = statLogFile(path);
    if (outcome.kind !== 'file') {
      problems.push(absenceSentence(path, outcome, etc));
      continue;
    }
    const key = `${outcome.stat.dev}:${outcome.stat.inode}`;
    if (!found.has(key)) found.set(key, { path, stat: outcome.stat, isFollowed: written.includes(path) && !path.endsWith('.gz') });
  }
  const logs = [...found.values()].sort(byAge);
  const leftOut = logs.length - mostFiles;
  if (leftOut > 0) problems.push(say('traffic.problem.too-many-files', { count: leftOut }));
  return { logs: leftOut > 0 ? logs.slice(leftOut) : logs, problems };
}

/** By the last write, which gzip keeps; of equal ones (a copy made at once) the lower number is the newer, and what is written to the newest. */
function byAge(a: FoundLog, b: FoundLog): number {
  if (a.stat.modifiedAtMs !== b.stat.modifiedAtMs) return a.stat.modifiedAtMs - b.stat.modifiedAtMs;
  if (a.isFollowed !== b.isFollowed) return a.isFollowed ? 1 : -1;
  return naturally.compare(b.path, a.path);
}

const naturally = new Intl.Collator('en', { numeric: true });

/** Why a file cannot be read, with what would help. */
export function absenceSentence(path: string, absence: LogFileAbsence, etc: string): Sentence {
  switch (absence.kind) {
    case 'absent':
      return say('traffic.problem.absent', { file: path });
    case 'refused':
      return say('traffic.problem.refused', { file: path, reason: absence.reason });
    case 'exhausted':
      return say('traffic.problem.exhausted', { file: path });
    case 'denied':
      return absence.groupId === null
        ? say('traffic.problem.denied-all', { file: path })
        : say('traffic.problem.denied', { file: path, group: readGroupName(etc, absence.groupId) });
  }
}
