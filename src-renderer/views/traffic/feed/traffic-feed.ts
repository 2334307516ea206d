import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogScopeClient, TrafficAnswer, TrafficFilter, TrafficInput, WindowTraffic } from '../../../../src-shared/contract';
import { RequestError } from '../../../../src-shared/contract';
import { shareUnchanged } from '../../../state/share-unchanged';

/** What is known of the opened log. */
interface TrafficFeedState {
  /** `refused`: it cannot be opened, see `problem`. */
  readonly phase: 'opening' | 'open' | 'refused';
  readonly session: string | null;
  /** The newest answer; null before the first. */
  readonly progress: Omit<TrafficAnswer, 'report'> | null;
  /** The newest report; that of the filter before stays until the next one is there. */
  readonly report: WindowTraffic | null;
  /** What `report` is of. */
  readonly reportFilter: TrafficFilter | null;
  /** Why the core does not answer or refuses; null: it does. Hostile text may be in it. */
  readonly problem: string | null;
}

export interface TrafficFeed {
  readonly store: StoreApi<TrafficFeedState>;
  setFilter(filter: TrafficFilter): void;
  /** Reads no further. */
  cancel(): Promise<void>;
  /** Opens it anew after it failed. */
  retry(): void;
  /** Ends the session in the core too. */
  close(): void;
}

interface TrafficFeedOptions {
  readonly client: LogScopeClient;
  readonly input: TrafficInput;
  readonly format: string;
  readonly filter: TrafficFilter;
  readonly page?: Document;
}

/** From one answer to the next question: a question waits for news, so this only bounds how often the window draws. */
const pauseMs = { reading: 250, following: 1_000, ended: 20_000, cancelled: 20_000 } as const;
const retryMs = 3_000;
/** A core that forgets a session as soon as it opened it is asked no more often than this. */
const mostReopenings = 3;

/**
 * One access log, opened in the core and asked for news as long as somebody looks. A session that is gone (the window was hidden for
 * more than a minute) is opened again; figures stay meanwhile.
 */
export function createTrafficFeed({ client, input, format, filter: first, page = document }: TrafficFeedOptions): TrafficFeed {
  const store = createStore<TrafficFeedState>(() => ({
    phase: 'opening',
    session: null,
    progress: null,
    report: null,
    reportFilter: null,
    problem: null,
  }));
  let filter = first;
  let closed = false;
  let reopenings = 0;
  let running = false;
  const waiting = new Set<() => void>();

  function interrupt(): void {
    for (const wake of [...waiting]) wake();
  }
  /** Null: interrupted before. A promise of changes to race against would keep every question of the day. */
  function unlessInterrupted<T>(work: Promise<T>): Promise<T | null> {
    return new Promise((resolve, reject) => {
      const wake = () => {
        waiting.delete(wake);
        resolve(null);
      };
      waiting.add(wake);
      work.then(resolve, reject).finally(() => waiting.delete(wake));
    });
  }
  async function pause(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await unlessInterrupted(
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
    );
    clearTimeout(timer);
  }
  async function visible(): Promise<void> {
    while (page.hidden && !closed) {
      await unlessInterrupted(new Promise<void>((resolve) => page.addEventListener('visibilitychange', () => resolve(), { once: true })));
    }
  }
  function closeSession(session: string): void {
    client.request('traffic.close', { session }).catch((error: unknown) => {
      // It is gone by itself a minute later.
      if (!(error instanceof RequestError)) throw error;
    });
  }

  /** Null: closed meanwhile. */
  async function openSession(): Promise<string | null> {
    const known = store.getState().session;
    if (known !== null) return known;
    const { session } = await client.request('traffic.open', { input, format });
    if (closed) {
      closeSession(session);
      return null;
    }
    store.setState({ session, phase: 'open', problem: null });
    return session;
  }

  /** One question; how long to wait before the next, null: ask no more. */
  async function askOnce(): Promise<number | null> {
    const session = await openSession();
    if (session === null) return null;
    const wanted = filter;
    const { reportFilter, progress } = store.getState();
    const after = reportFilter === wanted ? (progress?.revision ?? null) : null;
    const answer = await unlessInterrupted(client.request('traffic.figures', { session, filter: wanted, after }));
    // Nobody waits for an answer that comes after that; what went wrong shows in the next one.
    if (answer === null || closed || wanted !== filter) return 0;
    const { report, ...rest } = answer;
    const before = store.getState();
    reopenings = 0;
    store.setState({
      progress: shareUnchanged(before.progress, rest),
      problem: null,
      ...(report === null ? {} : { report: shareUnchanged(before.report, report), reportFilter: wanted }),
    });
    return rest.state === 'failed' ? null : pauseMs[rest.state];
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (;;) {
      await visible();
      if (closed) break;
      let next: number | null;
      try {
        next = await askOnce();
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (closed) break;
        next = afterProblem(error);
      }
      if (next === null) break;
      if (next > 0) await pause(next);
    }
    running = false;
  }

  function afterProblem(error: RequestError): number | null {
    if (error.code === 'not-found' && store.getState().session !== null && reopenings < mostReopenings) {
      reopenings += 1;
      store.setState({ session: null, reportFilter: null });
      return reopenings === 1 ? 0 : retryMs;
    }
    if (error.code === 'unexpected') {
      store.setState({ problem: error.message });
      return retryMs;
    }
    store.setState({ phase: 'refused', problem: error.message });
    return null;
  }

  void run();
  return {
    store,
    setFilter(next) {
      if (next === filter) return;
      filter = next;
      interrupt();
      void run();
    },
    async cancel() {
      const { session } = store.getState();
      if (session === null) return;
      await client.request('traffic.cancel', { session }).catch((error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        store.setState({ problem: error.message });
      });
      interrupt();
    },
    retry() {
      const { session } = store.getState();
      if (session !== null) closeSession(session);
      reopenings = 0;
      store.setState({ phase: 'opening', session: null, progress: null, problem: null, reportFilter: null });
      interrupt();
      void run();
    },
    close() {
      if (closed) return;
      closed = true;
      interrupt();
      const { session } = store.getState();
      if (session !== null) closeSession(session);
    },
  };
}
