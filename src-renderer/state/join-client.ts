import type { Alert } from '../../src-shared/alerts';
import type { AnyEvent, SelfCost, UnchangedReading } from '../../src-shared/contract';
import { readAgain } from '../../src-shared/reading-again';
import type { AnyReading, SourceId } from '../../src-shared/snapshots';
import { hasConnection } from '../client/connection';
import { applyAlertChange, setAlerts } from './alerts-store';
import { appendHost } from './history-store';
import { createOvertakenAnswers } from './overtaken-answers';
import { applyReadings } from './readings-store';
import { goTo } from './ui-store';
import type { WindowState } from './window-state';

const retryMs = 1000;

/** All sources are read on one beat and come within this time; drawing each by itself would cost a frame apiece. */
const gatherMs = 200;

/**
 * Joins a client to the stores: follows the events, and asks for everything once they come. The first readings are put in with the next
 * frame, later ones together with those that follow closely; while the document is hidden the latest of each source waits and
 * nothing is drawn.
 * Returns what takes the listeners off again.
 */
export function joinClient(state: WindowState, page: Document = document): () => void {
  const { client, app } = state;
  const waiting = new Map<SourceId, AnyReading>();
  let waitingSelf: SelfCost | null = null;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  let ended = false;
  const answers = createOvertakenAnswers(apply);

  /** States only: what is to be done once (a notice, a way to go) must not come twice. */
  function apply(event: AnyEvent): void {
    if (event.event === 'reading') take(event.payload);
    else if (event.event === 'unchanged') takeAgain(event.payload);
    else if (event.event === 'alert') applyAlertChange(state.alerts, event.payload, state.now());
    else if (event.event === 'settings') app.setState({ settings: event.payload });
    else if (event.event === 'paused') takePaused(event.payload.paused);
  }

  function takePaused(paused: boolean): void {
    const { info } = app.getState();
    if (info !== null) app.setState({ info: { ...info, paused } });
  }

  function flush(): void {
    frame = 0;
    if (waiting.size === 0 && waitingSelf === null) return;
    const readings = [...waiting.values()];
    waiting.clear();
    if (waitingSelf !== null) app.setState({ self: waitingSelf });
    waitingSelf = null;
    takeIn(state, readings);
    // Ages change with the figures, in the same frame.
    state.clock.setState({ nowMs: state.now() });
  }

  function schedule(): void {
    if (page.hidden || frame !== 0 || timer !== undefined) return;
    const nothingYet = Object.values(state.readings.getState()).every(({ reading }) => reading === null);
    if (nothingYet) {
      frame = requestAnimationFrame(flush);
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      if (!page.hidden && frame === 0) frame = requestAnimationFrame(flush);
    }, gatherMs);
  }

  function take(reading: AnyReading): void {
    waiting.set(reading.source, reading);
    schedule();
  }

  /** Applies to the newest reading there is, waiting or taken in. */
  function takeAgain(again: UnchangedReading): void {
    const { source } = again;
    const { reading } = state.readings.getState()[source];
    const known = waiting.get(source) ?? (reading === null ? undefined : ({ source, reading } as AnyReading));
    if (known !== undefined) take(readAgain(known, again));
  }

  /** Events were thrown away because this window was too slow: among them may have been a change of an alert. */
  function takeSelf(self: SelfCost): void {
    const before = waitingSelf ?? app.getState().self;
    // It is made of the processes: drawn by itself it would cost a frame a second more.
    waitingSelf = self;
    schedule();
    if (before === null || self.droppedEventCount <= before.droppedEventCount) return;
    answers
      .ask(() => client.request('alerts.list', null), takeAlerts)
      .catch((error: unknown) => console.warn('LogScope: could not read the alerts again', error));
  }

  function takeAlerts(alerts: readonly Alert[]): void {
    setAlerts(state.alerts, alerts, state.now());
  }

  async function fetchAll(): Promise<void> {
    await answers.ask(
      async () => {
        const info = await client.request('app.info', null);
        const rest = [
          client.request('settings.get', null),
          client.request('alerts.list', null),
          client.request('readings.latest', null),
        ] as const;
        return [info, ...(await Promise.all(rest))] as const;
      },
      ([info, settings, alerts, readings]) => {
        app.setState({ info, settings });
        takeAlerts(alerts);
        for (const reading of readings) take(reading);
      },
    );
    const self = await client.request('self.latest', null);
    app.setState({ self });
  }

  function start(): void {
    asked = true;
    fetchAll().catch((error: unknown) => {
      // The core may still be starting, or the web door be gone: both end by themselves or are shown by the connection.
      console.warn('LogScope: could not read the current state', error);
      if (!ended && app.getState().info === null && app.getState().connection !== 'denied') setTimeout(start, retryMs);
    });
  }

  const onVisible = () => {
    if (waiting.size > 0 || waitingSelf !== null) schedule();
  };
  page.addEventListener('visibilitychange', onVisible);

  const offs = [
    client.on('reading', (payload) => answers.happened({ event: 'reading', payload })),
    client.on('unchanged', (payload) => answers.happened({ event: 'unchanged', payload })),
    client.on('alert', (payload) => answers.happened({ event: 'alert', payload })),
    client.on('settings', (payload) => answers.happened({ event: 'settings', payload })),
    client.on('paused', (payload) => answers.happened({ event: 'paused', payload })),
    client.on('self', takeSelf),
    client.on('notice', (notice) =>
      state.ui.setState({ notices: [...state.ui.getState().notices.filter((one) => one.id !== notice.id), notice] }),
    ),
    client.on('navigate', (place) => goTo(state.ui, place)),
    () => page.removeEventListener('visibilitychange', onVisible),
    () => cancelAnimationFrame(frame),
    () => clearTimeout(timer),
  ];

  if (hasConnection(client)) {
    offs.push(
      client.onConnection((connection) => {
        app.setState({ connection });
        // Asked before the events come, what changes in between would be missed. Where none can come (a proxy without WebSockets)
        // the state of one moment is better than nothing.
        if (connection === 'open' || (connection === 'reconnecting' && !asked)) start();
      }),
    );
  } else {
    app.setState({ connection: 'open' });
    start();
  }
  return () => {
    ended = true;
    for (const off of offs) off();
  };
}

function takeIn(state: WindowState, readings: readonly AnyReading[]): void {
  for (const { source, reading } of readings) {
    if (source === 'host') appendHost(state.history, reading.kind === 'ok' ? reading.data : null, reading.startedAtMs);
    if (source === 'containers') state.usage.record(reading.kind === 'ok' ? reading.data.containers : [], reading.startedAtMs);
  }
  applyReadings(state.readings, readings);
}

/** Readings tick the clock once a second; so long after the last tick it ticks by itself. */
const ownTickMs = 1200;

/** Ticks the clock while the page is visible and no reading did it. Returns what stops it. */
export function runClock(state: WindowState, page: Document = document): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const sinceTickMs = () => Math.max(0, state.now() - state.clock.getState().nowMs);
  function look(): void {
    if (!page.hidden && sinceTickMs() >= ownTickMs) state.clock.setState({ nowMs: state.now() });
    // One look when it could be due, not four a second: each wakes the page.
    timer = setTimeout(look, Math.max(250, ownTickMs - sinceTickMs()));
  }
  look();
  return () => clearTimeout(timer);
}
