import type { Clock } from '../../platform/clock';
import {
  type ContainerEngineClient,
  ContainerEngineError,
  type EngineContainer,
  type EngineEvent,
  type FollowedContainer,
} from '../../platform/container-engine';
import { isAlive } from './derive';
import { applyToIntent, noIntent, type StopIntent } from './stop-intent';

/** Engines keep only some hundred events, drop them for slow readers and lose all at a restart: they are a hint, not a ledger. */
const reconcileEveryMs = 30_000;
/** Events from before the list are asked for too, so that nothing falls between subscribing and listing. */
const overlapMs = 5_000;
const parallelInspects = 8;

/** Events after which a container must be looked at again. Others (exec_* for each health probe, attach, top …) change nothing. */
const tellingActions = new Set([
  'create',
  'start',
  'die',
  'died',
  'stop',
  'kill',
  'oom',
  'pause',
  'unpause',
  'rename',
  'restart',
  'update',
]);
const endingActions = new Set(['destroy', 'remove']);

/**
 * The containers of one connection, kept true by events: one list at the start and every 30 s, and one inspect for each
 * container that an event or the list says has changed.
 */
export class ContainerWatch {
  private readonly containers = new Map<string, EngineContainer>();
  private readonly listed = new Map<string, string>();
  private readonly intents = new Map<string, StopIntent>();
  private readonly changed = new Set<string>();
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
  ) {}

  get malformedCount(): number {
    return this.malformed;
  }

  /** Subscribes first, lists second. Throws ContainerEngineError. */
  async start(signal: AbortSignal): Promise<void> {
    const events = await this.client.events(this.clock.nowMs() - overlapMs, this.lifetime.signal);
    void this.pump(events);
    await this.reconcile(signal);
  }

  /** The present containers with the verdict on each one's last end. Throws when the connection broke meanwhile. */
  async read(signal: AbortSignal): Promise<readonly { readonly container: EngineContainer; readonly stopRequested: boolean | null }[]> {
    if (this.failure !== null) throw this.failure;
    if (this.clock.monotonicMs() - this.reconciledAtMs >= reconcileEveryMs) await this.reconcile(signal);
    else await this.inspectChanged(signal);
    if (this.failure !== null) throw this.failure;
    return [...this.containers.values()].map((container) => ({
      container,
      stopRequested: (this.intents.get(container.id) ?? noIntent).stopRequested,
    }));
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
    if (!tellingActions.has(action) && !action.startsWith('health_status')) return;
    this.intents.set(id, applyToIntent(this.intents.get(id) ?? noIntent, event));
    // Looked at after its creation it may run already, before its start is told: its log is wanted from the beginning then too.
    if (action === 'create' || action === 'start') this.startedSeen.add(id);
    if (action === 'start') {
      this.startedSinceAnnounced.add(id);
    }
    this.changed.add(id);
    // At once, not at the next reading: a container that lives for moments must still have its log read.
    this.inspectChanged(this.lifetime.signal).catch((error: unknown) => this.fail(error));
  }

  private async reconcile(signal: AbortSignal): Promise<void> {
    const entries = await this.client.list(signal);
    const present = new Set(entries.map(({ id }) => id));
    for (const id of [...this.containers.keys()]) if (!present.has(id)) this.forget(id);
    for (const { id, name, state, status } of entries) {
      const digest = `${state} ${name} ${/\((?:healthy|unhealthy|health: starting)\)/.exec(status)?.[0] ?? ''}`;
      if (this.listed.get(id) !== digest || this.containers.get(id)?.state !== state) this.changed.add(id);
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
    if (container === null || this.destroyed.has(id)) this.forget(id);
    else this.containers.set(id, container);
  }

  private forget(id: string): void {
    this.containers.delete(id);
    this.listed.delete(id);
    this.intents.delete(id);
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
  return {
    kind: 'unavailable',
    reason: 'not-running',
    detail: `The engine at ${client.identity.endpoint} (${client.identity.origin}) closed the connection.`,
    hint: 'Start the engine again; LogScope attaches by itself.',
  } as const;
}
