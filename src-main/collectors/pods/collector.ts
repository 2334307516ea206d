import { setTimeout as delay } from 'node:timers/promises';
import type { KubernetesContexts, PodEvents } from '../../../src-shared/contract/pods';
import { type Outcome, ok, type Unavailable, unavailable } from '../../../src-shared/reading';
import { say } from '../../../src-shared/sentence';
import type { Settings } from '../../../src-shared/settings';
import type { PodsFacts } from '../../../src-shared/snapshots/pods';
import type { Clock } from '../../platform/clock';
import type { KubernetesConnector } from '../../platform/kubernetes-connect';
import { type LoggedPod, type PodFeed, PodLogError, type PodLogs, type WatchedPods } from '../../platform/pod-logs';
import type { Collector } from '../collector';
import { deriveLogged } from './derive-logged';
import type { WatchedPod } from './parse';
import { openPodLog, podsOfOwner, readPodEvents } from './read-logs';
import { PodSession } from './session';
import { usualPatience, type WatchPatience } from './watch';

export interface PodsCollectorDeps {
  readonly connector: KubernetesConnector;
  readonly clock: Clock;
  readonly choice: () => Settings['kubernetes'];
  readonly patience?: WatchPatience;
  /** How long a reading waits for the first list. */
  readonly attachWithinMs?: number;
}

export interface PodsCollector extends Collector<'pods'> {
  readonly podLogs: PodLogs;
  readonly podFeed: PodFeed;
  /** Events about a pod and its owners. */
  events(namespace: string, name: string): Promise<PodEvents>;
  /** What could be chosen, also while the present choice cannot be reached. */
  contexts(): Promise<KubernetesContexts>;
  close(): Promise<void>;
}

/** A first list over a slow line, or a plug-in that opens a browser page, may take longer than one reading. */
const usualAttachWithinMs = 7_000;
const eventsWithinMs = 10_000;

/** Being attached, or a try at it. */
interface Attachment {
  /** Of the choice and the kubeconfig that it was made of. */
  readonly of: string;
  readonly lifetime: AbortController;
  readonly opening: Promise<PodSession | Unavailable>;
  session: PodSession | null;
}

/**
 * Pods of the chosen cluster. Attached at the first reading and again when the choice or a kubeconfig changes; between
 * readings the watch alone works, so that a quiet cluster costs nothing.
 */
export function createPodsCollector(deps: PodsCollectorDeps): PodsCollector {
  const { connector, clock, patience = usualPatience, attachWithinMs = usualAttachWithinMs } = deps;
  let attachment: Attachment | null = null;
  let closed = false;
  const logged = createLoggedPods();

  function detach(): void {
    attachment?.lifetime.abort();
    attachment?.session?.close();
    attachment = null;
  }

  function attach(of: string, choice: Settings['kubernetes']): Attachment {
    const lifetime = new AbortController();
    const opening = PodSession.open(choice, { connector, clock, patience }, lifetime.signal);
    const opened: Attachment = { of, lifetime, opening, session: null };
    attachment = opened;
    // A try that nobody waits for any more must still be closed when it succeeds, and its failure is nobody's.
    opening.then(
      (result) => {
        if ('reason' in result) return;
        if (attachment === opened && !closed) opened.session = result;
        else result.close();
      },
      () => undefined,
    );
    return opened;
  }

  async function collect(signal: AbortSignal): Promise<Outcome<PodsFacts>> {
    const stamp = await connector.stamp();
    const choice = deps.choice();
    const of = JSON.stringify([stamp, choice]);
    if (attachment !== null && attachment.of !== of) detach();
    const current = attachment ?? attach(of, choice);
    if (current.session === null) {
      const result = await Promise.race([openedOrFailed(current), delay(attachWithinMs, null, { signal, ref: false }).catch(() => null)]);
      if (result === null) return stillStarting(choice.context);
      if ('reason' in result) {
        if (attachment === current) detach();
        return result;
      }
    }
    return readSession(current);
  }

  async function openedOrFailed(current: Attachment): Promise<PodSession | Unavailable> {
    try {
      return await current.opening;
    } catch (error) {
      if (attachment === current) detach();
      throw error;
    }
  }

  function readSession({ session }: Attachment): Outcome<PodsFacts> {
    if (session === null) return unavailable('starting', say('cluster.why.changing'));
    try {
      const { failure } = session.watch;
      if (failure === null) return ok(session.read(), warningsOf(session));
      detach();
      return failure;
    } catch (error) {
      // A bug in the watch: told once, and begun anew at the next reading.
      detach();
      throw error;
    }
  }

  return {
    id: 'pods',
    everyMs: 1_000,
    timeoutMs: 10_000,
    collect,
    contexts: () => connector.contexts(),
    async events(namespace, name) {
      const session = attachment?.session ?? null;
      if (session === null) return { events: [], unreadable: 'No cluster is connected.' };
      const pod = [...session.watch.read()].find(({ facts }) => facts.namespace === namespace && facts.name === name);
      const relatives = pod?.relatives ?? [{ kind: 'Pod', name }];
      return readPodEvents(session.client, namespace, relatives, AbortSignal.timeout(eventsWithinMs));
    },
    podLogs: {
      open(request, signal) {
        const session = attachment?.session ?? null;
        if (session === null) return Promise.reject(new PodLogError('No cluster is connected.', null));
        const known = podsOfOwner(session.watch.read(), request.namespace, 'Pod', request.name)[0];
        return openPodLog(session.client, request.container ?? known?.containers[0] ?? null, request, signal);
      },
      podsOf(namespace, ownerKind, ownerName) {
        const session = attachment?.session ?? null;
        return session === null ? [] : podsOfOwner(session.watch.read(), namespace, ownerKind, ownerName);
      },
    },
    podFeed: {
      watched() {
        const session = attachment?.session ?? null;
        return session === null ? null : logged(session);
      },
    },
    close: async () => {
      closed = true;
      detach();
    },
  };
}

/** The same list while nothing changed, and in a new one the same pods where they did not. */
function createLoggedPods(): (session: PodSession) => WatchedPods {
  const known = new WeakMap<WatchedPod, LoggedPod>();
  let latest: { readonly session: PodSession; readonly version: number; readonly answer: WatchedPods } | null = null;
  function loggedOf(pod: WatchedPod): LoggedPod {
    const found = known.get(pod) ?? deriveLogged(pod);
    known.set(pod, found);
    return found;
  }
  return (session) => {
    const { version } = session.watch;
    if (latest?.session === session && latest.version === version) return latest.answer;
    const before = latest?.answer.watch ?? 0;
    const watch = latest?.session === session ? before : before + 1;
    latest = { session, version, answer: { watch, pods: [...session.watch.read()].map(loggedOf) } };
    return latest.answer;
  };
}

function stillStarting(context: string): Unavailable {
  const detail = context === '' ? say('cluster.why.readingCurrent') : say('cluster.why.reading', { context });
  return unavailable('starting', detail, say('cluster.remedy.waitLogin'));
}

function warningsOf({ notes, watch }: PodSession): readonly string[] {
  const { malformedCount } = watch;
  return malformedCount === 0 ? notes : [...notes, `${malformedCount} messages of the cluster could not be read.`];
}
