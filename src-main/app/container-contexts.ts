import type { Container, PodsSnapshot, ProcessFacts } from '../../src-shared/snapshots';
import type { Clock } from '../platform/clock';
import type { ContainerContext, PodContext } from '../rules/process-context';
import { heldContainerId } from '../rules/role/unwrap-titles';
import type { AskedAnswers } from './asked-answers';
import { createRecentStarts } from './recent-starts';
import { createSameObjects } from './same-object';

/** What only a question to the engine tells. */
export interface ContainerSettings {
  readonly restartPolicy: string;
  readonly privileged: boolean;
}

export interface ContainerContextsDeps {
  readonly clock: Clock;
  /** Of the latest readings; empty and null while there are none. */
  readonly latestContainers: () => readonly Container[];
  readonly latestPods: () => PodsSnapshot | null;
  readonly settings: AskedAnswers<ContainerSettings>;
}

/** The container and the pod each process belongs to. A containerd-shim belongs to the container it keeps. */
export function createContainerContexts({ clock, latestContainers, latestPods, settings }: ContainerContextsDeps): {
  containerOf(process: ProcessFacts): ContainerContext | null;
  podOf(uid: string | null): PodContext | null;
} {
  const starts = createRecentStarts();
  const same = createSameObjects<ContainerContext>();
  let byId = new Map<string, Container>();
  let madeOf: readonly Container[] | null = null;
  let contexts = new Map<string, { readonly context: ContainerContext; readonly settings: ContainerSettings | null }>();
  let pods = new Map<string, PodContext>();
  let podsOf: PodsSnapshot | null = null;

  function refresh(): void {
    const containers = latestContainers();
    if (containers !== madeOf) {
      madeOf = containers;
      byId = new Map(containers.map((one) => [one.id, one]));
      contexts = new Map();
      starts.keepOnly(new Set(byId.keys()));
    }
    const snapshot = latestPods();
    if (snapshot === podsOf) return;
    podsOf = snapshot;
    pods = new Map((snapshot?.pods ?? []).map(({ uid, namespace, name, owner }) => [uid, { uid, namespace, name, owner }]));
  }

  function contextOf(container: Container, podUid: string | null): ContainerContext {
    const asked = settings.get(container.id);
    const before = contexts.get(container.id);
    if (before !== undefined && before.settings === asked) return before.context;
    const ports = container.ports.filter(({ hostPort, hostAddress }) => hostPort !== null && !isLoopback(hostAddress));
    const context = same(container.id, {
      id: container.id,
      name: container.name,
      image: container.image,
      restartPolicy: asked?.restartPolicy ?? null,
      mainPid: container.pid,
      pod: podUid === null ? null : (pods.get(podUid) ?? (container.pod === null ? null : { uid: podUid, owner: null, ...container.pod })),
      recentStartCount: starts.note(container.id, container.restartCount, clock.nowMs()),
      memoryLimitBytes: container.memoryLimited ? container.memoryLimitBytes : null,
      publishedPorts: [...new Set(ports.map(({ containerPort }) => containerPort))],
      privileged: asked?.privileged ?? null,
    });
    contexts.set(container.id, { context, settings: asked });
    return context;
  }

  return {
    containerOf(process) {
      refresh();
      const id = process.container ?? heldContainerId(process);
      const container = id === null ? undefined : byId.get(id);
      return container === undefined ? null : contextOf(container, process.pod);
    },
    podOf(uid) {
      refresh();
      return uid === null ? null : (pods.get(uid) ?? null);
    },
  };
}

function isLoopback(address: string | null): boolean {
  return address !== null && (address === '::1' || address.startsWith('127.'));
}
