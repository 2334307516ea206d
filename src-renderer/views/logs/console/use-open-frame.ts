import { useCallback } from 'react';
import { RequestError } from '../../../../src-shared/contract';
import { useApp, useWindowState } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import type { FrameOpener } from '../text/line-text';

/** Opens a stack frame in the person's editor and says what came of it; undefined where this window may not. */
export function useOpenFrame(say: (said: string) => void): FrameOpener | undefined {
  const { client } = useWindowState();
  const { t } = useWords();
  const allowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const open = useCallback<FrameOpener>(
    ({ path, line, column }, origin) => {
      client.request('logs.open-frame', { path, line, column, origin }).then(
        (opened) => say(t(`logs.frame.${opened.outcome}`, { path: opened.path ?? path, detail: opened.detail ?? '' })),
        (error: unknown) => {
          if (!(error instanceof RequestError)) throw error;
          say(error.message);
        },
      );
    },
    [client, t, say],
  );
  return allowed ? open : undefined;
}
