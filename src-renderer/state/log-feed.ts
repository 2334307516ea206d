import { createStore, type StoreApi } from 'zustand/vanilla';
import { type LogScopeClient, type LogTarget, type NextLines, RequestError, type StreamedLine } from '../../src-shared/contract';
import type { Sentence } from '../../src-shared/sentence';

/** A line in the window's memory; `key` goes on counting when the stream behind it was opened again. */
export interface FeedLine extends StreamedLine {
  readonly key: number;
}

/** What the window holds of one live log. */
export interface FeedState {
  /** Oldest first. */
  readonly lines: readonly FeedLine[];
  /** Lines the core threw away because this window asked too late. */
  readonly droppedCount: number;
  /** Lines that fell out of the window's own memory. */
  readonly cutCount: number;
  /** `opening` before the first answer; the others as the core says, `retrying` also while it does not answer. */
  readonly state: 'opening' | NextLines['state'];
  /** What came back, one sentence; null when there is nothing to say. */
  readonly detail: string | null;
  /** The same sentence by sentence, where some are ours; null: there is only the text. */
  readonly sentences: readonly Sentence[] | null;
}
export type FeedStore = StoreApi<FeedState>;

export interface LogFeed {
  readonly store: FeedStore;
  /** Ends the stream; nothing changes afterwards. */
  close(): void;
}

interface FeedOptions {
  readonly client: LogScopeClient;
  readonly target: LogTarget;
  /** Lines of the past asked for at the start. */
  readonly tail: number;
  readonly capacity?: number;
  readonly page?: Document;
  readonly now?: () => number;
  readonly wait?: (afterMs: number) => Promise<void>;
}

/** Lines kept in the window; each is at most 64 KiB. */
export const feedCapacity = 5000;

/** Between two answers with lines: what came meanwhile is drawn as one change. */
const gatherMs = 120;
const againMs = 5000;
const slowestRetryMs = 10_000;

/**
 * Follows one log: opens it, asks for the next lines again and again, closes it. While the page is hidden it does not ask; a
 * stream that the core closed meanwhile is opened again, and lines that are already there are not taken twice. An ended log is
 * asked about as well: its source may start again.
 */
export function followLog(options: FeedOptions): LogFeed {
  const { client, target, tail, capacity = feedCapacity, page = document, now = Date.now, wait = waitMs } = options;
  const store = createStore<FeedState>(() => ({
    lines: [],
    droppedCount: 0,
    cutCount: 0,
    state: 'opening',
    detail: null,
    sentences: null,
  }));
  let stream: string | null = null;
  let after = 0;
  let nextKey = 1;
  let known: ReadonlySet<string> | null = null;
  /** Lost by streams before the present one; each counts its own from nothing. */
  let droppedBefore = 0;
  let failuresInRow = 0;
  let closed = false;

  function take({ lines, droppedCount, state, detail, sentences }: NextLines): void {
    const before = store.getState();
    after = lines.at(-1)?.number ?? after;
    const fresh = withoutKnown(lines).map((line, index) => ({ ...line, key: nextKey + index }));
    nextKey += fresh.length;
    const all = fresh.length > 0 ? [...before.lines, ...fresh] : before.lines;
    const excess = Math.max(0, all.length - capacity);
    const dropped = droppedBefore + droppedCount;
    if (fresh.length === 0 && state === before.state && detail === before.detail && dropped === before.droppedCount) return;
    store.setState({
      lines: excess > 0 ? all.slice(excess) : all,
      droppedCount: dropped,
      cutCount: before.cutCount + excess,
      state,
      detail,
      sentences: sentences ?? null,
    });
  }

  /** A stream opened again begins with lines of the past: those that are there are passed over until the first new one. */
  function withoutKnown(lines: readonly StreamedLine[]): readonly StreamedLine[] {
    if (known === null) return lines;
    const old = known;
    const newestAtMs = store.getState().lines.at(-1)?.atMs ?? null;
    // A clock that was set back stamps what is new with times before that: then only what was seen tells old from new.
    const lastAtMs = newestAtMs !== null && newestAtMs > now() ? null : newestAtMs;
    const start = lines.findIndex(
      (line) => !(old.has(identity(line)) || (lastAtMs !== null && line.atMs !== null && line.atMs < lastAtMs)),
    );
    if (start === -1) return [];
    known = null;
    return lines.slice(start);
  }

  function takeFailure(error: RequestError): void {
    failuresInRow += 1;
    const gone = error.code === 'not-found' || error.code === 'expired';
    if (gone && stream !== null) {
      // Closed because the window slept: opened again without a word.
      stream = null;
      if (failuresInRow === 1) return;
    }
    store.setState({ state: gone ? 'unavailable' : 'retrying', detail: error.message, sentences: null });
  }

  async function ask(): Promise<NextLines | null> {
    try {
      if (stream === null) {
        ({ stream } = await client.request('logs.open', { target, tail }));
        after = 0;
        droppedBefore = store.getState().droppedCount;
        known = store.getState().lines.length > 0 ? new Set(store.getState().lines.map(identity)) : null;
      }
      if (closed) return null;
      const next = await client.request('logs.next', { stream, after });
      failuresInRow = 0;
      return next;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (!closed) takeFailure(error);
      return null;
    }
  }

  async function follow(): Promise<void> {
    while (!closed) {
      await visible(page);
      if (closed) return;
      const next = await ask();
      if (closed) break;
      if (next === null) {
        await wait(failuresInRow > 1 ? Math.min(500 * 2 ** failuresInRow, slowestRetryMs) : 0);
        continue;
      }
      take(next);
      if (next.state === 'unavailable') giveBack();
      await wait(next.state === 'unavailable' ? againMs : gatherMs);
    }
    giveBack();
  }

  /** The core closes a stream that nobody asks about by itself; a refusal changes nothing. */
  function giveBack(): void {
    if (stream === null) return;
    const closing = stream;
    stream = null;
    client.request('logs.close', { stream: closing }).catch((error: unknown) => console.warn('LogScope: log not closed', error));
  }

  void follow();
  return {
    store,
    close() {
      closed = true;
      giveBack();
    },
  };
}

function identity({ atMs, origin, text }: StreamedLine): string {
  return `${atMs ?? ''} ${origin ?? ''} ${text}`;
}

function visible(page: Document): Promise<void> {
  if (!page.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const onChange = () => {
      if (page.hidden) return;
      page.removeEventListener('visibilitychange', onChange);
      resolve();
    };
    page.addEventListener('visibilitychange', onChange);
  });
}

function waitMs(afterMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, afterMs));
}
