import { createRoot } from 'react-dom/client';
import { unavailable } from '../../src-shared/reading';
import { say } from '../../src-shared/sentence';
import { applySettingsPatch, defaultSettings, type Settings } from '../../src-shared/settings';
import { type ContainersSnapshot, type ProcessesSnapshot, sourceIds } from '../../src-shared/snapshots';
import { App } from '../app';
import './globals';
import { createFakeClient } from '../client/fake-client';
import { createLogAnswers } from '../client/sample-log-answers';
import { samplePodEvents } from '../client/sample-pods';
import { createPortAnswers } from '../client/sample-ports';
import { createProgramAnswers } from '../client/sample-programs';
import { createSampler } from '../client/sample-readings';
import { sampleExplanation } from '../client/sample-services';
import { createTrafficAnswers } from '../client/sample-traffic-answers';
import { goTo, type LogTabId, openTraffic, type ProcessTabId, type Section } from '../state/ui-store';
import { createWindowState } from '../state/window-state';
import { createContainerAnswers } from './container-answers';
import { createProcessAnswers } from './process-answers';
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';

/**
 * The window on invented data, for pictures and for the renderer benchmark; never shipped.
 * Address: ?theme=dark|light|retro &language=en|ko &section=… &trouble=0|1 &containers=14 &processes=312 &select=kind:id
 * &pods=14 &metrics=0 &watch=resuming &state=unavailable|failed|loading|consent &live=1 (a reading a second) &actions=0
 * &states=all (containers of every state, several engines) &past=1 (five minutes of usage behind it)
 * &view=tree &columns=name,cpu &filter=… (processes) &open=stop:id &expert=1
 * &lines=700 &every=400 (ms from line to line) &quiet=1 (no new lines) &query=… &logtab=patterns|sources (logs)
 * &log=access.log (opened) &found=none &bare=1 (no times) &fits=0.6 &reading=reading|cancelled|failed &model=away|none (traffic)
 * &tab=ports|leftovers|programs &open=port:3000 &open=program:/path &calm=1 (nothing left running)
 */
const asked = new URLSearchParams(window.location.search);
const number = (name: string, usual: number) => Number(asked.get(name) ?? usual);
const trouble = asked.get('trouble') !== '0';
const sampler = createSampler({
  containerCount: number('containers', 14),
  processCount: number('processes', 312),
  podCount: number('pods', 14),
  podMetrics: asked.get('metrics') !== '0',
  podWatchBroken: asked.get('watch') === 'resuming',
  trouble,
  everyState: asked.get('states') === 'all',
  seed: 7,
});
let settings: Settings = applySettingsPatch(defaultSettings, {
  theme: (asked.get('theme') ?? 'dark') as Settings['theme'],
  language: (asked.get('language') ?? 'ko') as Settings['language'],
  density: (asked.get('density') ?? 'compact') as Settings['density'],
  processes: {
    view: (asked.get('view') ?? 'flat') as Settings['processes']['view'],
    columns: asked.get('columns')?.split(',') ?? [],
    expertActions: asked.get('expert') === '1',
  },
});

function latestProcesses(): ProcessesSnapshot {
  const found = sampler.readings(Date.now()).find(({ source }) => source === 'processes')?.reading;
  if (found?.kind !== 'ok') throw new Error('no processes');
  return found.data as ProcessesSnapshot;
}

const client = createFakeClient({
  ...createContainerAnswers(),
  ...createProcessAnswers(latestProcesses, asked.get('expert') === '1'),
  ...createPortAnswers(asked.get('calm') === '1'),
  ...createProgramAnswers(latestProcesses),
  ...createLogAnswers({ nowMs: Date.now, count: number('lines', 700), everyMs: asked.get('quiet') === '1' ? null : number('every', 400) }),
  ...createTrafficAnswers({
    nowMs: Date.now,
    found: asked.get('found') === 'none' ? 'none' : 'some',
    bare: asked.get('bare') === '1',
    state: (asked.get('reading') ?? 'following') as 'following',
    fits: number('fits', 0.995),
    model: asked.get('model') === 'none' ? null : asked.get('model') === 'away' ? 'away' : 'here',
  }),
  'app.info': () => ({
    version: '0.1.0',
    node: 'dev-1',
    platform: 'linux',
    door: 'electron',
    actionsAllowed: asked.get('actions') !== '0',
    systemLanguage: 'en',
    runtime: { node: '20.20.2', electron: '45.4.1', chrome: '156.0' },
    paused: false,
  }),
  'settings.get': () => settings,
  'settings.change': (patch) => {
    settings = applySettingsPatch(settings, patch as Parameters<typeof applySettingsPatch>[1]);
    return settings;
  },
  'alerts.list': () => sampler.alerts(Date.now()),
  'alerts.dismiss': () => ({ dismissed: 1 }),
  'readings.latest': () => withState(sampler.readings(Date.now())),
  'readings.refresh': ({ source }) => {
    const reading = sampler.readings(Date.now()).find((one) => one.source === source);
    if (!reading) throw new Error(source);
    return reading;
  },
  'self.latest': () => ({
    atMs: Date.now(),
    cpuCores: 0.011,
    memoryBytes: 212 * 1024 ** 2,
    memoryKind: 'pss',
    droppedEventCount: 0,
    level: 'ok',
  }),
  'history.range': ({ metric, fromMs, toMs }) => sampler.history(metric, fromMs, toMs),
  'pods.contexts': () => ({
    contexts: ['kind-dev', 'staging'].map((name) => ({ name, cluster: name, server: null, user: 'dev', namespace: null })),
    current: 'staging',
    programs: [{ key: 'look', command: askingConsent().consent.command, contexts: ['staging'] }],
  }),
  'pods.events': ({ name }) => samplePodEvents(name, Date.now()),
  'services.explain': ({ unit }) => sampleExplanation(unit, Date.now()),
  'services.act': ({ unit, action }) =>
    action === 'restart'
      ? { outcome: 'permission-denied', text: `Failed to restart ${unit}: Interactive authentication required.` }
      : { outcome: 'done', text: '' },
});

