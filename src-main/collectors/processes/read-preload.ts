import { statSync } from 'node:fs';
import { isDenied, isVanished } from '../../platform/proc-errors';
import { readTextIfThere } from '../../platform/proc-file';
import { parsePreloadFile } from './evidence/parse-arguments';

/** Libraries that ld.so.preload forces into every program; the same list for as long as the file stays. */
export function createPreloadReader(etcRoot: string): () => readonly string[] {
  const path = `${etcRoot}/ld.so.preload`;
  let libraries: readonly string[] = [];
  let stamp: string | null = null;
  return () => {
    const now = stampOf(path);
    if (now !== stamp) {
      libraries = now === null ? [] : parsePreloadFile(readTextIfThere(path) ?? '');
      stamp = now;
    }
    return libraries;
  };
}

function stampOf(path: string): string | null {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? null : `${stat.ino}:${stat.ctimeMs}:${stat.size}`;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}
