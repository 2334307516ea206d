import { createLogFramer } from '../../logs/frame';
import { PackedLines } from '../../logs/pipeline/packed-lines';
import type { ErrorSieve } from '../../logs/sieve/error-sieve';
import { tellPossibleErrors } from '../../logs/sieve/possible-errors-in-block';
import { formatSince, msToStamp, stampToMs } from '../../logs/stamp';
import { ContainerEngineError } from '../../platform/container-engine';
import type { ContainerErrorsWanted } from './container-errors-wanted';

/** Asks the engine for the container's lines. */
export async function tellStreamErrors(
  { client, container, follow, fromMs, signal, settle, onLine }: ContainerErrorsWanted,
  sieve: ErrorSieve | null,
): Promise<void> {
  const since = formatSince(msToStamp(fromMs));
  const chunks = follow
    ? await client.logs(container.id, { since }, signal)
    : await client.keptLogs(container.id, { since, newest: null }, signal);
  if (chunks === null) {
    throw new ContainerEngineError(
      'What is kept can be asked for over a socket of this machine only; --follow works everywhere',
      null,
      null,
    );
  }
  const out = new PackedLines();
  const framer = createLogFramer(
    container.tty,
    ({ bytes, cutBytes, stamp }) => out.add(bytes, 0, bytes.length, stamp === null ? Date.now() : stampToMs(stamp), cutBytes),
    (_, chunk, start, end, stamp) => out.add(chunk, start, end, stampToMs(stamp), 0),
  );
  for await (const chunk of chunks) {
    framer.write(chunk);
    if (framer.isBroken) throw new ContainerEngineError('The log stream lost its frames', null, null);
    await tell();
  }
  signal.throwIfAborted();
  framer.flush();
  await tell();

  async function tell(): Promise<void> {
    if (out.lineCount > 0) tellPossibleErrors(sieve, out.take(), onLine);
    await settle();
  }
}
