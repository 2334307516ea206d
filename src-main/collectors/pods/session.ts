import { z } from 'zod';
import { type Unavailable, unavailable } from '../../../src-shared/reading';
import { say } from '../../../src-shared/sentence';
import type { Settings } from '../../../src-shared/settings';
import type { KubernetesContext, PodFacts, PodsFacts } from '../../../src-shared/snapshots/pods';
import type { Clock } from '../../platform/clock';
import { type KubernetesClient, KubernetesError } from '../../platform/kubernetes';
import type { KubernetesConnector } from '../../platform/kubernetes-connect';
import { withUsage } from './derive';
import type { WatchedPod } from './parse';
import { PodUsage } from './usage';
import { PodWatch, type WatchPatience } from './watch';

export interface SessionDeps {
  readonly connector: KubernetesConnector;
  readonly clock: Clock;
  readonly patience: WatchPatience;
}

type Choice = Settings['kubernetes'];

/** One cluster, one choice of namespaces, and all that hangs on them. */
export class PodSession {
  private readonly lifetime = new AbortController();
  private readonly usage: PodUsage;
  private facts: { readonly of: string; readonly facts: PodsFacts } | null = null;

  private constructor(
    readonly client: KubernetesClient,
    readonly watch: PodWatch,
    private readonly fixed: Pick<PodsFacts, 'contexts' | 'context' | 'serverVersion' | 'namespace' | 'namespaces'>,
    /** What the person should know about what is shown. */
    readonly notes: readonly string[],
    private readonly clock: Clock,
  ) {
    this.usage = new PodUsage(client, fixed.namespace, () => watch.suspect());
  }

  /** Connects and lists; why it cannot be done is data. The session, or the try, ends when `signal` aborts. */
  static async open(choice: Choice, deps: SessionDeps, signal: AbortSignal): Promise<PodSession | Unavailable> {
    const connection = await deps.connector.connect(choice, signal);
    if (connection.kind !== 'connected') return connection;
    const { client, contexts } = connection;
    try {
      return await PodSession.attach(client, contexts, choice, deps, signal);
    } catch (error) {
      client.close();
      if (!(error instanceof KubernetesError)) throw error;
      const detail = say('cluster.why.strange', { context: client.context.name, server: client.server, words: error.message });
      return error.outage ?? unavailable('unreachable', detail, say('cluster.remedy.strange'));
    }
  }

  private static async attach(
    client: KubernetesClient,
    contexts: readonly KubernetesContext[],
    choice: Choice,
    deps: SessionDeps,
    signal: AbortSignal,
  ): Promise<PodSession> {
    // First and alone: whether the cluster answers at all, and with which credentials.
    const serverVersion = await readVersion(client, signal);
    const startWatch = async (namespace: string | null) => {
      const watch = new PodWatch(client, namespace, deps.clock, deps.patience);
      await watch.start(signal);
      return watch;
    };
    const wanted = choice.namespace === '' ? null : choice.namespace;
    const own = client.context.namespace ?? 'default';
    const namesAsked = readNamespaces(client, signal);
    const listed = await startWatch(wanted).then(
      (watch) => ({ watch, namespace: wanted, notes: [] }),
      async (error: unknown) => {
        if (wanted !== null || !(error instanceof KubernetesError) || error.statusCode !== 403) throw error;
        const note = `These rights do not reach all namespaces; shown is ${own}, the one of the context.`;
        return { watch: await startWatch(own), namespace: own, notes: [note] };
      },
    );
    const { watch, namespace, notes } = listed;
    const fixed = { contexts, context: client.context.name, serverVersion, namespace, namespaces: await namesAsked };
    return new PodSession(client, watch, fixed, notes, deps.clock);
  }

  /** The same object as long as nothing changed. */
  read(): PodsFacts {
    const { watch, usage } = this;
    usage.askWhenDue(this.clock.monotonicMs(), this.lifetime.signal);
    const version = `${watch.version}/${usage.version}`;
    if (this.facts?.of !== version) this.facts = { of: version, facts: this.derive() };
    return this.facts.facts;
  }

  close(): void {
    this.lifetime.abort();
    this.watch.close();
    this.client.close();
  }

  private readonly withFigures = new WeakMap<WatchedPod, { readonly version: number; readonly facts: PodFacts }>();

  private derive(): PodsFacts {
    const { watch, usage } = this;
    const pods = [...watch.read()].map((pod) => this.figuresOf(pod));
    pods.sort((one, other) => compare(one.namespace, other.namespace) || compare(one.name, other.name));
    const { broken } = watch;
    return { ...this.fixed, metricsUnavailable: usage.unavailable, watch: broken === null ? 'live' : 'resuming', broken, pods };
  }

  /** A pod that did not change keeps its identity until its figures change: rules and window need not look at it again. */
  private figuresOf(pod: WatchedPod): PodFacts {
    const { usages, version } = this.usage;
    const known = this.withFigures.get(pod);
    if (known?.version === version) return known.facts;
    const facts = withUsage(pod.facts, usages.get(`${pod.facts.namespace}/${pod.facts.name}`));
    this.withFigures.set(pod, { version, facts });
    return facts;
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const versionSchema = z.object({ gitVersion: z.string() });

/** Null when the cluster keeps it to itself. Throws KubernetesError when it does not answer or refuses the credentials. */
async function readVersion(client: KubernetesClient, signal: AbortSignal): Promise<string | null> {
  try {
    const parsed = versionSchema.safeParse(await client.getJson('/version', {}, signal));
    return parsed.success ? parsed.data.gitVersion : null;
  } catch (error) {
    if (error instanceof KubernetesError && (error.statusCode === 403 || error.statusCode === 404)) return null;
    throw error;
  }
}

const namespacesSchema = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

/** Null when these rights cannot list them. */
async function readNamespaces(client: KubernetesClient, signal: AbortSignal): Promise<readonly string[] | null> {
  try {
    const parsed = namespacesSchema.safeParse(await client.getJson('/api/v1/namespaces', { limit: 1000 }, signal));
    return parsed.success ? parsed.data.items.map(({ metadata }) => metadata.name).sort() : null;
  } catch (error) {
    if (error instanceof KubernetesError) return null;
    throw error;
  }
}
