import { type MessagePort, Worker } from 'node:worker_threads';
import type { Alert } from '../../src-shared/alerts';
import type { MetricSample } from '../../src-shared/metrics';
import type { RememberedRun } from '../../src-shared/runs';
import type { Batch } from './history';
import type { KeeperOpening } from './history-keeper';
import { createMemoryStore, type MemoryStore } from './memory-store';
import type { StoreRecord, WriteProblem } from './process-store';
import { keepFinite } from './samples';
import type { Store, StoreState } from './store';
import type { AskMessage, StoreReply, StoreRequest, StoreThreadData } from './store-messages';
import { type AnswerTo, type InputTo, type QuestionName, questionWays } from './store-questions';

export interface ThreadedStoreOptions {
  /** Where the bundled store-thread.js is; the composition root knows, the code here may lie in a chunk elsewhere. */
  readonly threadUrl: URL;
  readonly file: string;
  /** What else is to live in the thread, and what of it changes hands; left out: nothing. */
  readonly companion?: { readonly data: unknown; readonly transfer: readonly MessagePort[] };
  /** Samples sent but not yet written above which new ones are dropped and counted: the disk does not keep up. */
  readonly pendingSampleLimit?: number;
  readonly closeWithinMs?: number;
}

interface Waiting {
  /** Asks the store in memory instead. */
  readonly askMemory: (memory: Store) => void;
  readonly settle: (answer: unknown) => void;
  readonly refuse: (error: Error) => void;
}

/** What one write brings, and who wants to know what came of it. */
interface Unwritten {
  readonly batch: Batch;
  readonly tell: ((problem: WriteProblem) => void) | null;
}

const nothing: Batch = { samples: [], alerts: [], runs: [], records: [] };
const closedProblem = 'The store is closed';

/**
 * The store in a thread of its own. When the file cannot be used, or the thread dies, it goes on in memory with
 * everything that was not written yet, and `state` says so.
 */
