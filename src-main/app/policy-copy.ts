import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Policy, policyDraftSchema } from '../../src-shared/contract';
import { errorCodeOf } from '../platform/proc-errors';

/**
 * What people decided about programs, beside the history as `policies.json` (0600): the history is open for one process alone, and a
 * one-shot command is to judge as the window does. A copy only: it is written anew with each change, and nothing is taken back from it.
 */
export interface PolicyCopy {
  /** In its own time, one after the other; what goes wrong is told to `onProblem`. */
  write(policies: readonly Policy[]): void;
}

const copySchema = z.object({
  policies: z.array(policyDraftSchema.extend({ author: z.string().max(256), updatedAtMs: z.number() })).max(20_000),
});

function copyPath(directory: string): string {
  return join(directory, 'policies.json');
}

export function createPolicyCopy(directory: string, onProblem: (error: unknown) => void): PolicyCopy {
  let last: Promise<unknown> = Promise.resolve();
  return {
    write(policies) {
      const path = copyPath(directory);
      last = last
        .then(async () => {
          await mkdir(directory, { recursive: true });
          await writeFile(`${path}.new`, `${JSON.stringify({ policies })}\n`, { mode: 0o600 });
          await rename(`${path}.new`, path);
        })
        .catch(onProblem);
    },
  };
}

/** None where there is no copy; rejects when it cannot be read or is not what LogScope writes. */
export async function readPolicyCopy(directory: string): Promise<readonly Policy[]> {
  try {
    return copySchema.parse(JSON.parse(await readFile(copyPath(directory), 'utf8'))).policies;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
