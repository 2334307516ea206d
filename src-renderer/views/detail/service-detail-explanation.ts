import { useEffect, useState } from 'react';
import { RequestError, type ServiceExplanation } from '../../../src-shared/contract';
import type { ServiceScope } from '../../../src-shared/snapshots';
import { useWindowState } from '../../state/context';

interface ExplanationState {
  /** Null before the first answer; kept while it is asked for again. */
  readonly explanation: ServiceExplanation | null;
  readonly problem: string | null;
}

const nothing: ExplanationState = { explanation: null, problem: null };

/** Everything about one unit. Asked for when the panel opens and whenever `revision` (its state in short) changes. */
export function useExplanation(unit: string, scope: ServiceScope, revision: string): ExplanationState {
  const { client } = useWindowState();
  const [answer, setAnswer] = useState<ExplanationState>(nothing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: revision says when to ask again
  useEffect(() => {
    let left = false;
    client.request('services.explain', { unit, scope }).then(
      (explanation) => {
        if (!left) setAnswer({ explanation, problem: null });
      },
      (error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        if (!left) setAnswer((before) => ({ ...before, problem: error.message }));
      },
    );
    return () => {
      left = true;
    };
  }, [client, unit, scope, revision]);
  return answer;
}
