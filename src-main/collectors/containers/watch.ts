import type { ContainerEvent } from '../../../src-shared/contract/containers';
import { unavailable } from '../../../src-shared/reading';
import { say } from '../../../src-shared/sentence';
import type { ContainerCrash } from '../../../src-shared/snapshots/containers';
import type { Clock } from '../../platform/clock';
import {
  type ContainerEngineClient,
  ContainerEngineError,
  type EngineContainer,
  type EngineEvent,
  type FollowedContainer,
} from '../../platform/container-engine';
import { isAlive } from './derive';
import { type ContainerHistories, newestEventAtMs } from './engine-histories';
import { acrossGap, applyToHistory, isKnown, noHistory, recentCrashes } from './history';

/** Engines keep only some hundred events, drop them for slow readers and lose all at a restart: they are a hint, not a ledger. */
const reconcileEveryMs = 30_000;
/** Events from before the list are asked for too, so that nothing falls between subscribing and listing. */
const usualOverlapMs = 5_000;
const parallelInspects = 8;

/** Events after which a container must be looked at again. Others (exec_* for each health probe, attach, top …) change nothing. */
const tellingActions = new Set([
  'create',
  'start',
  'die',
  'died',
  'restart',
  'stop',
  'kill',
  'oom',
  'pause',
  'unpause',
  'rename',
  'update',
]);
const endingActions = new Set(['destroy', 'remove']);

export interface WatchedContainer {
  readonly container: EngineContainer;
  /** The verdict on its last end; null: that was before LogScope watched. */
  readonly stopRequested: boolean | null;
  readonly recentCrashes: readonly ContainerCrash[];
}

/**
 * The containers of one connection, kept true by events: one list at the start and every 30 s, and one inspect for each
 * container that an event or the list says has changed.
 */
export class ContainerWatch {
  private readonly containers = new Map<string, EngineContainer>();
  private readonly listed = new Map<string, string>();
  private readonly changed = new Set<string>();
  /** With a history from an earlier connection, and not looked at yet by this one. */
  private readonly inherited: Set<string>;
  private readonly startedSeen = new Set<string>();
  private readonly startedSinceAnnounced = new Set<string>();
  /** Destroyed while an inspect of them may still be on its way; ids are never used again. */
  private readonly destroyed = new Set<string>();
  private readonly lifetime = new AbortController();
  private inspecting: Promise<void> | null = null;
  private failure: unknown = null;
  private reconciledAtMs = Number.NEGATIVE_INFINITY;
  private malformed = 0;

  constructor(
    private readonly client: ContainerEngineClient,
    private readonly clock: Clock,
    private readonly onFollowed: (containers: readonly FollowedContainer[]) => void,
    private readonly histories: ContainerHistories = new Map(),
    private readonly overlapMs = usualOverlapMs,
  ) {
    this.inherited = new Set(histories.keys());
  }

  get malformedCount(): number {
    return this.malformed;
  }

  /** Subscribes first, lists second. Throws ContainerEngineError. */
  async start(signal: AbortSignal): Promise<void> {
    // After a break: from the newest event that was seen on, which tells what happened meanwhile unless the engine forgot it.
    const usualMs = this.clock.nowMs() - this.overlapMs;
    const sinceMs = Math.min(usualMs, newestEventAtMs(this.histories) ?? usualMs);
    const events = await this.client.events(sinceMs, this.lifetime.signal);
    void this.pump(events);
    await this.reconcile(signal);
  }

  /** The present containers and what was seen of their ends. Throws when the connection broke meanwhile. */
  async read(signal: AbortSignal): Promise<readonly WatchedContainer[]> {
    if (this.failure !== null) throw this.failure;
    if (this.clock.monotonicMs() - this.reconciledAtMs >= reconcileEveryMs) await this.reconcile(signal);
    else await this.inspectChanged(signal);
    if (this.failure !== null) throw this.failure;
    const nowMs = this.clock.nowMs();
    return [...this.containers.values()].map((container) => {
      const history = this.histories.get(container.id) ?? noHistory;
      return { container, stopRequested: history.intent.stopRequested, recentCrashes: recentCrashes(history, container, nowMs) };
    });
  }

  /** As of the last inspect of it; null when this engine does not have it. */
  find(id: string): EngineContainer | null {
    return this.containers.get(id) ?? null;
  }

  /** What happened to it since LogScope watches, newest first. */
  eventsOf(id: string): readonly ContainerEvent[] {
    return [...(this.histories.get(id) ?? noHistory).events].reverse();
  }

  /** LogScope itself is about to end it: an end that comes now was asked for, whatever the engine announces, and when. */
  noteAsked(id: string): void {
    const history = this.histories.get(id) ?? noHistory;
    this.histories.set(id, { ...history, intent: { ...history.intent, askedAtMs: this.clock.nowMs() } });
  }

  close(): void {
    this.lifetime.abort();
  }

