import { Command } from 'cmdk';
import { useState } from 'react';
import { portContainer, portOwner } from '../../src-shared/port-owner';
import type { Container, Process } from '../../src-shared/snapshots';
import { LevelShape } from '../components/level-shape';
import { Modal } from '../components/modal';
import { useApp, useReadings, useUi, useWindowState } from '../state/context';
import { goTo, sections } from '../state/ui-store';
import { useChangeSettings } from '../state/use-change-settings';
import { serviceId } from '../views/services/service-words';
import { useWords } from '../words/use-words';
import styles from './palette.module.css';
import { portOfQuery } from './palette-port';
import { paletteWays } from './palette-ways';

/** More than these are found by typing on; a palette of 1,000 rows is none. */
const shownPerGroup = 8;

/** Ctrl/Cmd+K: go anywhere, find anything by name. */
export function Palette() {
  const open = useUi((ui) => ui.paletteOpen);
  const { ui } = useWindowState();
  const { t } = useWords();
  if (!open) return null;
  return (
    <Modal title={t('palette.title')} hideTitle onClose={() => ui.setState({ paletteOpen: false })}>
      <PaletteBody />
    </Modal>
  );
}

function PaletteBody() {
  const words = useWords();
  const { t } = words;
  const { ui } = useWindowState();
  const change = useChangeSettings();
  const [query, setQuery] = useState('');
  const containers = useReadings((readings) => readings.containers.lastOk?.data.containers ?? none);
  const pods = useReadings((readings) => readings.pods.lastOk?.data.pods ?? none);
  const services = useReadings((readings) => readings.services.lastOk?.data.services ?? none);
  const processes = useReadings((readings) => readings.processes.lastOk?.data.processes ?? none);
  const mayChange = useApp((app) => app.info?.actionsAllowed ?? false);
  const needle = query.trim().toLowerCase();
  const matching = <T,>(list: readonly T[], text: (one: T) => string) =>
    needle === '' ? [] : list.filter((one) => text(one).toLowerCase().includes(needle)).slice(0, shownPerGroup);
  const run = (action: () => void) => () => {
    ui.setState({ paletteOpen: false });
    action();
  };
  const settings: readonly (readonly [key: string, label: string, action: () => void])[] = [
    ...(['system', 'light', 'dark', 'retro'] as const).map(
      (theme) => [`theme-${theme}`, `${t('settings.theme')}: ${t(`theme.${theme}`)}`, () => change({ theme })] as const,
    ),
    ...(['system', 'en', 'ko'] as const).map(
      (language) =>
        [`language-${language}`, `${t('settings.language')}: ${t(`language.${language}`)}`, () => change({ language })] as const,
    ),
    ['keys', t('keys.title'), () => ui.setState({ keysOpen: true })],
  ];
  const port = portOfQuery(query);
  const holder = port === null ? '' : holderName(port, processes, containers);
  const recentTraffic = useApp((app) => app.settings.traffic.recent);
  const ways = needle === '' ? [] : paletteWays(words, ui, recentTraffic);
  const has = (label: string) => needle === '' || label.toLowerCase().includes(needle);
  return (
    <Command className={styles.palette} label={t('palette.title')} shouldFilter={false} loop>
      <Command.Input className={styles.input} value={query} onValueChange={setQuery} placeholder={t('palette.placeholder')} />
      <Command.List className={styles.list} label={t('palette.results')}>
        <Command.Empty className={styles.empty}>{t('filter.nothing')}</Command.Empty>
        <Command.Group heading={t('palette.ports')}>
          {port !== null && (
            <Command.Item value={`port ${port}`} onSelect={run(() => goTo(ui, { section: 'processes', item: `port:${port}` }))}>
              {t('port.whoHas', { port })} <span className={styles.quiet}>{holder}</span>
            </Command.Item>
          )}
        </Command.Group>
        <Command.Group heading={t('palette.sections')}>
          {sections
            .filter((section) => has(t(`section.${section}`)))
            .map((section) => (
              <Command.Item key={section} value={`section ${section}`} onSelect={run(() => goTo(ui, { section }))}>
                {t(`section.${section}`)}
              </Command.Item>
            ))}
          {ways
            .filter(([, label]) => has(label))
            .map(([key, label, action]) => (
              <Command.Item key={key} value={key} onSelect={run(action)}>
                {label}
              </Command.Item>
            ))}
        </Command.Group>
        <Command.Group heading={t('region.containers')}>
          {matching(containers, (one) => `${one.name} ${one.image}`).map((one) => (
            <Command.Item
              key={one.id}
              value={`container ${one.id}`}
              onSelect={run(() => goTo(ui, { section: 'containers', item: one.id }))}
            >
              <LevelShape level={one.level} /> {one.name} <span className={styles.quiet}>{one.image}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={t('region.pods')}>
          {matching(pods, (one) => `${one.namespace}/${one.name}`).map((one) => (
            <Command.Item key={one.uid} value={`pod ${one.uid}`} onSelect={run(() => goTo(ui, { section: 'pods', item: one.uid }))}>
              <LevelShape level={one.level} /> {one.name} <span className={styles.quiet}>{one.namespace}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={t('region.services')}>
          {matching(services, (one) => `${one.unit} ${one.description}`).map((one) => (
            <Command.Item
              key={serviceId(one)}
              value={`service ${serviceId(one)}`}
              onSelect={run(() => goTo(ui, { section: 'services', item: serviceId(one) }))}
            >
              <LevelShape level={one.level} /> {one.unit} <span className={styles.quiet}>{one.description}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={t('section.processes')}>
          {matching(processes, (one) => `${one.name} ${one.pid} ${one.exe ?? ''}`).map((one) => (
            <Command.Item key={one.id} value={`process ${one.id}`} onSelect={run(() => goTo(ui, { section: 'processes', item: one.id }))}>
              <LevelShape level={one.risk.level} /> {one.name} <span className={styles.quiet}>PID {one.pid}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={t('section.settings')}>
          {settings
            .filter(([key, label]) => has(label) && (mayChange || key === 'keys'))
            .map(([key, label, action]) => (
              <Command.Item key={key} value={key} onSelect={run(action)}>
                {label}
              </Command.Item>
            ))}
        </Command.Group>
      </Command.List>
    </Command>
  );
}

const none: readonly never[] = [];

/** Who has it, as far as the latest look tells; the card tells it for certain. */
function holderName(port: number, processes: readonly Process[], containers: readonly Container[]): string {
  return portContainer(port, containers)?.name ?? portOwner(port, processes)?.name ?? '';
}
