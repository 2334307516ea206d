import { useCallback } from 'react';
import { type InputOf, RequestError } from '../../src-shared/contract';
import { applySettingsPatch } from '../../src-shared/settings';
import { useWindowState } from './context';

/** How a window looks is its own business: through a read-only door these change here only, until it is closed. */
const looks: ReadonlySet<string> = new Set(['language', 'theme', 'density', 'processes.view', 'processes.columns']);

/** Changes settings through the core and shows what it made of them. Rejects with RequestError where it refuses. */
export function useChangeSettings(): (patch: InputOf<'settings.change'>) => Promise<void> {
  const { client, app } = useWindowState();
  return useCallback(
    async (patch) => {
      const { info, settings } = app.getState();
      if (info?.actionsAllowed) {
        app.setState({ settings: await client.request('settings.change', patch) });
        return;
      }
      if (!changedKeys(patch).every((key) => looks.has(key))) throw new RequestError('not-allowed', 'This window is read-only');
      app.setState({ settings: applySettingsPatch(settings, patch as Parameters<typeof applySettingsPatch>[1]) });
    },
    [client, app],
  );
}

/** `theme`, and `processes.view` for what is changed inside a group. */
function changedKeys(patch: InputOf<'settings.change'>): readonly string[] {
  return Object.entries(patch).flatMap(([key, value]) =>
    key === 'processes' && typeof value === 'object' && value !== null ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key],
  );
}
