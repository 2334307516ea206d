import { createStore, type StoreApi } from 'zustand/vanilla';
import { type LogScopeClient, RequestError } from '../../../../src-shared/contract';
import type { LogStart } from '../../../state/ui-store';
import { type ConsoleAction, type ConsoleState, emptyConsole, reduceConsole } from './console-state';

export interface ConsoleFeed {
  readonly store: StoreApi<ConsoleState>;
  dispatch(action: ConsoleAction): void;
  /** Reads an older page; nothing happens while one is on its way or where there is none. */
  loadOlder(): void;
  /** Goes to the end and stays there; reads it anew where the list does not reach it. */
  follow(): void;
  close(): void;
}

interface FeedOptions {
  readonly client: LogScopeClient;
  readonly query: string;
  readonly start: LogStart;
  readonly page?: Document;
  readonly wait?: (afterMs: number) => Promise<void>;
}

/** Records of one page; of a page around a record so many come after it. */
const pageSize = 400;
const afterRecord = 120;
/** Between two answers with lines: what came meanwhile is drawn as one change. */
const gatherMs = 120;
const slowestRetryMs = 10_000;

/** One search as it goes on: its newest page, what comes after it, and older pages when they are asked for. Silent while the page is hidden. */
export function createConsoleFeed({ client, query, start, page = document, wait = waitMs }: FeedOptions): ConsoleFeed {
  const store = createStore<ConsoleState>(() => emptyConsole);
  let closed = false;
  let round = 0;
  let asking = new AbortController();
  const dispatch = (action: ConsoleAction) => store.setState(reduceConsole(store.getState(), action), true);

  async function run(from: LogStart): Promise<void> {
    round += 1;
    const mine = round;
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const isOver = () => closed || mine !== round;
    let afterId = await untilDone(() => loadFirst(from, isOver, signal), isOver);
    while (!isOver()) {
      await visible(page);
      if (isOver()) return;
      // What is read in the past has its end elsewhere: new lines are none of its business.
      if (store.getState().endIsAway) {
        await changed(store);
        continue;
      }
      const lastId = afterId ?? null;
      afterId = await untilDone(async () => {
        const answer = await client.request('logs.newer', { query, afterId: lastId, limit: 500 }, signal);
        if (!isOver()) dispatch({ type: 'newer', answer });
        return answer.lastId;
      }, isOver);
      await wait(gatherMs);
    }
  }

  async function loadFirst(from: LogStart, isOver: () => boolean, signal: AbortSignal): Promise<number | null> {
    const beforeId = from.kind === 'record' ? from.id + afterRecord : null;
    const toMs = from.kind === 'time' ? from.toMs : null;
    const loaded = await client.request('logs.search', { query, beforeId, fromMs: null, toMs, limit: pageSize }, signal);
    if (!isOver()) dispatch({ type: 'loaded', page: loaded, inPast: from.kind !== 'end' });
    return loaded.records.length === 0 ? null : loaded.records.reduce((most, { id }) => Math.max(most, id), 0);
  }

  /** Tries again, ever slower, until it went well; a query that makes no sense is not tried again. */
  async function untilDone<T>(ask: () => Promise<T>, isOver: () => boolean): Promise<T | undefined> {
    for (let failures = 0; !isOver(); failures += 1) {
      try {
        const answer = await ask();
        if (!isOver() && failures > 0) dispatch({ type: 'recovered' });
        return answer;
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (isOver()) return undefined;
        dispatch({ type: 'failed', problem: error.message });
        if (error.code === 'bad-input') round += 1;
        else await wait(Math.min(500 * 2 ** failures, slowestRetryMs));
      }
    }
    return undefined;
  }

  async function older(beforeId: number): Promise<void> {
    const mine = round;
    dispatch({ type: 'asked-older' });
    try {
      const answer = await client.request('logs.search', { query, beforeId, fromMs: null, toMs: null, limit: pageSize });
      if (!closed && mine === round) dispatch({ type: 'older', page: answer });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (!closed && mine === round) dispatch({ type: 'failed', problem: error.message });
    }
  }

  void run(start);
  return {
    store,
    dispatch,
    loadOlder() {
      const { nextBeforeId, loadingOlder, phase } = store.getState();
      if (nextBeforeId !== null && !loadingOlder && phase === 'ready') void older(nextBeforeId);
    },
    follow() {
      dispatch({ type: 'follow' });
      if (store.getState().endIsAway) void run({ kind: 'end' });
    },
    close() {
      closed = true;
      asking.abort();
    },
  };
}

function changed(store: StoreApi<ConsoleState>): Promise<void> {
  return new Promise((resolve) => {
    const off = store.subscribe(() => {
      off();
      resolve();
    });
  });
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
