import { type KubernetesClient, KubernetesError, pathOf } from '../../platform/kubernetes';
import { type PodUsages, parseMetrics } from './parse-metrics';

/** metrics-server itself measures every 15 s. */
const everyMs = 15_000;
/** One that is not there, or not for us, is asked again at leisure. */
const absentEveryMs = 300_000;

const nothing: PodUsages = new Map();

/** CPU and memory from metrics-server, directly. Asked when the collector comes by and it is time; never waited for. */
export class PodUsage {
  private usagesNow: PodUsages = nothing;
  private why: string | null = null;
  private changes = 0;
  private dueAtMs = Number.NEGATIVE_INFINITY;
  private asking = false;
  private unexpected: unknown = null;

  constructor(
    private readonly client: KubernetesClient,
    private readonly namespace: string | null,
    /** The cluster did not answer at all. */
    private readonly onUnreachable: () => void,
  ) {}

  get version(): number {
    return this.changes;
  }

  get usages(): PodUsages {
    return this.usagesNow;
  }

  /** Null while it answers. */
  get unavailable(): string | null {
    return this.why;
  }

  /** Throws what a bug in an earlier asking threw. */
  askWhenDue(monotonicMs: number, signal: AbortSignal): void {
    if (this.unexpected !== null) throw this.unexpected;
    if (this.asking || monotonicMs < this.dueAtMs) return;
    this.asking = true;
    this.dueAtMs = monotonicMs + everyMs;
    this.ask(monotonicMs, signal)
      .catch((error: unknown) => {
        this.unexpected = error;
      })
      .finally(() => {
        this.asking = false;
      });
  }

  private async ask(monotonicMs: number, signal: AbortSignal): Promise<void> {
    const place = this.namespace === null ? '/pods' : pathOf('namespaces', this.namespace, 'pods');
    try {
      const usages = parseMetrics(await this.client.getJson(`/apis/metrics.k8s.io/v1beta1${place}`, {}, signal));
      if (usages === null) this.set(nothing, 'metrics-server gave an answer that could not be read.');
      else this.set(usages, null);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof KubernetesError)) throw error;
      if (error.statusCode === null) {
        // The figures as last seen stay beside the pods as last seen.
        this.onUnreachable();
        return;
      }
      this.dueAtMs = monotonicMs + absentEveryMs;
      this.set(nothing, wordsOf(error));
    }
  }

  private set(usages: PodUsages, why: string | null): void {
    if (usages === nothing && this.usagesNow === nothing && why === this.why) return;
    this.usagesNow = usages;
    this.why = why;
    this.changes += 1;
  }
}

function wordsOf({ statusCode, message }: KubernetesError): string {
  if (statusCode === 404) return 'This cluster has no metrics-server: pods are shown without CPU and memory.';
  if (statusCode === 401 || statusCode === 403) return `These rights do not allow to read CPU and memory: ${message}.`;
  return `metrics-server does not answer (${statusCode}): ${message}.`;
}
