import { createErrorSieve } from '../../logs/sieve/error-sieve';
import type { PossibleErrorListener } from '../../logs/sieve/possible-error';
import { PossibleErrors } from '../../logs/sieve/possible-errors';

/** Tells the lines of a log that may be errors. `settle`: lines may have been told; waited for before more is read. */
export async function tellInputErrors(
  chunks: AsyncIterable<Buffer>,
  onLine: PossibleErrorListener,
  settle: () => Promise<void>,
): Promise<void> {
  const lines = new PossibleErrors(createErrorSieve(), onLine);
  for await (const chunk of chunks) {
    lines.write(chunk);
    await settle();
  }
  lines.flush();
  await settle();
}
