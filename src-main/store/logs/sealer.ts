import { Worker } from 'node:worker_threads';
import { type SealedSegment, sealSegment } from './seal-segment';
import type { SealReply, SealRequest, SearchThreadData } from './search-messages';
import type { Segment } from './segment';

/** Compresses segments, one after the other. */
export interface Sealer {
  /** Rejects with SealFailure when it cannot be done now, and with what the system says. */
  seal(segment: Segment): Promise<SealedSegment>;
  close(): Promise<void>;
}

export class SealFailure extends Error {}

const idleMs = 5_000;

/** In a thread that lives while there is something to do; null `threadUrl`: in steps of a few ms in this one. */
export function createSealer(directory: string, threadUrl: URL | null): Sealer {
  let worker: Worker | null = null;
  let idleTimer: NodeJS.Timeout | null = null;
  let threadFailed = false;

  async function end(): Promise<void> {
    if (idleTimer !== null) clearTimeout(idleTimer);
    idleTimer = null;
    const ended = worker;
    worker = null;
    await ended?.terminate();
  }

  function sealInThread(url: URL, segment: Segment): Promise<SealedSegment> {
    if (idleTimer !== null) clearTimeout(idleTimer);
    worker ??= new Worker(url, { workerData: { directory, task: 'seal' } satisfies SearchThreadData, name: 'logscope-log-seal' });
    const asked = worker;
    asked.ref();
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        asked.removeAllListeners();
        // An error that comes when nobody waits any more would end the process.
        asked.on('error', () => {});
        asked.unref();
        idleTimer = setTimeout(() => void end(), idleMs);
        idleTimer.unref();
        finish();
      };
      asked.on('message', (reply: SealReply) =>
        settle(() => (reply.kind === 'sealed' ? resolve(reply.sealed) : reject(new SealFailure(reply.message)))),
      );
      asked.on('error', (error) => {
        threadFailed = true;
        worker = null;
        settle(() => reject(new SealFailure(error.message)));
      });
      asked.on('exit', () => {
        worker = null;
        settle(() => reject(new SealFailure('the thread that compresses ended')));
      });
      asked.postMessage({ segment } satisfies SealRequest);
    });
  }

  return {
    seal: (segment) => (threadUrl === null || threadFailed ? sealSegment(directory, segment) : sealInThread(threadUrl, segment)),
    close: end,
  };
}
