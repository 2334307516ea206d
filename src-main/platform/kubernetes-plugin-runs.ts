import type { Unavailable } from '../../src-shared/reading';
import type { KubernetesContext } from '../../src-shared/snapshots/pods';
import type { Clock } from './clock';
import { consentKey, type ExecPlugin, type PluginCredentials, type PluginDeps, runExecPlugin } from './kubernetes-exec-plugin';

/** Credentials this close to their end are fetched anew. */
const expiryMarginMs = 30_000;
/** Credentials that the cluster refused are not fetched anew more often than this. */
const renewEveryMs = 30_000;
/** A plug-in that failed is left alone for a while; longer when it took its time: then it may have opened a browser page. */
const restAfterFailureMs = 30_000;
const restAfterSlowFailureMs = 300_000;
const slowMs = 5_000;

interface Run {
  readonly result: PluginCredentials | Unavailable;
  /** By the clock that is never set. */
  readonly endedAtMs: number;
  readonly tookMs: number;
}

/** What each plug-in gave last, kept over connections: changing the namespace must not make anybody log in again. */
export class PluginRuns {
  private readonly runs = new Map<string, Run>();

  constructor(private readonly deps: PluginDeps & Pick<Clock, 'nowMs' | 'monotonicMs'>) {}

  /** `renew`: the cluster refused the credentials given before. */
  async get(plugin: ExecPlugin, context: KubernetesContext, renew: boolean, signal: AbortSignal): Promise<PluginCredentials | Unavailable> {
    const key = consentKey(plugin);
    const before = this.runs.get(key);
    const startedAtMs = this.deps.monotonicMs();
    if (before !== undefined && isStillGood(before, renew, startedAtMs - before.endedAtMs, this.deps.nowMs())) return before.result;
    const result = await runExecPlugin(plugin, context, this.deps, signal);
    const endedAtMs = this.deps.monotonicMs();
    if (!signal.aborted) this.runs.set(key, { result, endedAtMs, tookMs: endedAtMs - startedAtMs });
    return result;
  }

  /** The kubeconfig changed: a person may have mended what was wrong. */
  forgetFailures(): void {
    for (const [key, { result }] of this.runs) if ('reason' in result) this.runs.delete(key);
  }
}

function isStillGood({ result, tookMs }: Run, renew: boolean, ageMs: number, nowMs: number): boolean {
  if ('reason' in result) {
    // One that is not there costs nothing to look for, and may just have been installed.
    if (result.reason === 'not-installed') return false;
    return ageMs < (tookMs >= slowMs ? restAfterSlowFailureMs : restAfterFailureMs);
  }
  if (renew) return ageMs < renewEveryMs;
  return result.expiresAtMs === null || nowMs < result.expiresAtMs - expiryMarginMs;
}
