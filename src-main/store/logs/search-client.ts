import { Worker } from 'node:worker_threads';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { answerQuestion, type LogAnswer, type LogQuestion } from './log-questions';
import { runScanInSlices, searchLimitMs } from './run-scan';
import type { SearchReply, SearchRequest, SearchThreadData } from './search-messages';
import type { Segment } from './segment';
import { createSegmentShelf } from './segment-shelf';

export interface SearchClientOptions {
  readonly directory: string;
  /** The bundled log-search-thread.js; null: in slices in this thread. */
  readonly threadUrl: URL | null;
  readonly monotonicMs: () => number;
  readonly idleMs?: number;
}

interface SearchScope {
  readonly segments: readonly Segment[];
  readonly origins: ReadonlyMap<string, LogOrigin>;
  /** Changes with the origins. */
  readonly originsVersion: number;
}

/** Asks segments in a thread that is started when needed and ended when idle, or when it does not come back. */
export interface SearchClient {
  /** Null: it was ended by force, with nothing. */
  ask(question: LogQuestion, scope: SearchScope): Promise<LogAnswer | null>;
  readonly damagedCount: number;
  close(): Promise<void>;
}

/** A thread that searches gives up by itself; one that does not within this time more is ended. */
const graceMs = 2_000;

interface Waiting {
  readonly settle: (answer: LogAnswer | null) => void;
  readonly timer: NodeJS.Timeout;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  sentOriginsVersion: number | null;
  damagedCount: number;
}

export function createSearchClient({ directory, threadUrl, monotonicMs, idleMs = 20_000 }: SearchClientOptions): SearchClient {
  const shelf = createSegmentShelf(directory);
  let thread: Thread | null = null;
  let idleTimer: NodeJS.Timeout | null = null;
  let endedDamagedCount = 0;
  let lastId = 0;
  let threadFailed = false;

  function end(ended: Thread): Promise<unknown> {
    if (thread === ended) thread = null;
    endedDamagedCount += ended.damagedCount;
    ended.damagedCount = 0;
    for (const { settle, timer } of ended.waiting.values()) {
      clearTimeout(timer);
      settle(null);
    }
    ended.waiting.clear();
    return ended.worker.terminate();
  }

  function start(url: URL): Thread {
    const worker = new Worker(url, { workerData: { directory, task: 'search' } satisfies SearchThreadData, name: 'logscope-log-search' });
    const started: Thread = { worker, waiting: new Map(), sentOriginsVersion: null, damagedCount: 0 };
    worker.on('message', (reply: SearchReply) => {
      started.damagedCount = reply.damagedCount;
      const waiting = started.waiting.get(reply.id);
      if (waiting === undefined) return;
      started.waiting.delete(reply.id);
      clearTimeout(waiting.timer);
      waiting.settle(reply.answer);
      endWhenIdle(started);
    });
    worker.on('error', () => {
      threadFailed = true;
      void end(started);
    });
    worker.on('exit', () => void end(started));
    worker.unref();
    return started;
  }

  function endWhenIdle(idle: Thread): void {
    if (idleTimer !== null) clearTimeout(idleTimer);
    idleTimer = setTimeout(() => {
      if (idle.waiting.size === 0) void end(idle);
    }, idleMs);
    idleTimer.unref();
  }

  function askThread(url: URL, question: LogQuestion, scope: SearchScope): Promise<LogAnswer | null> {
    thread ??= start(url);
    const asked = thread;
    lastId += 1;
    const id = lastId;
    const origins = asked.sentOriginsVersion === scope.originsVersion ? null : [...scope.origins.values()];
    asked.sentOriginsVersion = scope.originsVersion;
    const segments = scope.segments.map((segment) => ({ ...segment, originKeys: [] }));
    return new Promise((settle) => {
      // They are answered one after the other.
      const timer = setTimeout(() => void end(asked), (searchLimitMs + graceMs) * (asked.waiting.size + 1));
      asked.waiting.set(id, { settle, timer });
      asked.worker.postMessage({ id, question, segments, origins } satisfies SearchRequest);
    });
  }

  return {
    ask(question, scope) {
      if (threadUrl !== null && !threadFailed) return askThread(threadUrl, question, scope);
      const originOf = (key: string) => scope.origins.get(key) ?? null;
      return runScanInSlices(answerQuestion({ shelf, segments: scope.segments, originOf }, question), monotonicMs);
    },
    get damagedCount() {
      return endedDamagedCount + (thread?.damagedCount ?? 0) + shelf.damagedCount;
    },
    async close() {
      if (idleTimer !== null) clearTimeout(idleTimer);
      if (thread !== null) await end(thread);
    },
  };
}
