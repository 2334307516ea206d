import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Files of the build, made first when the sources are newer. `npm test` has built already and says so. */
export async function builtFile(...path: readonly string[]): Promise<string> {
  if (!process.env.LOGSCOPE_BUILT) {
    const module: unknown = await import(pathToFileURL(resolve('scripts/parts/build-if-stale.mjs')).href);
    await (module as { buildIfStale(): Promise<void> }).buildIfStale();
  }
  return join(resolve('out'), ...path);
}
