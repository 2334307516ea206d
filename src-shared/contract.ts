import { z } from 'zod';
import type { Alert, AlertChange } from './alerts';
import { containerRequests } from './contract/containers';
import { logStreamRequests } from './contract/log-streams';
import { logRequests } from './contract/logs';
import { podRequests } from './contract/pods';
import { policyRequests } from './contract/policies';
import { portRequests } from './contract/ports';
import { processRequests } from './contract/processes';
import { nothing, request } from './contract/request';
import { serviceRequests } from './contract/services';
import { trafficRequests } from './contract/traffic';
import type { Finding, Place } from './judgement';
import type { Level } from './level';
import { type MetricPoint, metricIds } from './metrics';
import { type Settings, settingsPatchSchema } from './settings';
import { type AnyReading, type SourceId, sourceIds } from './snapshots';

/**
 * The one API of the product. IPC, HTTP and the tests all carry these names; nothing else crosses a door.
 * Inputs are checked by their schema at dispatch; outputs are ours and only typed.
 */
export const requests = {
  'app.info': request<AppInfo>()(nothing),
  'readings.latest': request<readonly AnyReading[]>()(nothing),
  /** Collect one source now (joins a run under way) and reset its back-off. */
  'readings.refresh': request<AnyReading>()(z.object({ source: z.enum(sourceIds) }).strict()),
  'engine.pause': request<{ readonly paused: boolean }>()(z.object({ paused: z.boolean() }).strict()),
  'self.latest': request<SelfCost>()(nothing),
  'history.range': request<readonly MetricPoint[]>()(
    z.object({ metric: z.enum(metricIds), subject: z.string().max(1024), fromMs: z.number().int(), toMs: z.number().int() }).strict(),
  ),
  /** What is wrong at the latest look, whether it held long enough to be an alert or not: for one-shot commands. */
  'problems.current': request<Problems>()(nothing),
  /** Active alerts first, then the most recent cleared ones; newest first within each. */
  'alerts.list': request<readonly Alert[]>()(nothing),
  'alerts.dismiss': request<{ readonly dismissed: number }>()(z.object({ ids: z.array(z.string().max(200)).max(1000) }).strict()),
  ...processRequests,
  ...portRequests,
  ...policyRequests,
  ...containerRequests,
  ...podRequests,
  ...serviceRequests,
  ...logStreamRequests,
  ...logRequests,
  ...trafficRequests,
  'settings.get': request<Settings>()(nothing),
  'settings.change': request<Settings>()(settingsPatchSchema, { destructive: true }),
} as const;

export * from './contract/containers';
export * from './contract/log-streams';
export * from './contract/logs';
export * from './contract/pods';
export * from './contract/policies';
export * from './contract/ports';
export * from './contract/processes';
export type { ActionResult } from './contract/request';
export * from './contract/services';
export * from './contract/traffic';

export type RequestName = keyof typeof requests;
export type InputOf<N extends RequestName> = z.input<(typeof requests)[N]['input']>;
export type OutputOf<N extends RequestName> = NonNullable<(typeof requests)[N]['output']>;
export const requestNames = Object.keys(requests) as readonly RequestName[];

export interface Events {
  /** The latest reading of a source; state: an older one not yet delivered is replaced. */
  readonly reading: AnyReading;
  /** A source was read again and everything is as in its latest reading: only the time is new. State, like a reading. */
  readonly unchanged: UnchangedReading;
  readonly alert: AlertChange;
  readonly self: SelfCost;
  readonly settings: Settings;
  /** Collecting was paused or taken up again by a person, through whichever door. State. */
  readonly paused: { readonly paused: boolean };
  /** Something about LogScope itself that the user should know (a settings file set aside). */
  readonly notice: Notice;
  /** Go to a place: from the tray or a clicked notification. */
  readonly navigate: Place;
}
export type EventName = keyof Events;
export const eventNames = [
  'reading',
  'unchanged',
  'alert',
  'self',
  'settings',
  'paused',
  'notice',
  'navigate',
] as const satisfies readonly EventName[];

export interface UnchangedReading {
  readonly source: SourceId;
  readonly startedAtMs: number;
  readonly tookMs: number;
}

/** An event as it travels: its name beside its payload. */
export type AnyEvent = { readonly [E in EventName]: { readonly event: E; readonly payload: Events[E] } }[EventName];

export type ErrorCode = 'unknown-request' | 'bad-input' | 'not-allowed' | 'not-found' | 'expired' | 'refused' | 'unexpected';
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string } };

/** The product seen from a window: two functions. */
export interface LogScopeClient {
  /**
   * Rejects with RequestError when the reply is not ok. `signal` takes back a question whose answer nobody waits for any more: a browser
   * has six connections to the door, and a question that waits for something to happen keeps one.
   */
  request<N extends RequestName>(name: N, input: InputOf<N>, signal?: TakenBack): Promise<OutputOf<N>>;
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
}

/** What clients need of an `AbortSignal`: shared code knows neither the browser's nor Node's. */
export interface TakenBack {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
}

/** A refused or failed request, with the code of its reply. */
export class RequestError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'RequestError';
  }
}

export interface AppInfo {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly door: 'electron' | 'web' | 'cli';
  /** Destructive requests are served through this door. */
  readonly actionsAllowed: boolean;
  /** The language "system" stands for. */
  readonly systemLanguage: 'en' | 'ko';
  readonly runtime: { readonly node: string; readonly electron: string | null; readonly chrome: string | null };
  readonly paused: boolean;
}

/** What LogScope itself costs, over its whole process tree, and what it had to leave out. */
export interface SelfCost {
  readonly atMs: number;
  readonly cpuCores: number | null;
  readonly memoryBytes: number | null;
  /** How memory was counted: pss is honest over several processes, rss counts shared pages again. */
  readonly memoryKind: 'pss' | 'rss';
  /** Events thrown away because a window could not keep up. */
  readonly droppedEventCount: number;
  readonly level: Level;
}

/** `level` is the worst finding; `unknown` when a source that every machine has (the host) cannot be read. */
export interface Problems {
  readonly level: Level;
  /** Worst first. */
  readonly findings: readonly Finding[];
}

export interface Notice {
  readonly id: string;
  /** Message key `notice.<id>` and its values. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
}
