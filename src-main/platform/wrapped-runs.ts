import { constants, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type WrappedRun, wrappedRunSchema } from '../../src-shared/logs/wrapped-run';
import { readOrdinaryFileSync } from './ordinary-file';
import { errorCodeOf, isDenied, isVanished } from './proc-errors';

/** Where `logscope run` keeps what it ran. */
export function wrappedRunsDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'runs');
}

export interface FoundRun {
  readonly run: WrappedRun;
  /** Its output, both streams in the order of arrival, secrets masked; may be gone. What it was rotated from is `<path>.1`. */
  readonly logPath: string;
  /** Its process number is taken: it runs, unless the number was given to another since. */
  readonly isRunning: boolean;
}

const longestRecordBytes = 1024 * 1024;
const mostRecords = 500;
const fileName = /^(\d{8}T\d{9}-\d{1,10})\.(?:json|json\.new|log|log\.1)$/;

/**
 * All kept runs, oldest first. Whatever is no ordinary file of ours, too large or of another shape is left out; an absent or
 * closed directory has none.
 */
export function readWrappedRuns(directory: string): readonly FoundRun[] {
  return idsIn(directory)
    .slice(-mostRecords)
    .flatMap((id) => {
      const record = readOrdinaryFileSync(join(directory, `${id}.json`), longestRecordBytes);
      const parsed = wrappedRunSchema.safeParse(record === null || record.cut ? null : parseJson(record.text));
      if (!parsed.success || parsed.data.id !== id) return [];
      const run = parsed.data;
      return [{ run, logPath: join(directory, `${id}.log`), isRunning: run.endedAtMs === null && isTaken(run.pid) }];
    });
}

export interface KeptRuns {
  readonly count: number;
  readonly ageMs: number;
  readonly bytes: number;
}

export const keptRuns: KeptRuns = { count: 50, ageMs: 7 * 86_400_000, bytes: 256 * 1024 * 1024 };

/** Removes the oldest runs beyond what is kept; one that still runs stays. Gives how many went. */
export function removeOldRuns(directory: string, nowMs: number, kept: KeptRuns = keptRuns): number {
  const running = new Set(readWrappedRuns(directory).flatMap(({ run, isRunning }) => (isRunning ? [run.id] : [])));
  let count = 0;
  let bytes = 0;
  let removed = 0;
  for (const id of [...idsIn(directory)].reverse()) {
    const paths = ['json', 'json.new', 'log', 'log.1'].map((end) => join(directory, `${id}.${end}`));
    const stats = paths.flatMap((path) => statIfThere(path) ?? []);
    count += 1;
    bytes += stats.reduce((sum, { size }) => sum + size, 0);
    const isOld = nowMs - Math.max(0, ...stats.map(({ mtimeMs }) => mtimeMs)) > kept.ageMs;
    if (running.has(id) || (count <= kept.count && bytes <= kept.bytes && !isOld)) continue;
    for (const path of paths) rmSync(path, { force: true });
    removed += 1;
  }
  return removed;
}

/** Nobody else may read it, and no link may lead elsewhere. */
export const ownFileFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** Ascending, so oldest first. */
function idsIn(directory: string): readonly string[] {
  try {
    const ids = readdirSync(directory).flatMap((name) => fileName.exec(name)?.[1] ?? []);
    return [...new Set(ids)].sort();
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return [];
    throw error;
  }
}

function statIfThere(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (errorCodeOf(error) === 'ESRCH') return false;
    if (isDenied(error)) return true;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
