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
/** What it makes is garbage after each block. */
const smallYoungGeneration = { maxYoungGenerationSizeMb: 6 };

interface Waiting {
  readonly resolve: (sealed: SealedSegment) => void;
  readonly reject: (failure: SealFailure) => void;
}

/** In a thread that lives while there is something to do; null `threadUrl`: in steps of a few ms in this one. */
export function createSealer(directory: string, threadUrl: URL | null): Sealer {
  let worker: Worker | null = null;
  let waiting: Waiting | null = null;
  let idleTimer: NodeJS.Timeout | null = null;
  let threadFailed = false;

  function stopIdleTimer(): void {
    if (idleTimer !== null) clearTimeout(idleTimer);
    idleTimer = null;
  }

  async function end(): Promise<void> {
    stopIdleTimer();
    const ended = worker;
    worker = null;
    fail('the thread that compresses was ended');
    await ended?.terminate();
  }

  function fail(message: string): void {
    const failed = waiting;
    waiting = null;
    failed?.reject(new SealFailure(message));
  }

  function start(url: URL): Worker {
    const workerData: SearchThreadData = { directory, task: 'seal' };
    const started = new Worker(url, { workerData, name: 'logscope-log-seal', resourceLimits: smallYoungGeneration });
    started.unref();
    started.on('message', (reply: SealReply) => {
      const done = waiting;
      waiting = null;
      idleTimer = setTimeout(() => void end(), idleMs);
      idleTimer.unref();
      if (reply.kind === 'sealed') done?.resolve(reply.sealed);
      else done?.reject(new SealFailure(reply.message));
    });
    started.on('error', (error) => {
      threadFailed = true;
      if (worker === started) fail(error.message);
    });
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      fail('the thread that compresses ended');
    });
    return started;
  }

  function sealInThread(url: URL, segment: Segment): Promise<SealedSegment> {
    stopIdleTimer();
    worker ??= start(url);
    worker.postMessage({ segment } satisfies SealRequest);
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject };
    });
  }

  return {
    seal: (segment) => (threadUrl === null || threadFailed ? sealSegment(directory, segment) : sealInThread(threadUrl, segment)),
    close: end,
  };
}
