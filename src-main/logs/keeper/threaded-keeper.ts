import type { MessagePort } from 'node:worker_threads';
import { createBundledPort } from '../../platform/bundled-port';
import { isPacked, type PackedBatch, packBatch, transferablesOf } from '../pipeline/packed-batch';
import type { RawBatch } from '../pipeline/raw-batch';
import type { FromKeeper, ToKeeper } from './keeper-messages';
import { KeeperRefusal, type LogKeeper } from './log-keeper';

interface Question {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** More than this on the way, and whoever hands in lines waits. */
const maxBytesUnderWay = 8 * 1024 * 1024;
const closeWithinMs = 1_500;

/** The keeper of another thread. When that ends by itself, what is under way is lost and `replace` gives the one that goes on. */
export function createThreadedKeeper(port: MessagePort, replace: () => LogKeeper): LogKeeper {
  const { send, onMessage, flush } = createBundledPort<ToKeeper, FromKeeper>(port);
  const questions = new Map<number, Question>();
  const underWay = new Map<number, number>();
  const urgent = new Set<() => void>();
  let bytesUnderWay = 0;
  let room: (() => void)[] = [];
  let lastId = 0;
  let isWatched = false;
  let closing = false;
  let gone = false;
  let replacement: LogKeeper | null = null;
  let onGone: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    onGone = resolve;
  });

  function tellRoom(): void {
    const waiting = room;
    room = [];
    for (const resolve of waiting) resolve();
  }

  function receive(message: FromKeeper): void {
    switch (message.kind) {
      case 'taken':
        bytesUnderWay -= underWay.get(message.id) ?? 0;
        underWay.delete(message.id);
        isWatched = message.isWatched;
        if (bytesUnderWay < maxBytesUnderWay) tellRoom();
        return;
      case 'answer':
        questions.get(message.id)?.resolve(message.answer);
        questions.delete(message.id);
        return;
      case 'refused':
        questions.get(message.id)?.reject(new KeeperRefusal(message.code, message.message));
        questions.delete(message.id);
        return;
      case 'failed':
        questions.get(message.id)?.reject(new Error(message.message));
        questions.delete(message.id);
        return;
      case 'urgent':
        callUrgent();
        return;
      case 'closed':
        end();
    }
  }

  function callUrgent(): void {
    for (const listener of urgent) listener();
  }

  function end(): void {
    if (gone) return;
    gone = true;
    if (!closing) {
      replacement = replace();
      replacement.onUrgent(() => callUrgent());
    }
    for (const { reject } of questions.values()) reject(new Error('The thread that keeps the logs has ended'));
    questions.clear();
    tellRoom();
    onGone();
  }

  onMessage(receive);
  port.on('close', end);

  return {
    take(batch: RawBatch | PackedBatch) {
      if (replacement !== null) return replacement.take(batch);
      if (gone) return null;
      lastId += 1;
      const packed = isPacked(batch) ? batch : packBatch(batch);
      underWay.set(lastId, packed.bytes.length);
      bytesUnderWay += packed.bytes.length;
      send({ kind: 'batch', id: lastId, batch: packed }, transferablesOf(packed));
      return bytesUnderWay < maxBytesUnderWay ? null : new Promise((resolve) => room.push(resolve));
    },
    ask(name, input, signal) {
      // Known before its thread says so.
      if (name === 'newer') isWatched = true;
      if (replacement !== null) return replacement.ask(name, input, signal);
      if (gone) return Promise.reject(new Error('The thread that keeps the logs has ended'));
      lastId += 1;
      const id = lastId;
      signal?.addEventListener('abort', () => send({ kind: 'never-mind', id }), { once: true });
      return new Promise((resolve, reject) => {
        questions.set(id, { resolve: (answer) => resolve(answer as never), reject });
        send({ kind: 'ask', id, name, input });
      });
    },
    configure(settings) {
      if (replacement !== null) replacement.configure(settings);
      else send({ kind: 'configure', settings });
    },
    isWatched: () => replacement?.isWatched() ?? isWatched,
    onUrgent(listener) {
      urgent.add(listener);
      return () => urgent.delete(listener);
    },
    async close() {
      closing = true;
      if (replacement !== null) return replacement.close();
      if (gone) return;
      send({ kind: 'close' });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, closeWithinMs);
      });
      await Promise.race([ended, late]);
      clearTimeout(timer);
      flush();
      port.close();
    },
  };
}
