import { Worker } from 'node:worker_threads';
import type { Alert } from '../../src-shared/alerts';
import type { MetricPoint, MetricSample } from '../../src-shared/metrics';
import type { RememberedRun } from '../../src-shared/runs';
import type { Batch } from './history';
import type { KeeperOpening } from './history-keeper';
import { createMemoryStore } from './memory-store';
import { keepFinite } from './samples';
import type { RangeQuery, Store, StoreState } from './store';
import type { StoreReply, StoreRequest, StoreThreadData } from './store-messages';

export interface ThreadedStoreOptions {
  /** Where the bundled store-thread.js is; the composition root knows, the code here may lie in a chunk elsewhere. */
  readonly threadUrl: URL;
  readonly file: string;
  /** Samples sent but not yet written above which new ones are dropped and counted: the disk does not keep up. */
  readonly pendingSampleLimit?: number;
  readonly closeWithinMs?: number;
}

type Ask = Extract<StoreRequest, { kind: 'range' | 'recent-alerts' | 'runs' }>;
interface Waiting {
  readonly request: Ask;
  readonly settle: (reply: Extract<StoreReply, { kind: 'points' | 'alerts' | 'runs' }>) => void;
  readonly refuse: (error: Error) => void;
}

const nothing: Batch = { samples: [], alerts: [], runs: [] };

/**
 * The store in a thread of its own. When the file cannot be used, or the thread dies, it goes on in memory with
 * everything that was not written yet, and `state` says so.
 */
