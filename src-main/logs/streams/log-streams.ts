import { randomBytes } from 'node:crypto';
import type { InputOf, NextLines, OpenedLog } from '../../../src-shared/contract';
import { isErrorLevel } from '../../../src-shared/logs/parsed-line';
import { LineRedactor, type RedactorOptions } from '../../../src-shared/redact/redactor';
import type { Timers } from '../../platform/clock';
import { judgeError } from '../../rules/log-errors/judge-line';
import type { Classify } from '../classify';
import { decodeLine } from '../decode';
import { parseLine } from '../parse/parse-line';
import type { TailLine } from '../tails/tail';
import { LineQueue } from './line-queue';
import { type OpenTarget, openTarget, type TargetDeps } from './open-target';

export interface LogStreamsDeps extends TargetDeps {
  readonly timers: Timers;
  /** The person's own words that make a line an error. */
  readonly ownWords: Classify;
  /** See LineRedactor: what is shown is masked like what is kept. */
  readonly redactorOptions: () => RedactorOptions;
}

export interface LogStreams {
  /** Null: there is no such container, journal or cluster. */
  open(input: InputOf<'logs.open'>): OpenedLog | null;
  /** Null: the stream is unknown or was closed because nobody asked. */
  next(input: InputOf<'logs.next'>): Promise<NextLines | null>;
  close(stream: string): boolean;
  /** How many are open, for what LogScope tells about itself. */
  openCount(): number;
  closeAll(): void;
}

const answerWithinMs = 10_000;
/** Several sources come in out of step: gathered this long, they are put into the order of time. */
const gatherMs = 120;
const forgottenAfterMs = 30_000;
/** Each holds a connection or a child process; who opens more loses the one not asked about for longest. */
const mostStreams = 20;

function nobody(): void {}

interface Stream {
  readonly queue: LineQueue;
  readonly merged: boolean;
  readonly target: OpenTarget;
  /** The state the reader knows of. */
  toldState: NextLines['state'] | null;
  /** Called when there is something to tell; replaced by each question. */
  wake: () => void;
  cancelExpiry: () => void;
}

/** Live lines for readers that pull. Nothing is read that nobody asks for. */
export function createLogStreams(deps: LogStreamsDeps): LogStreams {
  /** In the order in which they were last asked about. */
  const streams = new Map<string, Stream>();

  function touch(key: string, stream: Stream): void {
    stream.cancelExpiry();
    stream.cancelExpiry = deps.timers.after(forgottenAfterMs, () => close(key));
    streams.delete(key);
    streams.set(key, stream);
  }

  function close(key: string): boolean {
    const stream = streams.get(key);
    if (stream === undefined) return false;
    streams.delete(key);
    stream.cancelExpiry();
    stream.target.close();
    stream.wake();
    return true;
  }

  function open({ target, tail }: InputOf<'logs.open'>): OpenedLog | null {
    const merged = target.kind === 'pods-of';
    const queue = new LineQueue(merged);
    const redactors = new Map<string | null, LineRedactor>();
    const stream: Omit<Stream, 'target'> = { queue, merged, toldState: null, wake: nobody, cancelExpiry: nobody };
    const opened = openTarget(target, tail, deps, {
      onLine(line, origin) {
        const redactor = redactors.get(origin) ?? new LineRedactor({ ...deps.redactorOptions(), start: 'doubt' });
        redactors.set(origin, redactor);
        queue.add({ ...lineOf(line, deps.ownWords, redactor), origin });
        stream.wake();
      },
      onState: () => stream.wake(),
    });
    if (opened === null) return null;
    const [oldest] = streams.keys();
    if (streams.size >= mostStreams && oldest !== undefined) close(oldest);
    const key = randomBytes(12).toString('hex');
    touch(key, Object.assign(stream, { target: opened }));
    return { stream: key };
  }

  async function next({ stream: key, after }: InputOf<'logs.next'>): Promise<NextLines | null> {
    const stream = streams.get(key);
    if (stream === undefined) return null;
    touch(key, stream);
    stream.queue.forget(after);
    if (!stream.queue.hasLines && stream.target.state().state === stream.toldState) await waitForNews(stream);
    if (stream.merged && stream.queue.hasLines) await pause(gatherMs);
    if (streams.get(key) !== stream) return null;
    const state = stream.target.state();
    stream.toldState = state.state;
    return { ...stream.queue.take(), ...state };
  }

  /** Until a line or another state comes, the stream is closed, or ten seconds have passed. A question asked anew ends the one before. */
  function waitForNews(stream: Stream): Promise<void> {
    stream.wake();
    return new Promise((resolve) => {
      const cancel = deps.timers.after(answerWithinMs, done);
      function done(): void {
        cancel();
        stream.wake = nobody;
        resolve();
      }
      stream.wake = done;
    });
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      deps.timers.after(ms, resolve);
    });
  }

  return {
    open,
    next,
    close,
    openCount: () => streams.size,
    closeAll() {
      for (const key of [...streams.keys()]) close(key);
    },
  };
}

function lineOf({ atMs, bytes, cutBytes, stated }: TailLine, ownWords: Classify, redactor: LineRedactor) {
  const text = decodeLine(bytes);
  const isError = isErrorLevel(stated?.level ?? null) || judgeError(parseLine(text)) !== null || ownWords(text) !== null;
  return { atMs, text: redactor.redact(text, cutBytes > 0).text, cutBytes, level: isError ? ('error' as const) : null };
}
