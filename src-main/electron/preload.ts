import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { bridgeName, type LogScopeBridge } from '../../src-shared/bridge';
import type { AnyEvent, EventName, RequestName } from '../../src-shared/contract';
import { channels } from './channels';

/**
 * All that the sandboxed page gets from the app: two functions. The names are written out, checked by the compiler
 * against the contract, because importing the contract's own list would load its whole schema library into every page.
 */
const requestNames = {
  'app.info': true,
  'readings.latest': true,
  'readings.refresh': true,
  'engine.pause': true,
  'self.latest': true,
  'history.range': true,
  'problems.current': true,
  'alerts.list': true,
  'alerts.dismiss': true,
  'processes.comes-back': true,
  'processes.preview': true,
  'processes.stop': true,
  'processes.came-back': true,
  'processes.explain': true,
  'processes.save-evidence': true,
  'processes.expect': true,
  'processes.audit': true,
  'ports.list': true,
  'ports.who': true,
  'ports.leftovers': true,
  'policies.list': true,
  'policies.save': true,
  'policies.remove': true,
  'policies.history': true,
  'policies.import': true,
  'roles.ask': true,
  'roles.open': true,
  'containers.detail': true,
  'containers.act': true,
  'containers.shell': true,
  'pods.events': true,
  'pods.contexts': true,
  'services.explain': true,
  'services.act': true,
  'logs.open': true,
  'logs.next': true,
  'logs.close': true,
  'logs.search': true,
  'logs.newer': true,
  'logs.around': true,
  'logs.timeline': true,
  'logs.patterns': true,
  'logs.mark-pattern': true,
  'logs.open-frame': true,
  'logs.storage': true,
  'traffic.sources': true,
  'traffic.preview': true,
  'traffic.open': true,
  'traffic.figures': true,
  'traffic.cancel': true,
  'traffic.close': true,
  'traffic.export': true,
  'traffic.pdf': true,
  'traffic.prompt': true,
  'traffic.ask': true,
  'settings.get': true,
  'settings.change': true,
} as const satisfies Record<RequestName, true>;

const listeners: Readonly<Record<EventName, Set<(payload: AnyEvent['payload']) => void>>> = {
  reading: new Set(),
  unchanged: new Set(),
  alert: new Set(),
  self: new Set(),
  settings: new Set(),
  paused: new Set(),
  notice: new Set(),
  navigate: new Set(),
};

let subscribed = false;

const bridge: LogScopeBridge = {
  request(name, input) {
    if (typeof name !== 'string' || !Object.hasOwn(requestNames, name)) {
      return Promise.resolve({
        ok: false,
        error: { code: 'unknown-request', message: `There is no request "${String(name).slice(0, 100)}".` },
      });
    }
    return ipcRenderer.invoke(channels.request, name, input);
  },
  on(event, listener) {
    if (!Object.hasOwn(listeners, event)) return () => {};
    // One object per subscription: the same function may be given twice.
    const entry = (payload: AnyEvent['payload']) => listener(payload);
    listeners[event].add(entry);
    if (!subscribed) {
      subscribed = true;
      // After the page has put up all its listeners: what was queued for it must not arrive before the last of them.
      setTimeout(() => ipcRenderer.send(channels.delivered), 0);
    }
    return () => listeners[event].delete(entry);
  },
};

ipcRenderer.on(channels.events, (_event: IpcRendererEvent, batch: readonly AnyEvent[]) => {
  try {
    for (const { event, payload } of batch) for (const listener of [...listeners[event]]) listener(payload);
  } finally {
    // Also after a listener that throws, else one bad event would stop all that follow.
    ipcRenderer.send(channels.delivered);
  }
});

contextBridge.exposeInMainWorld(bridgeName, bridge);