export function createThreadedStore(options: ThreadedStoreOptions): Store {
  const pendingSampleLimit = options.pendingSampleLimit ?? 50_000;
  const data: StoreThreadData = { file: options.file, companion: options.companion?.data ?? null };
  const transferList = [...(options.companion?.transfer ?? [])];
  const worker = new Worker(options.threadUrl, { workerData: data, transferList, name: 'logscope-store' });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const unwritten = new Map<number, Unwritten>();
  const waiting = new Map<number, Waiting>();
  let memory: MemoryStore | null = null;
  let opening: KeeperOpening | null = null;
  let setAsideFile: string | null = null;
  let writeProblem: string | null = null;
  let pendingSampleCount = 0;
  let droppedSampleCount = 0;
  let droppedAlertCount = 0;
  let droppedRecordCount = 0;
  let closing: Promise<void> | null = null;
  let lastId = 0;

  function send(request: StoreRequest): void {
    worker.postMessage(request);
  }

  function write(batch: Batch, tell: Unwritten['tell'] = null): void {
    lastId += 1;
    unwritten.set(lastId, { batch, tell });
    pendingSampleCount += batch.samples.length;
    send({ kind: 'write', id: lastId, batch });
  }

  function appendToFile(samples: readonly MetricSample[]): void {
    const usable = keepFinite(samples);
    const fits = pendingSampleCount + usable.length <= pendingSampleLimit;
    droppedSampleCount += samples.length - (fits ? usable.length : 0);
    if (fits && usable.length > 0) write({ ...nothing, samples: usable });
  }

  /** A record that somebody waits for: resolves with what came of it. */
  function keep(records: readonly StoreRecord[]): Promise<WriteProblem> {
    if (closing !== null) return Promise.resolve(closedProblem);
    if (memory === null) return new Promise((resolve) => write({ ...nothing, records }, resolve));
    for (const record of records) memory.takeRecord(record);
    return Promise.resolve(null);
  }

  function written(id: number, problem: WriteProblem): void {
    const done = unwritten.get(id);
    if (done === undefined) return;
    unwritten.delete(id);
    pendingSampleCount -= done.batch.samples.length;
    if (problem !== null) {
      droppedSampleCount += done.batch.samples.length;
      droppedAlertCount += done.batch.alerts.length;
      droppedRecordCount += done.batch.records.length;
    }
    done.tell?.(problem);
  }

  /** Goes on without the file: what is not written yet and what is asked but not answered goes to memory. */
  function fallBack(detail: string): void {
    if (memory !== null || closing !== null) return;
    memory = createMemoryStore({ detail });
    for (const { batch, tell } of unwritten.values()) {
      memory.appendSamples(batch.samples);
      for (const alert of batch.alerts) memory.recordAlert(alert);
      for (const run of batch.runs) memory.rememberRun(run);
      for (const record of batch.records) memory.takeRecord(record);
      tell?.(null);
    }
    unwritten.clear();
    pendingSampleCount = 0;
    for (const { askMemory } of waiting.values()) askMemory(memory);
    waiting.clear();
    // Asked, not ended by force: the companion lives on in the thread, and a thread that ends while libsql 0.5.29 opens a file takes the whole process along.
    lastId += 1;
    send({ kind: 'close', id: lastId });
  }

  function receive(reply: StoreReply): void {
    switch (reply.kind) {
      case 'opened':
        opening = reply.opening;
        setAsideFile = reply.opening.setAsideFile;
        if (reply.opening.kind === 'unavailable') fallBack(reply.opening.detail ?? 'The history file cannot be used');
        return;
      case 'written':
        writeProblem = reply.problem;
        setAsideFile = reply.setAsideFile;
        for (const id of reply.ids) written(id, reply.problem);
        return;
      case 'refused':
        waiting.get(reply.id)?.refuse(new Error(`The history cannot be read: ${reply.message}`));
        waiting.delete(reply.id);
        return;
      case 'answer':
        waiting.get(reply.id)?.settle(reply.answer);
        waiting.delete(reply.id);
    }
  }

  function ask<N extends QuestionName>(name: N, input: InputTo<N>): Promise<AnswerTo<N>> {
    const fromStore = questionWays[name].fromStore;
    if (memory !== null) return fromStore(memory, input);
    if (closing !== null) return Promise.reject(new Error(closedProblem));
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, refuse) => {
      waiting.set(id, {
        askMemory: (store) => void fromStore(store, input).then(resolve, refuse),
        settle: (answer) => resolve(answer as AnswerTo<N>),
        refuse,
      });
      send({ kind: 'ask', id, name, input } as AskMessage);
    });
  }

  async function end(): Promise<void> {
    lastId += 1;
    await closeThread(worker, ended, lastId, options.closeWithinMs ?? 1_500);
    for (const { refuse } of waiting.values()) refuse(new Error(closedProblem));
    waiting.clear();
    for (const id of [...unwritten.keys()]) written(id, closedProblem);
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
    range: (query) => ask('range', query),
    recordAlert(alert: Alert): void {
      if (closing !== null) return;
      if (memory !== null) memory.recordAlert(alert);
      else write({ ...nothing, alerts: [alert] });
    },
    recentAlerts: (limit) => ask('recent-alerts', limit),
    rememberRun(run: RememberedRun): void {
      if (closing !== null) return;
      if (memory !== null) memory.rememberRun(run);
      else write({ ...nothing, runs: [run] });
    },
    recallRuns: (identity) => ask('runs', identity),
    changePolicies: (changes) => keep(changes.map((change) => ({ kind: 'policy', change }))),
    policies: () => ask('policies', null),
    policyChanges: (exe) => ask('policy-changes', exe),
    countRoleAsk: (name, atMs) => keep([{ kind: 'role-ask', name, atMs }]),
    roleAskCount: (name) => ask('role-ask-count', name),
    rememberUnknown: (list) => void keep(list.map((seen) => ({ kind: 'unknown', seen }))),
    openRoles: () => ask('open-roles', null),
    recordStop: (audit) => keep([{ kind: 'stop', audit }]),
    recentStops: (limit) => ask('recent-stops', limit),
    rememberListeners: (list) => void keep(list.map((seen) => ({ kind: 'listener', seen }))),
    listeners: () => ask('listeners', null),
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
        droppedRecordCount,
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

/** Asks the thread to write and end, and ends it by force when it does not within the time (a disk that hangs). */
async function closeThread(worker: Worker, ended: Promise<void>, id: number, withinMs: number): Promise<void> {
  worker.postMessage({ kind: 'close', id } satisfies StoreRequest);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([ended, late]);
  clearTimeout(timer);
  await worker.terminate();
}
