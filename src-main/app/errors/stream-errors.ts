import { createLogFramer } from '../../logs/frame';
import { PackedLines } from '../../logs/pipeline/packed-lines';
import type { ErrorSieve } from '../../logs/sieve/error-sieve';
import type { PossibleErrorListener } from '../../logs/sieve/possible-error';
import { PossibleErrorFrames } from '../../logs/sieve/possible-error-frames';
import { tellPossibleErrors } from '../../logs/sieve/possible-errors-in-block';
import { formatSince, msToStamp, stampToMs } from '../../logs/stamp';
import { ContainerEngineError } from '../../platform/container-engine';
import type { ContainerErrorsWanted } from './container-errors-wanted';

/** Asks the engine for the container's lines. */
export async function tellStreamErrors(wanted: ContainerErrorsWanted, sieve: ErrorSieve | null): Promise<void> {
  const { container, signal, settle, onLine } = wanted;
  const chunks = await openChunks(wanted);
  const lines = sieve !== null && !container.tty ? new PossibleErrorFrames(sieve, onLine) : createLineReader(container.tty, sieve, onLine);
  for await (const chunk of chunks) {
    lines.write(chunk);
    if (lines.isBroken) throw new ContainerEngineError('The log stream lost its frames', null, null);
    await settle();
  }
  signal.throwIfAborted();
  lines.flush();
  await settle();
}

async function openChunks({ client, container, follow, fromMs, signal }: ContainerErrorsWanted): Promise<AsyncIterable<Buffer>> {
  // Asked for a time, an engine (20.10) decodes the whole log up to it.
  if (follow) return client.logs(container.id, fromMs > 0 ? { tail: 0 } : { since: '0' }, signal);
  const kept = await client.keptLogs(container.id, { since: formatSince(msToStamp(fromMs)), newest: null }, signal);
  if (kept !== null) return kept;
  throw new ContainerEngineError('What is kept can be asked for over a socket of this machine only; --follow works everywhere', null, null);
}

/** Of a terminal, or where there is no sieve: line by line. */
function createLineReader(tty: boolean, sieve: ErrorSieve | null, onLine: PossibleErrorListener) {
  const out = new PackedLines();
  const framer = createLogFramer(
    tty,
    ({ bytes, cutBytes, stamp }) => out.add(bytes, 0, bytes.length, stamp === null ? Date.now() : stampToMs(stamp), cutBytes),
    (_, chunk, start, end, stamp) => out.add(chunk, start, end, stampToMs(stamp), 0),
  );
  const tell = () => {
    if (out.lineCount > 0) tellPossibleErrors(sieve, out.take(), onLine);
  };
  return {
    get isBroken() {
      return framer.isBroken;
    },
    write(chunk: Buffer): void {
      framer.write(chunk);
      tell();
    },
    flush(): void {
      framer.flush();
      tell();
    },
  };
}