type Latest = ReturnType<typeof sampler.readings>;

function withState(readings: Latest): Latest {
  const state = asked.get('state');
  if (state === 'loading') return [];
  if (state === 'consent') return readings.map((one) => (one.source === 'pods' ? { source: 'pods', reading: askingConsent() } : one));
  if (state !== 'unavailable' && state !== 'failed') return readings;
  const base = { startedAtMs: Date.now() - 400, tookMs: 3, lastOkAtMs: state === 'failed' ? Date.now() - 42_000 : null };
  return sourceIds.map((source) => ({
    source,
    reading:
      state === 'failed'
        ? { ...base, kind: 'failed', code: 'timeout', message: 'no answer within 5 s' }
        : {
            ...base,
            ...unavailable(
              'permission-denied',
              say('engine.why.denied', { place: '/var/run/docker.sock' }),
              say('engine.remedy.permission'),
            ),
          },
  })) as Latest;
}

function askingConsent() {
  return {
    startedAtMs: Date.now() - 400,
    tookMs: 3,
    lastOkAtMs: null,
    kind: 'unavailable' as const,
    reason: 'needs-consent' as const,
    detail: 'The user "dev" of the context "staging" signs in with a program.',
    consent: {
      command: ['/usr/local/bin/aws', '--region', 'eu-central-1', 'eks', 'get-token', '--cluster-name', 'shop staging', '--output', 'json'],
      key: 'look',
    },
  };
}

const state = createWindowState(client);

/** One whole-screen update: a new reading of every source. The benchmark calls it. */
function tick(): void {
  for (const reading of withState(sampler.readings(Date.now()))) client.emit({ event: 'reading', payload: reading });
}

if (asked.get('past') === '1') {
  for (let second = 300; second > 0; second -= 1) {
    const atMs = Date.now() - second * 1000;
    const containers = sampler.readings(atMs).find((one) => one.source === 'containers')?.reading;
    if (containers?.kind === 'ok') state.usage.record((containers.data as ContainersSnapshot).containers, atMs);
  }
}

window.lookTick = tick;
window.lookDataMs = () => {
  const startedMs = performance.now();
  for (let round = 0; round < 20; round += 1) sampler.readings(Date.now());
  return (performance.now() - startedMs) / 20;
};
if (asked.get('live') === '1') setInterval(tick, 1000);

const root = document.getElementById('root');
if (!root) throw new Error('look.html has no #root');
createRoot(root).render(<App state={state} />);
goTo(state.ui, { section: (asked.get('section') ?? 'overview') as Section });
const log = asked.get('log');
if (log !== null) openTraffic(state.ui, { input: { kind: 'files', paths: [`/var/log/nginx/${log}`] }, format: 'auto', name: log });
const select = asked.get('select');
if (select !== null) {
  const [kind, ...id] = select.split(':');
  state.ui.setState({ selected: { kind: kind as 'container', id: id.join(':') } });
}
if (asked.get('open') === 'palette') state.ui.setState({ paletteOpen: true });
const open = asked.get('open') ?? '';
if (open.startsWith('stop')) state.ui.setState({ stopTarget: { id: open.split(':')[1] ?? 'p31337', name: 'kworker/u8:9' } });
state.ui.setState({ processFilter: asked.get('filter') ?? '' });
state.ui.setState({ processTab: (asked.get('tab') ?? 'list') as ProcessTabId });
state.ui.setState({ logQuery: asked.get('query') ?? '', logTab: (asked.get('logtab') ?? 'console') as LogTabId });
if (open.startsWith('port:')) state.ui.setState({ askedPort: Number(open.slice(5)) });
if (open.startsWith('program:')) state.ui.setState({ programTarget: { exe: open.slice(8), name: open.slice(open.lastIndexOf('/') + 1) } });
if (asked.get('open') === 'keys') state.ui.setState({ keysOpen: true });
