import type { MessagePort } from 'node:worker_threads';
import { systemClock } from '../platform/clock';
import { openHistoryKeeper } from './history-keeper';
import { SqliteFailure } from './sqlite';
import type { StoreReply, StoreRequest } from './store-messages';

type Write = Extract<StoreRequest, { kind: 'write' }>;

/**
 * Lets another thread use the store of this one: SQLite calls block, and here they block nobody. Writes that arrive together share one
 * transaction; every read sees the writes sent before it.
 */
export function serveStore(port: MessagePort, file: string): void {
  const keeper = openHistoryKeeper(file, systemClock);
  let pending: Write[] = [];

  function reply(message: StoreReply): void {
    port.postMessage(message);
  }

  function flush(): void {
    if (pending.length === 0) return;
    const writes = pending;
    pending = [];
    const problem = keeper.write({
      samples: writes.flatMap((write) => write.batch.samples),
      alerts: writes.flatMap((write) => write.batch.alerts),
      runs: writes.flatMap((write) => write.batch.runs),
      records: writes.flatMap((write) => write.batch.records),
    });
    reply({ kind: 'written', ids: writes.map((write) => write.id), problem, setAsideFile: keeper.setAsideFile });
  }

  function take(write: Write): void {
    pending.push(write);
    if (pending.length === 1) setImmediate(flush);
  }

  function answer(id: number, work: () => StoreReply): void {
    flush();
    try {
      reply(work());
    } catch (error) {
      if (!(error instanceof SqliteFailure)) throw error;
      reply({ kind: 'refused', id, message: error.message });
    }
  }

  port.on('message', (request: StoreRequest) => {
    const { id } = request;
    switch (request.kind) {
      case 'write':
        return take(request);
      case 'ask':
        return answer(id, () => ({ kind: 'answer', id, answer: keeper.ask(request.name, request.input) }));
      case 'close':
        flush();
        keeper.close();
        // The end of the thread is the answer: nothing can be posted after this.
        port.close();
    }
  });

  reply({ kind: 'opened', opening: keeper.opening });
}
