import { useCallback, useEffect, useState } from 'react';
import { type ContainerDetail, RequestError } from '../../../src-shared/contract';
import { useWindowState } from '../../state/context';

interface DetailState {
  /** Null before the first answer; kept while it is asked for again. */
  readonly detail: ContainerDetail | null;
  readonly problem: string | null;
  readonly reload: () => void;
}

/** What the engine tells beyond the row. Asked for when the panel opens and whenever `revision` (its state in short) changes. */
export function useContainerDetail(id: string, revision: string): DetailState {
  const { client } = useWindowState();
  const [answer, setAnswer] = useState<{ readonly id: string; readonly detail: ContainerDetail | null; readonly problem: string | null }>({
    id,
    detail: null,
    problem: null,
  });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and round say when to ask again
  useEffect(() => {
    let ended = false;
    client.request('containers.detail', { id }).then(
      (detail) => {
        if (!ended) setAnswer({ id, detail, problem: null });
      },
      (error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        if (!ended) setAnswer((before) => ({ id, detail: before.id === id ? before.detail : null, problem: error.message }));
      },
    );
    return () => {
      ended = true;
    };
  }, [client, id, revision, round]);
  return answer.id === id ? { ...answer, reload } : { detail: null, problem: null, reload };
}
