import type { Unavailable } from '../../../src-shared/reading';
import type { ContainerEngine, EngineDiskUse, EngineState } from '../../../src-shared/snapshots/containers';
import {
  type AccessibleContainer,
  type ContainerEngineClient,
  ContainerEngineError,
  type FollowedContainer,
} from '../../platform/container-engine';
import { type EngineConnector, judgeStarting } from '../../platform/container-engine-connect';
import type { EngineEndpoint, FoundEndpoint } from '../../platform/container-engine-endpoint';
import { Attachment, type AttachmentDeps, type AttachmentReading } from './attachment';
import { type EngineTrouble, judgeFailedTry, pauseAfterMiss } from './engine-trouble';

export interface EngineSessionDeps extends AttachmentDeps {
  readonly connector: EngineConnector;
  /** Asks for the right to watch the engine of this unique id; false: another session watches it already, over another address. */
  claim(uniqueId: string, session: EngineSession): boolean;
  /** Whether some session watches it at present. */
  isWatched(uniqueId: string): boolean;
  onFollowed(): void;
}

/** One place where an engine is or may be: found, tried, attached, lost, tried again; with the state that is told of it. */
export class EngineSession {
  readonly id: string;
  readonly origin: string;
  private readonly endpoint: EngineEndpoint | null;
  readonly isNamed: boolean;
  private attached: Attachment | null = null;
  /** From the moment that the engine answered: logs are asked for while the attachment is still being opened. */
  private connected: ContainerEngineClient | null = null;
  private trouble: EngineTrouble | null = null;
  private attempt: Promise<void> | null = null;
  private readonly lifetime = new AbortController();
  private misses = 0;
  private triedAtMs = Number.NEGATIVE_INFINITY;
  private seen: string | null = null;
  private seenChangedAtMs: number | null = null;
  private identity: ContainerEngine | null = null;
  private coreCount: number | null = null;
  private diskUse: EngineDiskUse | null = null;
  /** Set while this address leads to an engine that another session watches: that engine's unique id. */
  private duplicateOf: string | null = null;
  private unexpected: unknown = null;
  private nowFollowed: readonly FollowedContainer[] = [];
  private known = new Set<string>();

  constructor(
    found: FoundEndpoint,
    private readonly deps: EngineSessionDeps,
  ) {
    const { text, origin } = found.kind === 'usable' ? found.endpoint : found;
    this.id = text;
    this.origin = origin;
    this.isNamed = found.named;
    this.endpoint = found.kind === 'usable' ? found.endpoint : null;
    if (found.kind === 'unusable') this.trouble = { state: 'failed', outage: found.why };
  }

  get isAttached(): boolean {
    return this.attached !== null;
  }

  /** Reached through a socket or pipe: an answer, or none, is known at once. */
  get isLocal(): boolean {
    return this.endpoint?.address.kind === 'socket';
  }

  /** It gave data since LogScope runs: its going away is worth telling even when its socket is gone too. */
  get wasOk(): boolean {
    return this.identity !== null;
  }

  /** Attached, or about to be. */
  get isBusy(): boolean {
    return this.attached !== null || this.attempt !== null;
  }

  get client(): ContainerEngineClient | null {
    return this.connected;
  }

  /** Null: not attached, or its engine does not have it. */
  access(id: string): AccessibleContainer | null {
    return this.attached?.access(id) ?? null;
  }

  get outage(): Unavailable | null {
    return this.trouble?.outage ?? null;
  }

  /** What its logs are read of. */
  get followed(): readonly FollowedContainer[] {
    return this.nowFollowed;
  }

  hasContainer(id: string): boolean {
    return this.known.has(id);
  }

  /** Null: nothing is to be told of it, since it leads to an engine that is told of already or was not tried yet. */
  state(): EngineState | null {
    const { id, origin, identity, coreCount, diskUse } = this;
    const common = { id, endpoint: id, origin, identity, coreCount, diskUse };
    if (this.attached !== null) return { ...common, state: 'ok', detail: null, hint: null };
    if (this.trouble === null || this.duplicateOf !== null) return null;
    const { state, outage } = this.trouble;
    const { detail, hint = null, sentences } = outage;
    return { ...common, state, detail, hint, ...(sentences === undefined ? {} : { sentences }) };
  }

  /** Tries to attach when that is due; null when nothing is under way. Does not reject. */
  tryAttach(): Promise<void> | null {
    this.throwUnexpected();
    if (this.attached !== null || this.endpoint === null) return null;
    if (this.attempt === null && this.isDue(this.endpoint)) {
      this.attempt = this.attach(this.endpoint).finally(() => {
        this.attempt = null;
      });
    }
    return this.attempt;
  }

