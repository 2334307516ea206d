import { stat } from 'node:fs/promises';
import type { OwningPackage } from '../../src-shared/snapshots';
import type { Exec } from './exec';
import type { PackageDatabase } from './packages-listed';
import { isDenied, isVanished } from './proc-errors';

/** Nobody owns this file and it is always there: its line tells where the answer on one path ends. */
const border = '/proc/version';
const queryFormat = '%{NAME}\\t%{SUMMARY}\\n';
const mostPathsAtOnce = 50;
const longestSummary = 300;
const timeoutMs = 20_000;

/** Fedora, RHEL, SUSE: their database is not a text, so rpm itself is asked, for many paths at once. */
export function createRpmPackages(root: string, exec: Exec): PackageDatabase {
  const places = [`${root}/usr/lib/sysimage/rpm`, `${root}/var/lib/rpm`];
  return {
    async stamp() {
      const times = await Promise.all(
        places.flatMap((place) => ['rpmdb.sqlite', 'Packages.db', 'Packages'].map((name) => changedAtMs(`${place}/${name}`))),
      );
      return times.every((time) => time === null) ? null : times.join();
    },
    async find(paths) {
      const owners = new Map<string, OwningPackage | null>();
      for (let start = 0; start < paths.length; start += mostPathsAtOnce) {
        const some = paths.slice(start, start + mostPathsAtOnce);
        const args = ['-qf', '--queryformat', queryFormat, '--', ...some.flatMap((path) => [path, border])];
        const { kind, stdout } = await exec('rpm', args, { timeoutMs });
        if (kind !== 'exited') continue;
        for (const [path, owner] of parseRpmAnswers(stdout, some)) owners.set(path, owner);
      }
      return owners;
    },
  };
}

/** The answers stand between the lines on the border file; of several owners of one path the first counts. */
export function parseRpmAnswers(stdout: string, paths: readonly string[]): ReadonlyMap<string, OwningPackage | null> {
  const owners = new Map<string, OwningPackage | null>();
  const answers: string[][] = [[]];
  for (const line of stdout.split('\n')) {
    if (line === `file ${border} is not owned by any package`) answers.push([]);
    else answers.at(-1)?.push(line);
  }
  // Every border must have been answered: else answers would be given to the wrong paths.
  if (answers.length !== paths.length + 1) return owners;
  for (const [index, path] of paths.entries()) {
    const found = answers[index]?.find((line) => line.includes('\t'));
    const [name = '', summary = ''] = found?.split('\t') ?? [];
    owners.set(path, name === '' ? null : { name, summary: summary === '' ? null : summary.slice(0, longestSummary), manager: 'rpm' });
  }
  return owners;
}

async function changedAtMs(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}
