import { createErrorSieve } from '../../logs/sieve/error-sieve';
import type { ContainerErrorsWanted } from './container-errors-wanted';
import { tellFileErrors } from './file-errors';
import { tellStreamErrors } from './stream-errors';

/**
 * Tells the lines of a container that may be errors. Where the file that the engine writes them to can be read, it is: the engine spends
 * more on each line it hands out than anybody on reading it. Throws ContainerEngineError, and the reason of an abort.
 */
export async function tellContainerErrors(wanted: ContainerErrorsWanted): Promise<void> {
  const { client, container, fromMs, onLine, signal } = wanted;
  const sieve = createErrorSieve();
  const since: ContainerErrorsWanted = {
    ...wanted,
    // A file is read from some records earlier on.
    onLine: (line) => {
      if (line.atMs === null || line.atMs >= fromMs) onLine(line);
    },
  };
  const file = await client.logFile(container.id, signal);
  if (file === null || !(await tellFileErrors(since, file, sieve))) await tellStreamErrors(since, sieve);
}
