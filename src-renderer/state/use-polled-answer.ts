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
  const [state, setState] = useState<{ readonly ask: typeof ask; readonly data: T | null; readonly problem: string | null }>({
    ask,
    data: null,
    problem: null,
  });
  const now = useRef<() => void>(() => undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    let round = 0;

    async function run(): Promise<void> {
      clearTimeout(timer);
      round += 1;
      const mine = round;
      try {
        const answer = await ask();
        if (!ended && mine === round) setState((before) => nextState(before, ask, answer));
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (!ended && mine === round)
          setState((before) => ({ ask, data: before.ask === ask ? before.data : null, problem: error.message }));
      }
      if (!ended && mine === round && !page.hidden) timer = setTimeout(() => void run(), everyMs);
    }
    const onVisible = () => {
      if (page.hidden) clearTimeout(timer);
      else void run();
    };
    now.current = () => void run();
    page.addEventListener('visibilitychange', onVisible);
    if (!page.hidden) void run();
    return () => {
      ended = true;
      clearTimeout(timer);
      page.removeEventListener('visibilitychange', onVisible);
    };
  }, [ask, everyMs, page]);
  const reload = useCallback(() => now.current(), []);
  const known = state.ask === ask;
  return { data: known ? state.data : null, problem: known ? state.problem : null, reload };
}

function nextState<T, S extends { readonly ask: () => Promise<T>; readonly data: T | null; readonly problem: string | null }>(
  before: S,
  ask: () => Promise<T>,
  answer: T,
): S {
  const data = before.ask === ask ? shareUnchanged(before.data, answer) : answer;
  return before.ask === ask && Object.is(data, before.data) && before.problem === null ? before : ({ ask, data, problem: null } as S);
}
