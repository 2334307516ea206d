import type { AnyReading, SourceId } from '../../src-shared/snapshots';
import { hasConnection } from '../client/connection';
import { applyAlertChange, setAlerts } from './alerts-store';
import { appendHost } from './history-store';
import { gatherLines } from './log-tail-store';
import { applyReadings } from './readings-store';
import { goTo } from './ui-store';
import type { WindowState } from './window-state';

const retryMs = 1000;

/**
 * Joins a client to the stores: asks for everything once, then follows the events. Readings that come within one frame are
 * put in together; while the document is hidden the latest of each source waits and nothing is drawn.
 * Returns what takes the listeners off again.
 */
export function joinClient(state: WindowState, page: Document = document): () => void {
  const { client, app } = state;
  const waiting = new Map<SourceId, AnyReading>();
  let frame = 0;
  let ended = false;

  function flush(): void {
    frame = 0;
    if (waiting.size === 0) return;
    const readings = [...waiting.values()];
    waiting.clear();
    takeIn(state, readings);
  }

  function take(reading: AnyReading): void {
    waiting.set(reading.source, reading);
    // The tail is gathered even while hidden: a line that left the core's ring in between could not be had again.
    if (reading.source === 'logs' && reading.reading.kind === 'ok') gatherLines(state.logTail, reading.reading.data.newestErrors);
    if (frame === 0 && !page.hidden) frame = requestAnimationFrame(flush);
  }

  async function fetchAll(): Promise<void> {
    const info = await client.request('app.info', null);
    const [settings, alerts, readings] = await Promise.all([
      client.request('settings.get', null),
      client.request('alerts.list', null),
      client.request('readings.latest', null),
    ]);
    app.setState({ info, settings });
    setAlerts(state.alerts, alerts, state.now());
    for (const reading of readings) take(reading);
    const self = await client.request('self.latest', null);
    app.setState({ self });
  }

  function start(): void {
    fetchAll().catch((error: unknown) => {
      // The core may still be starting, or the web door be gone: both end by themselves or are shown by the connection.
      console.warn('LogScope: could not read the current state', error);
      if (!ended && app.getState().info === null && app.getState().connection !== 'denied') setTimeout(start, retryMs);
    });
  }

  const onVisible = () => {
    if (!page.hidden && frame === 0) frame = requestAnimationFrame(flush);
  };
  page.addEventListener('visibilitychange', onVisible);

  const offs = [
    client.on('reading', take),
    client.on('alert', (change) => applyAlertChange(state.alerts, change, state.now())),
    client.on('self', (self) => app.setState({ self })),
    client.on('settings', (settings) => app.setState({ settings })),
    client.on('notice', (notice) =>
      state.ui.setState({ notices: [...state.ui.getState().notices.filter((one) => one.id !== notice.id), notice] }),
    ),
    client.on('navigate', (place) => goTo(state.ui, place)),
    () => page.removeEventListener('visibilitychange', onVisible),
    () => cancelAnimationFrame(frame),
  ];

  if (hasConnection(client)) {
    let wasOpen = false;
    offs.push(
      client.onConnection((connection) => {
        app.setState({ connection });
        if (connection === 'open' && wasOpen) start();
        wasOpen ||= connection === 'open';
      }),
    );
  } else {
    app.setState({ connection: 'open' });
  }
  start();
  return () => {
    ended = true;
    for (const off of offs) off();
  };
}

function takeIn(state: WindowState, readings: readonly AnyReading[]): void {
  for (const { source, reading } of readings) {
    if (source === 'host') appendHost(state.history, reading.kind === 'ok' ? reading.data : null, reading.startedAtMs);
  }
  applyReadings(state.readings, readings);
}

/** Ticks the clock once a second while the page is visible. Returns what stops it. */
export function runClock(state: WindowState, page: Document = document): () => void {
  const timer = setInterval(() => {
    if (!page.hidden) state.clock.setState({ nowMs: state.now() });
  }, 1000);
  return () => clearInterval(timer);
}
