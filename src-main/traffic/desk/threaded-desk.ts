import { Worker } from 'node:worker_threads';
import { say } from '../../../src-shared/sentence';
import type { Timers } from '../../platform/clock';
import type { DeskThreadData, FromDesk, ToDesk } from './desk-messages';
import { type DeskQuestions, DeskRefusal, type TrafficDesk } from './traffic-desk';

export interface ThreadedDeskDeps {
  /** The bundled traffic-thread.js. */
  readonly threadUrl: URL;
  readonly data: DeskThreadData;
  readonly timers: Timers;
  /** Told of each end of the thread that nobody wanted. */
  readonly onCrash: (error: Error) => void;
}

interface Question {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

const idleMs = 60_000;
const closeWithinMs = 1_500;
/** More than this on the way is not handed on: the thread does not keep up. */
const maxBytesUnderWay = 32 * 1024 * 1024;

/**
 * The desk of another thread, which is started with the first question and ended after a minute without sessions. When it dies its sessions
 * are gone, and the next question starts a new one.
 */
export function createThreadedDesk(deps: ThreadedDeskDeps): TrafficDesk {
  const questions = new Map<number, Question>();
  const sessions = new Set<string>();
  /** Bytes of streams that came too fast, by session. */
  const lost = new Map<string, number>();
  let worker: Worker | null = null;
  let bytesUnderWay = 0;
  let lastId = 0;
  let cancelIdle: (() => void) | null = null;
  let closed = false;
  let onClosed: () => void = () => undefined;

  function send(message: ToDesk, transfer: readonly ArrayBuffer[] = []): void {
    worker?.postMessage(message, [...transfer]);
  }

  function start(): void {
    const started = new Worker(deps.threadUrl, { workerData: deps.data, name: 'logscope-traffic' });
    worker = started;
    let lastError: Error | null = null;
    started.on('message', receive);
    started.on('error', (error) => {
      lastError = error instanceof Error ? error : new Error(String(error));
    });
    started.on('exit', (code) => {
      if (worker !== started) return;
      leave();
      if (!closed) deps.onCrash(lastError ?? new Error(`the thread that reads access logs ended with code ${code}`));
    });
  }

  /** Whatever the thread held is gone. */
  function leave(): void {
    worker = null;
    bytesUnderWay = 0;
    sessions.clear();
    lost.clear();
    cancelIdle?.();
    cancelIdle = null;
    const waiting = [...questions.values()];
    questions.clear();
    for (const { reject } of waiting) reject(new DeskRefusal('not-found', 'The log is not open any more. Open it again.'));
    onClosed();
  }

  function receive(message: FromDesk): void {
    switch (message.kind) {
      case 'answer':
        settle(message.id)?.resolve(message.answer);
        return;
      case 'refused':
        settle(message.id)?.reject(new DeskRefusal(message.code, message.message));
        return;
      case 'failed':
        settle(message.id)?.reject(new Error(message.message));
        return;
      case 'taken':
        bytesUnderWay -= message.byteCount;
        return;
      case 'gone':
        forget(message.session);
        return;
      case 'closed':
        onClosed();
    }
  }

  function settle(id: number): Question | undefined {
    const question = questions.get(id);
    questions.delete(id);
    return question;
  }

  function forget(session: string): void {
    sessions.delete(session);
    lost.delete(session);
  }

  /** Each question puts the end off; the thread closes sessions by itself that nobody asks about. */
  function planEnd(): void {
    cancelIdle?.();
    cancelIdle = deps.timers.after(idleMs, () => {
      cancelIdle = null;
      if (questions.size > 0) planEnd();
      else void end();
    });
  }

  async function end(): Promise<void> {
    const ending = worker;
    if (ending === null) return;
    const ended = new Promise<void>((resolve) => {
      onClosed = resolve;
    });
    send({ kind: 'close' });
    let cancelLate = () => undefined as unknown;
    const late = new Promise<void>((resolve) => {
      cancelLate = deps.timers.after(closeWithinMs, resolve);
    });
    // Nothing more is asked of it; what comes meanwhile starts another one.
    worker = null;
    sessions.clear();
    lost.clear();
    bytesUnderWay = 0;
    await Promise.race([ended, late]);
    cancelLate();
    onClosed = () => undefined;
    if (worker === null) leave();
    await ending.terminate();
  }

  return {
    async ask(name, input, signal) {
      if (closed) throw new DeskRefusal('not-found', 'LogScope is closing.');
      if (worker === null) start();
      planEnd();
      lastId += 1;
      const id = lastId;
      signal?.addEventListener('abort', () => send({ kind: 'never-mind', id }), { once: true });
      const answer = await new Promise<DeskQuestions[typeof name]['answer']>((resolve, reject) => {
        questions.set(id, { resolve: (found) => resolve(found as never), reject });
        send({ kind: 'ask', id, name, input });
      });
      if (name === 'open') sessions.add((answer as DeskQuestions['open']['answer']).session);
      if (name === 'close') forget((input as DeskQuestions['close']['input']).session);
      return answer;
    },
    write(session, chunk) {
      if (worker === null || !sessions.has(session)) return false;
      if (bytesUnderWay > maxBytesUnderWay) {
        lost.set(session, (lost.get(session) ?? 0) + chunk.length);
        return true;
      }
      bytesUnderWay += chunk.length;
      const bytes = Uint8Array.from(chunk);
      send({ kind: 'chunk', session, bytes }, [bytes.buffer]);
      return true;
    },
    endStream(session, problem) {
      const lostBytes = lost.get(session) ?? 0;
      send({
        kind: 'end-stream',
        session,
        problem: problem ?? (lostBytes > 0 ? say('traffic.problem.too-fast', { bytes: lostBytes }) : null),
      });
    },
    async close() {
      closed = true;
      await end();
    },
  };
}
