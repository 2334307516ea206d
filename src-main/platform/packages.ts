import type { OwningPackage } from '../../src-shared/snapshots';
import type { Exec } from './exec';
import { createDpkgPackages } from './packages-dpkg';
import type { PackageDatabase } from './packages-listed';
import { createRpmPackages } from './packages-rpm';
import { createApkPackages, createPacmanPackages } from './packages-text';

/** `pending`: asked for now, the answer comes later. `unknown`: there is no package manager, or it cannot say. */
export type PackageAnswer = OwningPackage | null | 'pending' | 'unknown';

export interface Packages {
  /** Which package owns a file of the machine; answers at once from what is known. Null: none does. */
  ownerOf(path: string): PackageAnswer;
  /** What went wrong in the last search, in English; null: nothing. What was asked for then is `unknown`. */
  problem(): string | null;
  /** Settles when everything that was asked for so far has an answer. */
  settled(): Promise<void>;
  /** Asks nothing any more. */
  close(): void;
}

export interface PackagesDeps {
  /** Root of the file system: the databases are looked for below it. */
  readonly root: string;
  readonly exec: Exec;
  readonly monotonicMs: () => number;
}

const lookEveryMs = 60_000;
const maxRemembered = 10_000;

/** Asks the first database that is there; of the usual ones a machine fills only one. Answers are kept until the next installation. */
export function createPackages({ root, exec, monotonicMs }: PackagesDeps): Packages {
  const base = root.replace(/\/+$/, '');
  const databases = [createDpkgPackages(base), createPacmanPackages(base), createApkPackages(base), createRpmPackages(base, exec)];
  const known = new Map<string, OwningPackage | null | 'unknown'>();
  const wanted = new Set<string>();
  let current: { readonly database: PackageDatabase; readonly stamp: string } | null = null;
  let nextLookMs: number | null = null;
  let running: Promise<void> | null = null;
  let closed = false;
  let problem: string | null = null;

  async function look(): Promise<void> {
    const nowMs = monotonicMs();
    if (nextLookMs !== null && nowMs < nextLookMs) return;
    nextLookMs = nowMs + lookEveryMs;
    for (const database of databases) {
      const stamp = await database.stamp();
      if (stamp === null) continue;
      if (current?.database !== database || current.stamp !== stamp) known.clear();
      current = { database, stamp };
      return;
    }
    current = null;
  }

  async function answerWanted(): Promise<void> {
    // Everything that is asked for in the same turn is one batch.
    await Promise.resolve();
    for (;;) {
      await look();
      const paths = [...wanted];
      if (paths.length === 0 || closed) return;
      const owners = current === null ? new Map<string, OwningPackage | null>() : await current.database.find(paths, current.stamp);
      if (known.size + paths.length > maxRemembered) known.clear();
      for (const path of paths) {
        wanted.delete(path);
        known.set(path, owners.has(path) ? (owners.get(path) ?? null) : 'unknown');
      }
    }
  }

  function start(): Promise<void> {
    // A damaged database must not end the list of processes: what was asked for has no answer, and the problem is told.
    running ??= answerWanted()
      .then(
        () => {
          problem = null;
        },
        (error: unknown) => {
          problem = `The package database could not be read: ${error instanceof Error ? error.message : String(error)}`;
          for (const path of wanted) known.set(path, 'unknown');
          wanted.clear();
        },
      )
      .finally(() => {
        running = null;
      });
    return running;
  }

  return {
    ownerOf(path) {
      const answer = known.get(path);
      // Now and then the database is looked at again, whether or not something new is asked.
      const mayBeOld = nextLookMs !== null && monotonicMs() >= nextLookMs;
      if (closed) return answer === undefined ? 'unknown' : answer;
      if (answer === undefined) wanted.add(path);
      if (answer === undefined || mayBeOld) void start();
      return answer === undefined ? 'pending' : answer;
    },
    problem: () => problem,
    async settled() {
      while (running !== null) await running;
    },
    close() {
      closed = true;
      wanted.clear();
    },
  };
}
