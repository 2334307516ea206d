import { isSidecar, type RawContainerStatus, type RawPod, type RawTerminated } from './pod-json';

export interface PrintedStatus {
  /** The STATUS column of `kubectl get pods`. */
  readonly status: string;
  /** Its RESTARTS column. */
  readonly restartCount: number;
}

/**
 * What `kubectl get pods` prints, from the same fields by the same steps. The cluster computes that column for kubectl and
 * not for others (source: printPod in kubernetes/pkg/printers/internalversion, 1.33).
 */
export function deriveStatus(pod: RawPod): PrintedStatus {
  const status = pod.status;
  const conditions = status?.conditions ?? [];
  const isTrue = (type: string) => conditions.some((one) => one.type === type && one.status === 'True');
  const gated = conditions.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated');
  const init = deriveInit(pod);
  const phase = status?.phase ?? 'Unknown';
  const outer = gated ? 'SchedulingGated' : status?.reason || phase;
  const pastInit = init.status === null || isTrue('Initialized');
  const main = pastInit ? deriveMain(status?.containerStatuses ?? [], init.status ?? outer, isTrue('Ready')) : init.status;
  const restartCount = pastInit ? init.sidecarRestarts + sumRestarts(status?.containerStatuses ?? []) : init.restarts;
  return { status: whileDeleted(pod, phase) ?? main ?? outer, restartCount };
}

/** The first init container that is not done tells how far it got; null status when all are. */
function deriveInit(pod: RawPod): { readonly status: string | null; readonly restarts: number; readonly sidecarRestarts: number } {
  const specs = new Map((pod.spec?.initContainers ?? []).map((spec) => [spec.name, spec]));
  let restarts = 0;
  let sidecarRestarts = 0;
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    restarts += container.restartCount ?? 0;
    const sidecar = isSidecar(specs.get(container.name));
    if (sidecar) sidecarRestarts += container.restartCount ?? 0;
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0 || (sidecar && container.started === true)) continue;
    if (terminated) return { status: `Init:${endWord(terminated)}`, restarts, sidecarRestarts };
    const word = waiting?.reason && waiting.reason !== 'PodInitializing' ? waiting.reason : `${index}/${specs.size}`;
    return { status: `Init:${word}`, restarts, sidecarRestarts };
  }
  return { status: null, restarts, sidecarRestarts };
}

/** The first container with something to tell wins. */
function deriveMain(containers: readonly RawContainerStatus[], otherwise: string, podIsReady: boolean): string {
  let word: string | null = null;
  let runs = false;
  for (const { state, ready } of containers) {
    if (state?.waiting?.reason) word ??= state.waiting.reason;
    else if (state?.terminated) word ??= endWord(state.terminated);
    else if (ready === true && state?.running) runs = true;
  }
  if ((word ?? otherwise) === 'Completed' && runs) return podIsReady ? 'Running' : 'NotReady';
  return word ?? otherwise;
}

function endWord({ reason, signal, exitCode }: RawTerminated): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`);
}

function whileDeleted(pod: RawPod, phase: string): string | null {
  if (!pod.metadata.deletionTimestamp) return null;
  if (pod.status?.reason === 'NodeLost') return 'Unknown';
  return phase === 'Succeeded' || phase === 'Failed' ? null : 'Terminating';
}

function sumRestarts(containers: readonly RawContainerStatus[]): number {
  return containers.reduce((sum, { restartCount }) => sum + (restartCount ?? 0), 0);
}
