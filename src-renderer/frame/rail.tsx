import { Activity, Bell, Boxes, LayoutDashboard, Route, Search, Server, Settings2, Ship, SquareTerminal } from 'lucide-react';
import type { ComponentType } from 'react';
import { criticalAlerts } from '../state/alerts-store';
import { useAlerts, useReadingsShallow, useUi, useWindowState } from '../state/context';
import type { ReadingsState } from '../state/readings-store';
import { goTo, type Section, sections } from '../state/ui-store';
import { needsALook } from '../views/services/service-words';
import { useWords } from '../words/use-words';
import { modifierText } from './keyboard';
import { LogScopeMark } from './logscope-mark';
import styles from './rail.module.css';

const icons: Readonly<Record<Section, ComponentType<{ size?: number }>>> = {
  overview: LayoutDashboard,
  containers: Boxes,
  pods: Ship,
  services: Server,
  processes: Activity,
  logs: SquareTerminal,
  traffic: Route,
  alerts: Bell,
  settings: Settings2,
};

/** The way between the sections; a number tells how much in one wants a look. */
export function Rail() {
  const { t } = useWords();
  const { ui } = useWindowState();
  const current = useUi((state) => state.section);
  const counts = useReadingsShallow(countTrouble);
  const alertCount = useAlerts(({ alerts }) => (alerts ? criticalAlerts(alerts).length : 0));
  const trouble: Partial<Record<Section, Trouble>> = {
    containers: [counts.containersCritical, counts.containersWarning],
    pods: [counts.podsCritical, counts.podsWarning],
    services: [counts.servicesCritical, counts.servicesWarning],
    processes: [counts.processesCritical, counts.processesWarning],
    alerts: [alertCount, 0],
  };
  return (
    <header className={styles.rail}>
      <p className={styles.brand}>
        <LogScopeMark /> LogScope
      </p>
      <button type="button" className={styles.search} onClick={() => ui.setState({ paletteOpen: true })}>
        <Search size={13} aria-hidden="true" />
        <span>{t('palette.open')}</span>
        <kbd>{modifierText()} K</kbd>
      </button>
      <nav className={styles.sections} aria-label={t('frame.sections')}>
        {sections.map((section) => (
          <RailItem
            key={section}
            section={section}
            label={t(`section.${section}`)}
            active={section === current}
            trouble={trouble[section] ?? noTrouble}
            onOpen={() => goTo(ui, { section })}
          />
        ))}
      </nav>
    </header>
  );
}

type Trouble = readonly [critical: number, warning: number];
const noTrouble: Trouble = [0, 0];

interface RailItemProps {
  readonly section: Section;
  readonly label: string;
  readonly active: boolean;
  readonly trouble: Trouble;
  readonly onOpen: () => void;
}

function RailItem({ section, label, active, trouble: [critical, warning], onOpen }: RailItemProps) {
  const { t } = useWords();
  const Icon = icons[section];
  const count = critical + warning;
  return (
    <button type="button" className={styles.item} data-section={section} aria-current={active ? 'page' : undefined} onClick={onOpen}>
      <Icon size={15} aria-hidden="true" />
      <span className={styles.label}>{label}</span>
      {count > 0 && (
        <span className={styles.count} data-level={critical > 0 ? 'critical' : 'warning'} title={t('frame.trouble', { critical, warning })}>
          {count}
        </span>
      )}
    </button>
  );
}

function countTrouble({ containers, pods, services, processes }: ReadingsState) {
  const levels = (list: readonly { readonly level: string }[] | undefined, level: string) => countOf(list, (one) => one.level === level);
  const all = processes.lastOk?.data.processes;
  return {
    containersCritical: levels(containers.lastOk?.data.containers, 'critical'),
    containersWarning: levels(containers.lastOk?.data.containers, 'warning'),
    podsCritical: levels(pods.lastOk?.data.pods, 'critical'),
    podsWarning: levels(pods.lastOk?.data.pods, 'warning'),
    servicesCritical: levels(services.lastOk?.data.services, 'critical'),
    servicesWarning: levels(services.lastOk?.data.services.filter(needsALook), 'warning'),
    processesCritical: countOf(all, ({ risk }) => risk.level === 'critical'),
    processesWarning: countOf(all, ({ risk }) => risk.level === 'warning'),
  };
}

/** Counted, not filtered: with every reading, over a thousand processes. */
function countOf<T>(list: readonly T[] | undefined, counts: (one: T) => boolean): number {
  let count = 0;
  for (const one of list ?? []) if (counts(one)) count += 1;
  return count;
}
