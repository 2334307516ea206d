import { useCallback, useEffect, useState } from 'react';
import { type ProcessExplanation, RequestError } from '../../../src-shared/contract';
import type { Process } from '../../../src-shared/snapshots';
import { useWindowState } from '../../state/context';

interface Explained {
  /** Null before the first answer; kept while it is asked for again. */
  readonly explanation: ProcessExplanation | null;
  readonly problem: string | null;
  readonly reload: () => void;
}

type Answer = Omit<Explained, 'reload'> & { readonly id: string };

/** Everything about one process. Asked for when the panel opens, and again when its row says something else than figures. */
export function useProcessExplanation(process: Process): Explained {
  const { client } = useWindowState();
  const { id } = process;
  const revision = rowRevision(process);
  const [answer, setAnswer] = useState<Answer>({ id, explanation: null, problem: null });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and round say when to ask again
  useEffect(() => {
    let ended = false;
    client.request('processes.explain', { id }).then(
      (explanation) => {
        if (!ended) setAnswer({ id, explanation, problem: null });
      },
      (error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        if (!ended) setAnswer((before) => ({ id, explanation: before.id === id ? before.explanation : null, problem: error.message }));
      },
    );
    return () => {
      ended = true;
    };
  }, [client, id, revision, round]);
  return answer.id === id ? { ...answer, reload } : { explanation: null, problem: null, reload };
}

/** Everything of a row that an explanation depends on; CPU, memory and the like are not among it. */
export function rowRevision({ risk, role, killClass, unit, container, pod, listening, ppid, state, exeDeleted, project }: Process): string {
  return JSON.stringify([
    risk.reasons.map(({ rule, points }) => `${rule} ${points}`),
    risk.expectedRules,
    risk.evidenceRatio,
    role.layer,
    role.entry,
    killClass,
    unit,
    container,
    pod,
    listening.map(({ address, port }) => `${address} ${port}`),
    ppid,
    state === 'T' || state === 'Z',
    exeDeleted,
    project,
  ]);
}