export function createThreadedStore(options: ThreadedStoreOptions): Store {
  const pendingSampleLimit = options.pendingSampleLimit ?? 50_000;
  const data: StoreThreadData = { file: options.file };
  const worker = new Worker(options.threadUrl, { workerData: data, name: 'logscope-store' });
  const unwritten = new Map<number, Batch>();
  const waiting = new Map<number, Waiting>();
  let memory: Store | null = null;
  let opening: KeeperOpening | null = null;
  let setAsideFile: string | null = null;
  let writeProblem: string | null = null;
  let pendingSampleCount = 0;
  let droppedSampleCount = 0;
  let droppedAlertCount = 0;
  let closing: Promise<void> | null = null;
  let lastId = 0;

  function send(request: StoreRequest): void {
    worker.postMessage(request);
  }

  function write(batch: Batch): void {
    lastId += 1;
    unwritten.set(lastId, batch);
    pendingSampleCount += batch.samples.length;
    send({ kind: 'write', id: lastId, batch });
  }

  function appendToFile(samples: readonly MetricSample[]): void {
    const usable = keepFinite(samples);
    const fits = pendingSampleCount + usable.length <= pendingSampleLimit;
    droppedSampleCount += samples.length - (fits ? usable.length : 0);
    if (fits && usable.length > 0) write({ ...nothing, samples: usable });
  }

  function forget(ids: readonly number[]): { readonly samples: number; readonly alerts: number } {
    let samples = 0;
    let alerts = 0;
    for (const id of ids) {
      const batch = unwritten.get(id);
      unwritten.delete(id);
      samples += batch?.samples.length ?? 0;
      alerts += batch?.alerts.length ?? 0;
    }
    pendingSampleCount -= samples;
    return { samples, alerts };
  }

  /** Goes on without the file: what is not written yet and what is asked but not answered goes to memory. */
  function fallBack(detail: string): void {
    if (memory !== null || closing !== null) return;
    memory = createMemoryStore({ detail });
    for (const batch of unwritten.values()) {
      memory.appendSamples(batch.samples);
      for (const alert of batch.alerts) memory.recordAlert(alert);
      for (const run of batch.runs) memory.rememberRun(run);
    }
    unwritten.clear();
    pendingSampleCount = 0;
    for (const { request, settle, refuse } of waiting.values()) answerFrom(memory, request).then(settle, refuse);
    waiting.clear();
    void worker.terminate();
  }

  function receive(reply: StoreReply): void {
    switch (reply.kind) {
      case 'opened':
        opening = reply.opening;
        setAsideFile = reply.opening.setAsideFile;
        if (reply.opening.kind === 'unavailable') fallBack(reply.opening.detail ?? 'The history file cannot be used');
        return;
      case 'written': {
        const { samples, alerts } = forget(reply.ids);
        writeProblem = reply.problem;
        setAsideFile = reply.setAsideFile;
        if (reply.problem !== null) {
          droppedSampleCount += samples;
          droppedAlertCount += alerts;
        }
        return;
      }
      case 'refused':
        waiting.get(reply.id)?.refuse(new Error(`The history cannot be read: ${reply.message}`));
        waiting.delete(reply.id);
        return;
      case 'points':
      case 'alerts':
      case 'runs':
        waiting.get(reply.id)?.settle(reply);
        waiting.delete(reply.id);
    }
  }

  function ask(request: Ask): Promise<Extract<StoreReply, { kind: 'points' | 'alerts' | 'runs' }>> {
    if (memory !== null) return answerFrom(memory, request);
    if (closing !== null) return Promise.reject(new Error('The store is closed'));
    return new Promise((settle, refuse) => {
      waiting.set(request.id, { request, settle, refuse });
      send(request);
    });
  }

  async function end(): Promise<void> {
    lastId += 1;
    if (memory === null) await closeThread(worker, lastId, options.closeWithinMs ?? 1_500);
    else await worker.terminate();
    for (const { refuse } of waiting.values()) refuse(new Error('The store is closed'));
    waiting.clear();
  }

  worker.on('message', receive);
  worker.on('error', (error) => fallBack(`The store's thread failed: ${error.message}`));
  worker.on('exit', (code) => fallBack(`The store's thread ended (code ${code})`));

  return {
    appendSamples(samples: readonly MetricSample[]): void {
      if (closing !== null) return;
      if (memory !== null) memory.appendSamples(samples);
      else appendToFile(samples);
    },
    async range(query: RangeQuery): Promise<readonly MetricPoint[]> {
      lastId += 1;
      const reply = await ask({ kind: 'range', id: lastId, query });
      return reply.kind === 'points' ? reply.points : [];
    },
    recordAlert(alert: Alert): void {
      if (closing !== null) return;
      if (memory !== null) memory.recordAlert(alert);
      else write({ ...nothing, alerts: [alert] });
    },
    async recentAlerts(limit: number): Promise<readonly Alert[]> {
      lastId += 1;
      const reply = await ask({ kind: 'recent-alerts', id: lastId, limit });
      return reply.kind === 'alerts' ? reply.alerts : [];
    },
    rememberRun(run: RememberedRun): void {
      if (closing !== null) return;
      if (memory !== null) memory.rememberRun(run);
      else write({ ...nothing, runs: [run] });
    },
    async recallRuns(identity: string): Promise<readonly RememberedRun[]> {
      lastId += 1;
      const reply = await ask({ kind: 'runs', id: lastId, identity });
      return reply.kind === 'runs' ? reply.runs : [];
    },
    close(): Promise<void> {
      closing ??= end();
      return closing;
    },
    get state(): StoreState {
      return {
        kind: closing !== null ? 'closed' : stateKind(memory, opening),
        detail: memory === null ? (opening?.detail ?? null) : memory.state.detail,
        setAsideFile,
        droppedSampleCount: droppedSampleCount + (memory?.state.droppedSampleCount ?? 0),
        droppedAlertCount,
        writeProblem,
      };
    },
  };
}

function stateKind(memory: Store | null, opening: KeeperOpening | null): StoreState['kind'] {
  if (memory !== null) return 'memory';
  if (opening === null) return 'opening';
  return opening.kind === 'unavailable' ? 'memory' : opening.kind;
}

async function answerFrom(memory: Store, request: Ask): Promise<Extract<StoreReply, { kind: 'points' | 'alerts' | 'runs' }>> {
  const { id } = request;
  switch (request.kind) {
    case 'range':
      return { kind: 'points', id, points: await memory.range(request.query) };
    case 'recent-alerts':
      return { kind: 'alerts', id, alerts: await memory.recentAlerts(request.limit) };
    case 'runs':
      return { kind: 'runs', id, runs: await memory.recallRuns(request.identity) };
  }
}

/** Asks the thread to write and end, and ends it by force when it does not within the time (a disk that hangs). */
async function closeThread(worker: Worker, id: number, withinMs: number): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.postMessage({ kind: 'close', id } satisfies StoreRequest);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([ended, late]);
  clearTimeout(timer);
  await worker.terminate();
}
