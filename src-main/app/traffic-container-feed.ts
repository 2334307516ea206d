import { type Sentence, say } from '../../src-shared/sentence';
import type { LogStream } from '../logs/frame';
import { ContainerTail } from '../logs/tails/container';
import type { TailLine } from '../logs/tails/tail';
import type { Clock } from '../platform/clock';
import type { ContainerFeed, FollowedContainer } from '../platform/container-engine';
import { DeskRefusal, type TrafficDesk } from '../traffic/desk/traffic-desk';

export interface ContainerFeedDeps {
  readonly desk: Pick<TrafficDesk, 'ask' | 'write'>;
  readonly clock: Clock;
}

/** What a container prints, on its way into a session. */
export interface OpenFeed {
  /** It prints nothing any more, as far as is known now. */
  isEnded(): boolean;
  problem(): Sentence | null;
  /** Null: it does not run any more. */
  update(container: FollowedContainer | null): void;
  close(): void;
}

/** Handed on in pieces: a message for each line would cost more than the line. */
const pieceBytes = 256 * 1024;
/** So much may be on its way before the desk is asked whether it has come that far. */
const unconfirmedBytes = 8 * 1024 * 1024;
const newline = Buffer.from('\n');
/** Behind nothing: the whole log is read, from its first line on. */
const fromTheStart = JSON.stringify({ stamp: { seconds: 0, nanoseconds: 0 }, count: 0 });

/** Reads the whole log of a container or a pod into a session, and goes on as it grows, over restarts too. `stream` null: all that it prints. */
export function openContainerFeed(
  session: string,
  container: FollowedContainer,
  stream: LogStream | null,
  feed: Pick<ContainerFeed, 'openLogs'>,
  { desk, clock }: ContainerFeedDeps,
): OpenFeed {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let unconfirmed = 0;

  function handOn(): void {
    if (pendingBytes === 0) return;
    const piece = Buffer.concat(pending, pendingBytes);
    pending = [];
    pendingBytes = 0;
    unconfirmed += piece.length;
    if (!desk.write(session, piece)) tail.close();
  }

  /** Questions are answered in the order of what was sent: the answer to one that costs nothing says that all before it was read. */
  async function confirm(): Promise<void> {
    unconfirmed = 0;
    try {
      await desk.ask('close', { session: 'none' });
    } catch (error) {
      if (!(error instanceof DeskRefusal)) throw error;
      tail.close();
    }
  }

  const listener = {
    onLine(line: TailLine, printedOn?: LogStream) {
      if (stream !== null && printedOn !== stream) return;
      pending.push(line.bytes, newline);
      pendingBytes += line.bytes.length + 1;
      if (pendingBytes >= pieceBytes) handOn();
    },
    onPosition() {
      handOn();
      return unconfirmed >= unconfirmedBytes ? confirm() : null;
    },
  };
  function problem(): Sentence | null {
    const { state, detail, cutCount } = tail.read();
    if (state === 'unavailable') return say('traffic.source.unreadable', { detail: detail ?? '' });
    if (state === 'retrying' && detail !== null) return say('traffic.source.retrying', { detail });
    if (tail.lostFramesCount > 0) return say('traffic.source.frames-lost', { count: tail.lostFramesCount });
    return cutCount > 0 ? say('traffic.source.cut', { count: cutCount }) : null;
  }

  /** The desk knows of bytes only: who waits there for figures of a log that brings none would hear why ten seconds later. */
  function onState(): void {
    if (tail.isEnded || problem() !== null) desk.write(session, new Uint8Array());
  }

  const tail = new ContainerTail(container, feed, clock, listener, { linesOnAttach: 0, startAt: fromTheStart, onState });

  return {
    isEnded: () => tail.isEnded,
    problem,
    update: (next) => tail.update(next),
    close: () => tail.close(),
  };
}
