import { useEffect } from 'react';
import styles from './app.module.css';
import { Banner } from './frame/banner';
import { useWindowKeys } from './frame/keyboard';
import { KeysDialog } from './frame/keys-dialog';
import { Notices } from './frame/notices';
import { Palette } from './frame/palette';
import { PortDialog } from './frame/port-dialog';
import { Rail } from './frame/rail';
import { StatusBar } from './frame/status-bar';
import { StopDialog } from './frame/stop-dialog';
import { useDocumentLook } from './frame/use-document-look';
import { useMaskedCopies } from './frame/use-masked-copies';
import { useApp, useUi, WindowStateProvider } from './state/context';
import { joinClient, runClock } from './state/join-client';
import type { Section } from './state/ui-store';
import type { WindowState } from './state/window-state';
import { AlertsView } from './views/alerts/alerts-view';
import { ContainersView } from './views/containers/containers-view';
import { DetailPanel } from './views/detail/detail-panel';
import { LogsView } from './views/logs/logs-view';
import { Overview } from './views/overview/overview';
import { PodsView } from './views/pods/pods-view';
import { ProcessesView } from './views/processes/processes-view';
import { ServicesView } from './views/services/services-view';
import { SettingsView } from './views/settings/settings-view';
import { TrafficView } from './views/traffic/traffic-view';
import { useWords } from './words/use-words';

const views: Readonly<Record<Section, () => React.ReactNode>> = {
  overview: Overview,
  containers: ContainersView,
  pods: PodsView,
  services: ServicesView,
  processes: ProcessesView,
  logs: LogsView,
  traffic: TrafficView,
  alerts: AlertsView,
  settings: SettingsView,
};

/** The window: rail, banner, the chosen view, detail beside it, status bar. */
export function App({ state }: { readonly state: WindowState }) {
  useEffect(() => {
    const leave = joinClient(state);
    const stopClock = runClock(state);
    return () => {
      leave();
      stopClock();
    };
  }, [state]);
  return (
    <WindowStateProvider state={state}>
      <Frame />
    </WindowStateProvider>
  );
}

function Frame() {
  useDocumentLook();
  useWindowKeys();
  useMaskedCopies();
  const { t } = useWords();
  const section = useUi((ui) => ui.section);
  const denied = useApp((app) => app.connection === 'denied');
  const View = views[section];
  return (
    <div className={styles.frame}>
      <Banner />
      <Rail />
      <div className={styles.middle}>
        <main className={styles.view} key={section}>
          {denied ? (
            <Denied />
          ) : (
            <>
              <h1 className="visually-hidden">{t(`section.${section}`)}</h1>
              <View />
            </>
          )}
        </main>
        <DetailPanel />
      </div>
      <StatusBar />
      <Notices />
      <Palette />
      <KeysDialog />
      <PortDialog />
      <StopDialog />
    </div>
  );
}

/** The web door does not know this browser: only its printed address opens it. */
function Denied() {
  const { t } = useWords();
  return (
    <div className={styles.denied} role="alert">
      <h1>{t('denied.title')}</h1>
      <p>{t('denied.remedy')}</p>
    </div>
  );
}
