import { Worker } from 'node:worker_threads';
import type { AnyEvent, Reply } from '../../src-shared/contract';
import type { Core, CoreOptions } from './core';
import type { FromCore, ToCore } from './core-thread-messages';

const stopPatienceMs = 2_000;
const restartDelayMs = 1_000;
/** A core that dies this often is broken, not unlucky. */
const maxRestarts = 3;

/**
 * The core in a worker thread of its own. If the thread dies it is started again up to three times, and requests that
 * were under way get an `unexpected` reply; `onCrash` hears of each death.
 */
export function startCoreThread(options: CoreOptions, threadUrl: URL, onCrash: (error: Error, willRestart: boolean) => void): Core {
  const listeners = new Set<(event: AnyEvent) => void>();
  const waiting = new Map<number, (reply: Reply<unknown>) => void>();
  let nextId = 1;
  let restarts = 0;
  let stopping: Promise<void> | null = null;
  let finishStop = (): void => undefined;
  let audience = options.audience;
  let worker = startWorker();

  function send(message: ToCore): void {
    worker.postMessage(message);
  }

  function startWorker(): Worker {
    const started = new Worker(threadUrl, { workerData: { ...options, audience }, name: 'logscope-core' });
    started.on('message', (message: FromCore) => {
      if (message.kind === 'reply') {
        waiting.get(message.id)?.(message.reply);
        waiting.delete(message.id);
      } else if (message.kind === 'events') {
        for (const event of message.events) for (const listener of listeners) listener(event);
        send({ kind: 'taken' });
      } else finishStop();
    });
    let lastError: Error | null = null;
    started.on('error', (error) => {
      lastError = error instanceof Error ? error : new Error(String(error));
    });
    started.on('exit', (code) => {
      for (const reply of waiting.values()) reply(lostReply);
      waiting.clear();
      if (stopping !== null) return finishStop();
      restarts += 1;
      const willRestart = restarts <= maxRestarts;
      onCrash(lastError ?? new Error(`the core thread ended with code ${code}`), willRestart);
      if (willRestart) setTimeout(() => (stopping === null ? restart() : undefined), restartDelayMs);
      return undefined;
    });
    return started;
  }

  function restart(): void {
    worker = startWorker();
  }

  return {
    handle(name, input, caller) {
      if (stopping !== null) return Promise.resolve(lostReply);
      return new Promise((resolve) => {
        const id = nextId++;
        waiting.set(id, resolve);
        send({ kind: 'request', id, name, input, caller });
      });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setAudience(next) {
      audience = next;
      send({ kind: 'audience', audience: next });
    },
    suspend: () => send({ kind: 'suspend' }),
    resume: () => send({ kind: 'resume' }),
    stop() {
      stopping ??= new Promise<void>((resolve) => {
        const patience = setTimeout(() => finishStop(), stopPatienceMs);
        finishStop = () => {
          clearTimeout(patience);
          void worker.terminate().then(() => resolve());
        };
        send({ kind: 'stop' });
      });
      return stopping;
    },
  };
}

const lostReply: Reply<never> = { ok: false, error: { code: 'unexpected', message: 'The core of LogScope is not running.' } };
