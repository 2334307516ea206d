import { createLogFramer, type LogStream } from '../logs/frame';
import type { Timers } from '../platform/clock';
import { ContainerEngineError } from '../platform/container-engine';
import { PodLogError } from '../platform/pod-logs';
import { detectFormat } from '../traffic/formats/detect-format';

/** Opens the newest lines of a container's log, and what follows, as an engine gives them. */
export type OpenNewest = (lines: number, signal: AbortSignal) => Promise<AsyncIterable<Buffer>>;

export interface NewestLines {
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

/** A log that stays silent for so long has given its newest lines. */
const silentMs = 400;
const withinMs = 4_000;
/** Of the lines of a stream, so many must be requests: servers say other things too. */
const leastFit = 0.6;
const leastLines = 3;

/** The newest lines of a container. Empty when its log cannot be read. */
export async function readNewestLines(open: OpenNewest, tty: boolean, count: number, timers: Timers): Promise<NewestLines> {
  const lines: Record<LogStream, string[]> = { stdout: [], stderr: [] };
  const abort = new AbortController();
  const giveUp = timers.after(withinMs, () => abort.abort());
  let cancelSilence = timers.after(withinMs, () => abort.abort());
  const framer = createLogFramer(tty, ({ stream, bytes }) => lines[stream].push(bytes.toString('utf8')));
  try {
    const chunks = await open(count, abort.signal);
    cancelSilence();
    cancelSilence = timers.after(silentMs, () => abort.abort());
    for await (const chunk of chunks) {
      framer.write(chunk);
      if (framer.isBroken || lines.stdout.length + lines.stderr.length >= count) break;
      cancelSilence();
      cancelSilence = timers.after(silentMs, () => abort.abort());
    }
  } catch (error) {
    // Also the way in which a stream ends that was given up.
    if (!(error instanceof ContainerEngineError || error instanceof PodLogError || abort.signal.aborted)) throw error;
  } finally {
    giveUp();
    cancelSilence();
    abort.abort();
  }
  return lines;
}

/** The stream on which requests are printed; null: on none. */
export function accessStream(lines: NewestLines): LogStream | null {
  return (['stdout', 'stderr'] as const).find((stream) => looksLikeAccess(lines[stream])) ?? null;
}

function looksLikeAccess(lines: readonly string[]): boolean {
  const told = lines.filter((line) => line !== '');
  return told.length >= leastLines && (detectFormat(told)?.detected.fitRatio ?? 0) >= leastFit;
}
