import { createStore, type StoreApi } from 'zustand/vanilla';
import { allTraffic, type Notice, type TrafficFilter, type TrafficInput } from '../../src-shared/contract';
import type { Place } from '../../src-shared/judgement';

export type Section = Place['section'];
export const sections = [
  'overview',
  'containers',
  'pods',
  'services',
  'processes',
  'logs',
  'traffic',
  'alerts',
  'settings',
] as const satisfies readonly Section[];

/** The thing whose detail is open beside the view. A service's id is `scope/unit`. */
export interface Selected {
  readonly kind: 'container' | 'pod' | 'service' | 'process';
  readonly id: string;
}

/** The parts of the processes section. */
export type ProcessTabId = 'list' | 'ports' | 'leftovers' | 'programs' | 'attempts';

/** The parts of the logs section. */
export type LogTabId = 'console' | 'patterns' | 'sources';

/** Where the list of kept lines begins: at its end, around a record, or with what was newest at a time. */
export type LogStart =
  | { readonly kind: 'end' }
  | { readonly kind: 'record'; readonly id: number }
  | { readonly kind: 'time'; readonly toMs: number };

/**
 * The access log that was chosen. `opening`: its format is looked at, and if it fits well its figures follow by themselves; `preview`: the
 * person looks at the format.
 */
export interface TrafficTarget {
  readonly input: TrafficInput;
  /** `auto`, a name, or a format string. */
  readonly format: string;
  readonly name: string;
  readonly stage: 'opening' | 'preview' | 'figures';
}

/** What the form of a known program is opened for; exe null: its path is still to be written. */
export interface ProgramTarget {
  readonly exe: string | null;
  readonly name: string;
}

/** Where the person is in the window. Nothing here is known to the core. */
export interface UiState {
  readonly section: Section;
  readonly selected: Selected | null;
  readonly paletteOpen: boolean;
  readonly keysOpen: boolean;
  /** The process whose stop dialog is open. */
  readonly stopTarget: { readonly id: string; readonly name: string } | null;
  /** What the log view is narrowed to when it opens: a source id. */
  readonly logSourceId: string | null;
  readonly logTab: LogTabId;
  /** What the console of logs searches for; kept while the person looks elsewhere. */
  readonly logQuery: string;
  readonly logStart: LogStart;
  /** Null: to be chosen. Kept while the person looks elsewhere. */
  readonly trafficTarget: TrafficTarget | null;
  readonly trafficFilter: TrafficFilter;
  readonly notices: readonly Notice[];
  /** Folded and unfolded sections by name, where they differ from how they start. */
  readonly folds: Readonly<Record<string, boolean>>;
  /** How the list of containers counts CPU: 100 % is one core (as `docker stats`) or all cores of the machine. */
  readonly cpuScale: 'core' | 'host';
  readonly containersGrouped: boolean;
  readonly processTab: ProcessTabId;
  /** What the list of processes is narrowed to, in the words of its filter; kept while the person looks elsewhere. */
  readonly processFilter: string;
  /** The port whose card is open: who has it. */
  readonly askedPort: number | null;
  /** The program whose form is open. */
  readonly programTarget: ProgramTarget | null;
}
export type UiStore = StoreApi<UiState>;

const kindOfSection: Partial<Record<Section, Selected['kind']>> = {
  containers: 'container',
  pods: 'pod',
  services: 'service',
  processes: 'process',
};

export function createUiStore(): UiStore {
  return createStore<UiState>(() => ({
    section: 'overview',
    selected: null,
    paletteOpen: false,
    keysOpen: false,
    stopTarget: null,
    logSourceId: null,
    logTab: 'console',
    logQuery: '',
    logStart: { kind: 'end' },
    trafficTarget: null,
    trafficFilter: allTraffic,
    notices: [],
    folds: {},
    cpuScale: 'core',
    containersGrouped: true,
    processTab: 'list',
    processFilter: '',
    askedPort: null,
    programTarget: null,
  }));
}

/**
 * Goes to a place and opens the detail of its item where the section has details; an item `port:3000` opens the card of that port, `record:5000`
 * and `pattern:p1` the console of logs at that record and with that pattern, `demo` the traffic of sample logs.
 */
export function goTo(store: UiStore, place: Place): void {
  const port = place.section === 'processes' ? portOfItem(place.item) : null;
  if (port !== null) {
    goTo(store, { section: 'processes' });
    store.setState({ processTab: 'ports', askedPort: port });
    return;
  }
  if (place.section === 'traffic' && place.item === 'demo') {
    openTraffic(store, { input: { kind: 'demo' }, format: 'auto', name: 'demo' });
    return;
  }
  const wish = place.section === 'logs' ? logWish(place.item) : null;
  if (wish !== null) {
    goTo(store, { section: 'logs' });
    store.setState({ logTab: 'console', ...wish });
    return;
  }
  const kind = kindOfSection[place.section];
  store.setState({
    section: place.section,
    selected: kind && place.item !== undefined ? { kind, id: place.item } : null,
    logSourceId: place.section === 'logs' ? (place.item ?? null) : null,
    paletteOpen: false,
    keysOpen: false,
    askedPort: null,
    programTarget: null,
  });
}

function portOfItem(item: string | undefined): number | null {
  const found = /^port:(\d{1,5})$/.exec(item ?? '');
  const port = Number(found?.[1]);
  return found !== null && port >= 1 && port <= 65_535 ? port : null;
}

function logWish(item: string | undefined): Pick<UiState, 'logQuery' | 'logStart'> | null {
  const record = /^record:(\d{1,15})$/.exec(item ?? '')?.[1];
  if (record !== undefined) return { logQuery: '', logStart: { kind: 'record', id: Number(record) } };
  const pattern = /^pattern:(\S{1,64})$/.exec(item ?? '')?.[1];
  return pattern === undefined ? null : { logQuery: `pattern:${pattern}`, logStart: { kind: 'end' } };
}

/** Goes to the console of logs with a search. */
export function showLogs(store: UiStore, logQuery: string): void {
  goTo(store, { section: 'logs' });
  store.setState({ logTab: 'console', logQuery, logStart: { kind: 'end' } });
}

/** Goes to the figures of an access log, by way of a look at its format; null: to the choice of one. */
export function openTraffic(store: UiStore, target: Omit<TrafficTarget, 'stage'> | null): void {
  goTo(store, { section: 'traffic' });
  store.setState({ trafficTarget: target === null ? null : { ...target, stage: 'opening' }, trafficFilter: allTraffic });
}

/** Goes to a part of the logs section. */
export function showLogTab(store: UiStore, logTab: LogTabId): void {
  goTo(store, { section: 'logs' });
  store.setState({ logTab });
}

/** Goes to a part of the processes section. */
export function showProcessTab(store: UiStore, tab: ProcessTabId): void {
  goTo(store, { section: 'processes' });
  store.setState({ processTab: tab });
}

/** Goes to the known programs and opens the form of one: what is known of it, or a new entry with this path and name. */
export function openProgram(store: UiStore, target: ProgramTarget): void {
  showProcessTab(store, 'programs');
  store.setState({ programTarget: target });
}

/** Goes to the list of processes narrowed by a filter (`project:shop`). */
export function showProcesses(store: UiStore, filter: string): void {
  goTo(store, { section: 'processes' });
  store.setState({ processTab: 'list', processFilter: filter });
}

/** Opens the detail of a thing without leaving the view; a second time closes it. */
export function toggleSelected(store: UiStore, selected: Selected): void {
  const before = store.getState().selected;
  store.setState({ selected: before?.kind === selected.kind && before.id === selected.id ? null : selected });
}
