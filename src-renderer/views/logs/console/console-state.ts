import type { LogPage, NewerRecords } from '../../../../src-shared/contract';
import type { LogOrigin, LogRecord } from '../../../../src-shared/logs/log-record';

/** following: the end stays in sight; reading: somebody scrolled up; paused: by hand, until it is ended by hand. */
export type FollowMode = 'following' | 'reading' | 'paused';

export interface ConsoleState {
  /** What is listed: by time, oldest first. */
  readonly records: readonly LogRecord[];
  /** Came while nobody followed; put in when somebody does. Bounded like the records. */
  readonly waiting: readonly LogRecord[];
  readonly origins: Readonly<Record<string, LogOrigin>>;
  readonly mode: FollowMode;
  /** Where to ask for older ones; null: there are none. */
  readonly nextBeforeId: number | null;
  /** Newer ones are not in the list (it began in the past, or it was too long): going to the end reads anew. */
  readonly endIsAway: boolean;
  /** Records that came while nobody followed, also those that no longer fit in `waiting`. */
  readonly newCount: number;
  /** Left out of the list because it was full; they can be had again by scrolling. */
  readonly leftOutCount: number;
  /** That the core passed over because they came faster than they could be asked for. */
  readonly skippedCount: number;
  readonly cutShort: LogPage['cutShort'];
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly loadingOlder: boolean;
  /** Of the last request, as it came back; null: it went well. */
  readonly problem: string | null;
}

export type ConsoleAction =
  | { readonly type: 'loaded'; readonly page: LogPage; readonly inPast: boolean }
  | { readonly type: 'newer'; readonly answer: NewerRecords }
  | { readonly type: 'asked-older' }
  | { readonly type: 'older'; readonly page: LogPage }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'recovered' }
  | { readonly type: 'left-end' }
  | { readonly type: 'reached-end' }
  | { readonly type: 'pause' }
  | { readonly type: 'follow' };

/** So many records are in the window's memory, each at most 64 KiB. */
const consoleCapacity = 5000;

export const emptyConsole: ConsoleState = {
  records: [],
  waiting: [],
  origins: {},
  mode: 'following',
  nextBeforeId: null,
  endIsAway: false,
  newCount: 0,
  leftOutCount: 0,
  skippedCount: 0,
  cutShort: null,
  phase: 'loading',
  loadingOlder: false,
  problem: null,
};

/** What is listed and how it moves; pure. While nobody follows, nothing is added below and nothing is taken away above. */
export function reduceConsole(state: ConsoleState, action: ConsoleAction, capacity = consoleCapacity): ConsoleState {
  switch (action.type) {
    case 'loaded':
      return {
        ...emptyConsole,
        records: byTime(action.page.records),
        origins: action.page.origins,
        nextBeforeId: action.page.nextBeforeId,
        cutShort: action.page.cutShort,
        phase: 'ready',
        mode: action.inPast ? 'reading' : 'following',
        endIsAway: action.inPast,
      };
    case 'newer':
      return takeNewer(state, action.answer, capacity);
    case 'asked-older':
      return { ...state, loadingOlder: true };
    case 'older':
      return takeOlder(state, action.page, capacity);
    case 'failed':
      return { ...state, phase: state.phase === 'loading' ? 'failed' : state.phase, loadingOlder: false, problem: action.problem };
    case 'recovered':
      return state.problem === null ? state : { ...state, problem: null };
    case 'left-end':
      return state.mode === 'following' ? { ...state, mode: 'reading' } : state;
    case 'reached-end':
      return state.mode === 'reading' && !state.endIsAway ? follow(state, capacity) : state;
    case 'pause':
      return state.mode === 'paused' ? state : { ...state, mode: 'paused' };
    case 'follow':
      return follow(state, capacity);
  }
}

function takeNewer(state: ConsoleState, { records, origins, skippedCount }: NewerRecords, capacity: number): ConsoleState {
  if (records.length === 0 && skippedCount === 0) return state;
  const known = { ...state, origins: withOrigins(state.origins, origins), skippedCount: state.skippedCount + skippedCount };
  if (state.mode === 'following') return append(known, records, capacity);
  const waiting = [...state.waiting, ...records];
  return { ...known, waiting: waiting.slice(-capacity), newCount: state.newCount + records.length };
}

/** Those that fell out of `waiting` are in the store: the list is then read anew by whoever holds it (`endIsAway`). */
function follow(state: ConsoleState, capacity: number): ConsoleState {
  if (state.newCount > state.waiting.length) return { ...state, mode: 'following', endIsAway: true };
  return append({ ...state, mode: 'following', waiting: [], newCount: 0 }, state.waiting, capacity);
}

function append(state: ConsoleState, fresh: readonly LogRecord[], capacity: number): ConsoleState {
  if (fresh.length === 0) return state;
  const all = mergeByTime(state.records, fresh);
  const excess = Math.max(0, all.length - capacity);
  if (excess === 0) return { ...state, records: all };
  return {
    ...state,
    records: all.slice(excess),
    leftOutCount: state.leftOutCount + excess,
    nextBeforeId: greatestId(all.slice(0, excess)) + 1,
  };
}

function takeOlder(state: ConsoleState, page: LogPage, capacity: number): ConsoleState {
  const known = new Set(state.records.map(({ id }) => id));
  const all = mergeByTime(
    byTime(page.records).filter(({ id }) => !known.has(id)),
    state.records,
  );
  const excess = Math.max(0, all.length - capacity);
  return {
    ...state,
    records: excess === 0 ? all : all.slice(0, capacity),
    origins: withOrigins(state.origins, page.origins),
    nextBeforeId: page.nextBeforeId,
    cutShort: page.cutShort,
    loadingOlder: false,
    problem: null,
    // Somebody reads far above: what lies below is let go, and the way back to the end reads it anew.
    endIsAway: state.endIsAway || excess > 0,
    leftOutCount: state.leftOutCount + excess,
  };
}

/** Both by time; those of `before` first where times are equal. Appends without a look where it can, which is nearly always. */
function mergeByTime(before: readonly LogRecord[], after: readonly LogRecord[]): readonly LogRecord[] {
  const sorted = isOrdered(after) ? after : byTime(after);
  const last = before.at(-1);
  const first = sorted[0];
  if (last === undefined) return sorted;
  if (first === undefined) return before;
  if (first.atMs >= last.atMs) return [...before, ...sorted];
  return [...before, ...sorted].sort((a, b) => a.atMs - b.atMs || a.id - b.id);
}

function byTime(records: readonly LogRecord[]): readonly LogRecord[] {
  return [...records].sort((a, b) => a.atMs - b.atMs || a.id - b.id);
}

function isOrdered(records: readonly LogRecord[]): boolean {
  return records.every((record, index) => (records[index - 1]?.atMs ?? Number.NEGATIVE_INFINITY) <= record.atMs);
}

/** The same object where nothing is new: rows depend on it. */
function withOrigins(before: ConsoleState['origins'], more: ConsoleState['origins']): ConsoleState['origins'] {
  const isNew = Object.entries(more).some(([key, { name, kind }]) => before[key]?.name !== name || before[key]?.kind !== kind);
  return isNew ? { ...before, ...more } : before;
}

function greatestId(records: readonly LogRecord[]): number {
  return records.reduce((most, { id }) => Math.max(most, id), 0);
}