  private async pump(events: AsyncIterable<EngineEvent | { readonly kind: 'malformed' }>): Promise<void> {
    try {
      for await (const event of events) {
        if (event.kind === 'malformed') this.malformed += 1;
        else this.apply(event);
      }
      this.fail(new ContainerEngineError('The engine closed the event stream', null, engineGone(this.client)));
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (!this.lifetime.signal.aborted) this.failure ??= error;
  }

  private apply(event: EngineEvent): void {
    const { containerId: id, action } = event;
    if (endingActions.has(action)) {
      this.forget(id);
      this.destroyed.add(id);
      this.announce();
      return;
    }
    // All that engines tell of a start that they could not do.
    if (action === 'disconnect' && (this.containers.get(id)?.startedAtMs ?? null) === null) this.lookAt(id);
    if (!tellingActions.has(action) && !action.startsWith('health_status')) return;
    const history = this.histories.get(id) ?? noHistory;
    if (isKnown(history, event)) return;
    this.histories.set(id, applyToHistory(history, event));
    // Looked at after its creation it may run already, before its start is told: its log is wanted from the beginning then too.
    if (action === 'create' || action === 'start') this.startedSeen.add(id);
    if (action === 'start') {
      this.startedSinceAnnounced.add(id);
    }
    this.lookAt(id);
  }

  /** At once, not at the next reading: a container that lives for moments must still have its log read. */
  private lookAt(id: string): void {
    this.changed.add(id);
    this.inspectChanged(this.lifetime.signal).catch((error: unknown) => this.fail(error));
  }

  private async reconcile(signal: AbortSignal): Promise<void> {
    // One that events tell of while the list is on its way is not in it, and not gone either.
    const before = [...this.containers.keys(), ...this.inherited];
    const entries = await this.client.list(signal);
    const present = new Set(entries.map(({ id }) => id));
    for (const id of before) if (!present.has(id)) this.forget(id);
    for (const { id, name, state, status } of entries) {
      const digest = `${state} ${name} ${/\((?:healthy|unhealthy|health: starting)\)/.exec(status)?.[0] ?? ''}`;
      const known = this.containers.get(id);
      // A probe that fails again is not announced: its output is looked up here. Nor is, in the network of another container, a failed start.
      const isUntold = known?.health === 'unhealthy' || known?.state === 'created';
      if (this.listed.get(id) !== digest || known?.state !== state || isUntold) this.changed.add(id);
      this.listed.set(id, digest);
    }
    this.reconciledAtMs = this.clock.monotonicMs();
    await this.inspectChanged(signal);
    this.destroyed.clear();
    this.announce();
  }

  /** One run at a time; a caller that comes meanwhile waits for the run and for what changed during it. */
  private async inspectChanged(signal: AbortSignal): Promise<void> {
    while (this.changed.size > 0 || this.inspecting !== null) {
      this.inspecting ??= this.inspectBatch(signal).finally(() => {
        this.inspecting = null;
      });
      await this.inspecting;
    }
  }

  private async inspectBatch(signal: AbortSignal): Promise<void> {
    const ids = [...this.changed];
    this.changed.clear();
    const next = ids.values();
    const worker = async () => {
      for (const id of next) await this.inspect(id, signal);
    };
    try {
      await Promise.all(Array.from({ length: Math.min(parallelInspects, ids.length) }, worker));
    } catch (error) {
      for (const id of ids) this.changed.add(id);
      throw error;
    }
    this.announce();
  }

  private async inspect(id: string, signal: AbortSignal): Promise<void> {
    const container = await this.client.inspect(id, signal);
    if (container === null || this.destroyed.has(id)) return this.forget(id);
    this.containers.set(id, container);
    const history = this.histories.get(id);
    if (this.inherited.delete(id) && history !== undefined) this.histories.set(id, acrossGap(history, container));
  }

  private forget(id: string): void {
    this.containers.delete(id);
    this.listed.delete(id);
    this.histories.delete(id);
    this.inherited.delete(id);
    this.changed.delete(id);
    this.startedSeen.delete(id);
    this.startedSinceAnnounced.delete(id);
  }

  private announce(): void {
    const running: FollowedContainer[] = [];
    const momentary: FollowedContainer[] = [];
    for (const container of this.containers.values()) {
      const { id, name, tty, startedAtMs } = container;
      if (startedAtMs === null) continue;
      const followed = { id, name, tty, startedAtMs, startedWhileWatching: this.startedSeen.has(id) };
      if (isAlive(container)) running.push(followed);
      else if (this.startedSinceAnnounced.has(id)) momentary.push(followed);
    }
    // An id whose inspect is still to come stays noted for the announcement after it.
    for (const id of [...this.startedSinceAnnounced]) if (!this.changed.has(id)) this.startedSinceAnnounced.delete(id);
    if (momentary.length > 0) this.onFollowed([...running, ...momentary]);
    this.onFollowed(running);
  }
}

function engineGone(client: ContainerEngineClient) {
  const place = `${client.identity.endpoint} (${client.identity.origin})`;
  return unavailable('not-running', say('engine.why.closed', { place }), say('engine.remedy.startAgain'));
}
