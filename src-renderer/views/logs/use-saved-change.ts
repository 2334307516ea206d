import { useCallback, useState } from 'react';
import { type InputOf, RequestError } from '../../../src-shared/contract';
import { useChangeSettings } from '../../state/use-change-settings';
import { useWords } from '../../words/use-words';

/** Changes settings at once and says what came of it where it was refused (a read-only window). */
export function useSavedChange() {
  const change = useChangeSettings();
  const { tOr } = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const save = useCallback(
    (patch: InputOf<'settings.change'>) => {
      setProblem(null);
      change(patch).catch((error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        setProblem(tOr(`settings.problem.${error.code}`, error.message));
      });
    },
    [change, tOr],
  );
  return { save, problem };
}
