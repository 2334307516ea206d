import { setTimeout as delay } from 'node:timers/promises';
import type { Unavailable } from '../../../src-shared/reading';
import type { PodsFacts } from '../../../src-shared/snapshots/pods';
import type { Clock } from '../../platform/clock';
import { type KubernetesClient, KubernetesError } from '../../platform/kubernetes';
import type { WatchedPod } from './parse';
import { listPods, type WatchEvent, watchPods } from './read';

/** How patient a watch is; shorter in tests. */
export interface WatchPatience {
  /**
   * The cluster is asked to end each watch after this time, so that a connection that died without a word is noticed: informers
   * wait five to ten minutes, but a person looks at this one.
   */
  readonly watchSeconds: number;
  readonly graceMs: number;
  /** Pauses between tries: this much, doubled up to `longestPauseMs`. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const usualPatience: WatchPatience = { watchSeconds: 60, graceMs: 10_000, firstPauseMs: 250, longestPauseMs: 30_000 };

/** A watch that lived this long was no failed try. */
const steadyMs = 10_000;

/**
 * The pods of one namespace (or all), kept true by one list and one watch that is taken up again wherever it broke off. Listed
 * again only when the cluster no longer knows that place; never on a timer.
 */
export class PodWatch {
  private readonly pods = new Map<string, WatchedPod>();
  private readonly lifetime = new AbortController();
  private stream = new AbortController();
  private resourceVersion = '';
  private mustList = false;
  private failures = 0;
  private malformed = 0;
  private changes = 0;
  private brokenNow: PodsFacts['broken'] = null;
  private failed: Unavailable | null = null;
  private unexpected: unknown = null;

  constructor(
    private readonly client: KubernetesClient,
    private readonly namespace: string | null,
    private readonly clock: Clock,
    private readonly patience: WatchPatience,
  ) {}

  /** Counts up with every change of what `read` gives. */
  get version(): number {
    return this.changes;
  }

  get malformedCount(): number {
    return this.malformed;
  }

  get broken(): PodsFacts['broken'] {
    return this.brokenNow;
  }

  /** Set when the cluster refuses us: the watch has ended. Throws what a bug in it threw. */
  get failure(): Unavailable | null {
    if (this.unexpected !== null) throw this.unexpected;
    return this.failed;
  }

  /** Lists, then watches in the background. Throws KubernetesError. */
  async start(signal: AbortSignal): Promise<void> {
    await this.list(signal);
    this.run().catch((error: unknown) => {
      this.unexpected = error;
    });
  }

  read(): Iterable<WatchedPod> {
    return this.pods.values();
  }

  /** Something else found the cluster gone: the watch may be dead without knowing it. */
  suspect(): void {
    if (this.brokenNow === null) this.stream.abort();
  }

  close(): void {
    this.lifetime.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.lifetime;
    while (!signal.aborted) {
      const openedAtMs = this.clock.monotonicMs();
      try {
        if (this.mustList) await this.list(signal);
        await this.follow();
        if (this.clock.monotonicMs() - openedAtMs >= steadyMs) this.failures = 0;
        // A cluster that ends each watch at once must not be asked without a pause.
        else if (this.clock.monotonicMs() - openedAtMs < 1_000) this.failures += 1;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof KubernetesError)) throw error;
        if (!this.survives(error)) return;
      }
      if (this.failures > 0) await this.pause(signal);
    }
  }

  /** One watch from its start to its end. */
  private async follow(): Promise<void> {
    this.stream = new AbortController();
    const { watchSeconds, graceMs } = this.patience;
    const start = { namespace: this.namespace, resourceVersion: this.resourceVersion, seconds: watchSeconds, graceMs };
    const both = AbortSignal.any([this.lifetime.signal, this.stream.signal]);
    const events = await watchPods(this.client, start, both);
    this.setBroken(null);
    for await (const batch of events) for (const event of batch) this.apply(event);
  }

  private apply(event: WatchEvent): void {
    switch (event.kind) {
      case 'present':
        this.pods.set(event.pod.facts.uid, event.pod);
        this.advance(event.pod.resourceVersion);
        break;
      case 'gone':
        this.pods.delete(event.pod.facts.uid);
        this.advance(event.pod.resourceVersion);
        break;
      case 'bookmark':
        this.resourceVersion = event.resourceVersion;
        return;
      case 'error':
        throw new KubernetesError(event.message, event.statusCode, null);
      case 'malformed':
        this.malformed += 1;
    }
    this.changes += 1;
  }

  private advance(resourceVersion: string | null): void {
    if (resourceVersion !== null) this.resourceVersion = resourceVersion;
  }

  /** False: there is no use in trying again with these credentials and rights. */
  private survives(error: KubernetesError): boolean {
    const { statusCode, outage, message } = error;
    if (statusCode === 401 || statusCode === 403 || (outage !== null && outage.reason !== 'unreachable')) {
      this.failed = outage;
      return false;
    }
    if (statusCode === 410) {
      // Nothing is broken: what was missed is in the new list. A second 410 in a row waits.
      if (this.mustList) this.failures += 1;
      this.mustList = true;
      return true;
    }
    this.setBroken({ sinceMs: this.brokenNow?.sinceMs ?? this.clock.nowMs(), detail: outage?.detail ?? message });
    this.failures += 1;
    return true;
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { pods, resourceVersion, malformedCount } = await listPods(this.client, this.namespace, signal);
    const before = new Map(this.pods);
    this.pods.clear();
    for (const pod of pods) {
      const known = before.get(pod.facts.uid);
      const same = known !== undefined && pod.resourceVersion !== null && known.resourceVersion === pod.resourceVersion;
      this.pods.set(pod.facts.uid, same ? known : pod);
    }
    this.resourceVersion = resourceVersion;
    this.malformed = malformedCount;
    this.mustList = false;
    this.changes += 1;
  }

  private setBroken(broken: PodsFacts['broken']): void {
    if (broken === null && this.brokenNow === null) return;
    if (broken?.detail === this.brokenNow?.detail && broken?.sinceMs === this.brokenNow?.sinceMs) return;
    this.brokenNow = broken;
    this.changes += 1;
  }

  /** Doubled with each failure, and by chance up to a fifth shorter: many watchers must not come back in one moment. */
  private async pause(signal: AbortSignal): Promise<void> {
    const { firstPauseMs, longestPauseMs } = this.patience;
    const whole = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.failures - 1, 16));
    await delay(whole * (0.8 + Math.random() * 0.2), undefined, { signal, ref: false }).catch(() => undefined);
  }
}
