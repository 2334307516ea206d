import type { ContainersSnapshot, LogsSnapshot, PodsSnapshot, ServicesSnapshot, SourceId } from '../../src-shared/snapshots';
import type { PanelState } from '../state/panel-state';
import type { Words } from '../words/use-words';

/** What a source is called in the status bar: the engine's or the manager's own name where it is known. */
export function sourceLabel(words: Words, source: SourceId, state: PanelState<unknown>): string {
  const data = 'data' in state ? state.data : null;
  if (data !== null && source === 'containers')
    return [...new Set((data as ContainersSnapshot).engines.flatMap(({ identity }) => identity?.name ?? []))].join(' + ');
  if (data !== null && source === 'services') return words.t(`services.methodShort.${(data as ServicesSnapshot).method}`);
  if (data !== null && source === 'pods') return (data as PodsSnapshot).context;
  if (data !== null && source === 'logs') {
    const sources = (data as LogsSnapshot).sources;
    return words.t('status.logs', { following: sources.filter((one) => one.state === 'following').length, all: sources.length });
  }
  return words.t(`source.${source}`);
}
