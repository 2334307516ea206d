import type { Settings } from '../../src-shared/settings';
import { openTraffic, showLogTab, showProcessTab, type UiStore } from '../state/ui-store';
import { logTabs } from '../views/logs/log-tabs';
import { processTabs } from '../views/processes/process-tabs';
import type { Words } from '../words/use-words';

/** A line of the palette: a key of its own, what it says, what it does. */
type PaletteWay = readonly [key: string, label: string, action: () => void];

/** Parts of sections, and access logs that were opened before. Found by typing only. */
export function paletteWays({ t }: Words, ui: UiStore, recent: Settings['traffic']['recent']): readonly PaletteWay[] {
  const part = (section: 'processes' | 'logs', tab: string) => t('palette.tab', { section: t(`section.${section}`), tab });
  return [
    ...processTabs
      .filter(({ id }) => id !== 'list')
      .map(({ id, label }): PaletteWay => [`tab ${id}`, part('processes', t(label)), () => showProcessTab(ui, id)]),
    ...logTabs
      .filter(({ id }) => id !== 'console')
      .map(({ id, label }): PaletteWay => [`log tab ${id}`, part('logs', t(label)), () => showLogTab(ui, id)]),
    ...recent.map(({ paths, format }): PaletteWay => {
      const name = paths.length === 1 ? (paths[0] ?? '') : `${paths[0]} …`;
      return [
        `traffic ${paths.join('\n')}`,
        t('palette.traffic', { name }),
        () => openTraffic(ui, { input: { kind: 'files', paths: [...paths] }, format, name: name.slice(name.lastIndexOf('/') + 1) }),
      ];
    }),
    [
      'traffic demo',
      t('palette.traffic', { name: t('traffic.demo') }),
      () => openTraffic(ui, { input: { kind: 'demo' }, format: 'auto', name: t('traffic.demo') }),
    ],
    ['traffic another', t('palette.trafficAnother'), () => openTraffic(ui, null)],
  ];
}