  /** Null: not attached, or it broke just now, which `state` tells. */
  async read(signal: AbortSignal): Promise<AttachmentReading | null> {
    const { attached } = this;
    if (attached === null) return null;
    try {
      const reading = await attached.read(signal);
      this.diskUse = reading.diskUse;
      this.known = new Set([...reading.containers, ...this.nowFollowed].map(({ id }) => id));
      return this.attached === attached ? reading : null;
    } catch (error) {
      if (this.attached === attached) this.lose(error);
      return null;
    }
  }

  /** Another session watches this engine from now on. */
  giveWay(uniqueId: string): void {
    this.duplicateOf = uniqueId;
    this.detach();
  }

  close(): void {
    this.lifetime.abort();
    this.detach();
  }

  private isDue(endpoint: EngineEndpoint): boolean {
    const nowMs = this.deps.clock.monotonicMs();
    const seen = this.deps.connector.look(endpoint);
    const hasChanged = seen !== this.seen;
    if (hasChanged) this.misses = 0;
    if (hasChanged && this.seen !== null) this.seenChangedAtMs = nowMs;
    this.seen = seen;
    if (seen === 'nothing') {
      this.trouble = { state: this.wasOk ? 'stopped' : 'absent', outage: this.deps.connector.judgeAbsent(endpoint, this.isNamed) };
      return false;
    }
    return hasChanged || nowMs - this.triedAtMs >= this.pauseMs();
  }

  private pauseMs(): number {
    if (this.duplicateOf !== null) return this.deps.isWatched(this.duplicateOf) ? duplicatePauseMs : orphanPauseMs;
    return this.trouble === null ? 0 : pauseAfterMiss(this.trouble, this.misses, this.wasOk);
  }

  private async attach(endpoint: EngineEndpoint): Promise<void> {
    const { connector, clock } = this.deps;
    const { signal } = this.lifetime;
    this.triedAtMs = clock.monotonicMs();
    let opened: Attachment | null = null;
    try {
      this.connected = await connector.connect(endpoint, signal);
      const client = this.connected;
      const { uniqueId } = client.about;
      const isTaken = uniqueId !== null && !this.deps.claim(uniqueId, this);
      this.duplicateOf = isTaken ? uniqueId : null;
      if (isTaken || signal.aborted) return this.disconnect();
      opened = await Attachment.open({ client, engineId: this.id, deps: this.deps, signal }, (next) => this.follow(next));
      // Taken over, or closed, while it was opened.
      if (this.duplicateOf !== null || signal.aborted) return this.disconnect(opened);
      this.attached = opened;
      this.trouble = null;
      this.misses = 0;
      this.identity = client.identity;
      this.coreCount = client.machine.coreCount;
    } catch (error) {
      this.disconnect(opened);
      if (!signal.aborted) this.judge(error, endpoint);
    }
  }

  private lose(error: unknown): void {
    this.detach();
    this.triedAtMs = this.deps.clock.monotonicMs();
    if (this.endpoint !== null) this.judge(error, this.endpoint);
    this.throwUnexpected();
  }

  private throwUnexpected(): void {
    const { unexpected } = this;
    this.unexpected = null;
    if (unexpected !== null) throw unexpected;
  }

  private judge(error: unknown, endpoint: EngineEndpoint): void {
    if (!(error instanceof ContainerEngineError)) {
      this.unexpected = error;
      return;
    }
    const changedAgoMs = this.seenChangedAtMs === null ? null : this.deps.clock.monotonicMs() - this.seenChangedAtMs;
    this.trouble = judgeFailedTry({ error, wasOk: this.wasOk, changedAgoMs, starting: judgeStarting(endpoint) });
    this.misses += 1;
  }

  private follow(next: readonly FollowedContainer[]): void {
    if (next.length === 0 && this.nowFollowed.length === 0) return;
    this.nowFollowed = next;
    for (const { id } of next) this.known.add(id);
    this.deps.onFollowed();
  }

  private detach(): void {
    const { attached } = this;
    if (attached === null) return;
    this.attached = null;
    this.disconnect(attached);
  }

  private disconnect(attachment: Attachment | null = null): void {
    attachment?.close();
    this.connected?.close();
    this.connected = null;
    this.known = new Set();
    this.follow([]);
  }
}

/** An address that leads to an engine watched already is asked again this rarely: it may lead elsewhere one day. */
const duplicatePauseMs = 60_000;
/** The same when nothing watches that engine at present: this may be the way that still works. */
const orphanPauseMs = 4_000;
