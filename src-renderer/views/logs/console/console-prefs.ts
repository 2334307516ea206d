import { createStore, type StoreApi } from 'zustand/vanilla';

/** How lines are shown; remembered for the windows of this person on this machine. */
export interface ConsolePrefs {
  readonly wrap: boolean;
  readonly zone: 'local' | 'utc';
  readonly times: 'clock' | 'ago';
  readonly density: 'compact' | 'comfortable';
  /** Searches of late, the last one first. */
  readonly recent: readonly string[];
}

const key = 'logscope.logs';
const usual: ConsolePrefs = { wrap: false, zone: 'local', times: 'clock', density: 'compact', recent: [] };
const recentCount = 12;

export type PrefsStore = StoreApi<ConsolePrefs>;

/** `storage` holds what an earlier window left; what is not understood there counts as nothing. */
export function createPrefsStore(storage: Pick<Storage, 'getItem' | 'setItem'>): PrefsStore {
  const store = createStore<ConsolePrefs>(() => parsePrefs(storage.getItem(key)));
  store.subscribe((prefs) => storage.setItem(key, JSON.stringify(prefs)));
  return store;
}

export function parsePrefs(text: string | null): ConsolePrefs {
  const kept = parseObject(text);
  const { wrap, zone, times, density, recent } = kept;
  return {
    wrap: wrap === true,
    zone: zone === 'utc' ? 'utc' : usual.zone,
    times: times === 'ago' ? 'ago' : usual.times,
    density: density === 'comfortable' ? 'comfortable' : usual.density,
    recent: Array.isArray(recent) ? recent.filter((one): one is string => typeof one === 'string').slice(0, recentCount) : [],
  };
}

function parseObject(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** The last search first, each once; an empty one is none. */
export function withRecent(recent: readonly string[], query: string): readonly string[] {
  const text = query.trim();
  return text === '' || recent[0] === text ? recent : [text, ...recent.filter((one) => one !== text)].slice(0, recentCount);
}

let shared: PrefsStore | null = null;

/** Of this window. */
export function windowPrefs(): PrefsStore {
  shared ??= createPrefsStore(window.localStorage);
  return shared;
}
