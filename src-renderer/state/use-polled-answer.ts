import { useCallback, useEffect, useRef, useState } from 'react';
import { RequestError } from '../../src-shared/contract';
import { shareUnchanged } from './share-unchanged';

/** An answer that is asked for again and again while somebody looks. */
export interface PolledAnswer<T> {
  /** Null before the first answer; kept while a later one fails. What did not change keeps its identity. */
  readonly data: T | null;
  /** What the last request came to: null, or the sentence of what went wrong. */
  readonly problem: string | null;
  /** Asks now. */
  readonly reload: () => void;
}

/**
 * Asks at once and `everyMs` after each answer, as long as the component is there and the document visible. `ask` has to keep
 * its identity (useCallback): another one starts anew. An unchanged answer draws nothing.
 */
export function usePolledAnswer<T>(ask: () => Promise<T>, everyMs: number, page: Document = document): PolledAnswer<T> {
  const [state, setState] = useState<Known<T>>({ ask, data: null, problem: null });
  const latest = useRef(state);
  const runNow = useRef<() => void>(() => undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    let round = 0;

    function take(data: T | null, problem: string | null): void {
      const before = latest.current;
      if (before.ask === ask && Object.is(before.data, data) && before.problem === problem) return;
      latest.current = { ask, data, problem };
      setState(latest.current);
    }

    async function run(): Promise<void> {
      clearTimeout(timer);
      round += 1;
      const mine = round;
      const isOvertaken = () => ended || mine !== round;
      const known = () => (latest.current.ask === ask ? latest.current.data : null);
      try {
        const answer = await ask();
        if (!isOvertaken()) take(shareUnchanged(known(), answer), null);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (!isOvertaken()) take(known(), error.message);
      }
      if (!isOvertaken() && !page.hidden) timer = setTimeout(() => void run(), everyMs);
    }
    const onVisible = () => {
      if (page.hidden) clearTimeout(timer);
      else void run();
    };
    runNow.current = () => void run();
    page.addEventListener('visibilitychange', onVisible);
    if (!page.hidden) void run();
    return () => {
      ended = true;
      clearTimeout(timer);
      page.removeEventListener('visibilitychange', onVisible);
    };
  }, [ask, everyMs, page]);
  const reload = useCallback(() => runNow.current(), []);
  const isOfThis = state.ask === ask;
  return { data: isOfThis ? state.data : null, problem: isOfThis ? state.problem : null, reload };
}

interface Known<T> {
  readonly ask: () => Promise<T>;
  readonly data: T | null;
  readonly problem: string | null;
}
