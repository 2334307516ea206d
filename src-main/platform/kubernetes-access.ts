import { Agent as HttpAgent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { type Unavailable, unavailable } from '../../src-shared/reading';
import type { KubernetesContext } from '../../src-shared/snapshots/pods';
import type { LoadedKubeconfig } from './kubernetes-config';
import { shorten } from './kubernetes-errors';
import {
  consentKey,
  type ExecPlugin,
  needsConsent,
  type PluginCredentials,
  type PluginDeps,
  parseExecPlugin,
  runExecPlugin,
} from './kubernetes-exec-plugin';

/** What one request carries. */
export interface RequestAccess {
  readonly agent: HttpAgent;
  readonly headers: Readonly<Record<string, string>>;
}

/** Credentials this close to their end are fetched anew. */
const expiryMarginMs = 30_000;
/** Certificate files and identity providers are asked again this often: both rotate. */
const rereadEveryMs = 60_000;

/**
 * Credentials and transport of one context: certificates, proxies, tokens and OpenID Connect by the driver; plug-ins by us,
 * because the driver runs them unasked, without a time limit and without telling them what kubectl tells them.
 */
export class KubernetesAccess {
  private plugin: PluginCredentials | null = null;
  private access: RequestAccess | null = null;
  private readAtMs = Number.NEGATIVE_INFINITY;
  private pending: Promise<RequestAccess | Unavailable> | null = null;

  constructor(
    private readonly kubeconfig: LoadedKubeconfig,
    private readonly context: KubernetesContext,
    private readonly deps: PluginDeps & { readonly nowMs: () => number; readonly agreedKeys: readonly string[] },
    private readonly signal: AbortSignal,
  ) {}

  /** `renew`: the cluster refused what it was given, so nothing kept is used. One run at a time, whoever asks. */
  async get(renew: boolean): Promise<RequestAccess | Unavailable> {
    const nowMs = this.deps.nowMs();
    const expiresAtMs = this.plugin?.expiresAtMs ?? Number.POSITIVE_INFINITY;
    const fresh = nowMs - this.readAtMs < rereadEveryMs && nowMs < expiresAtMs - expiryMarginMs;
    if (!renew && fresh && this.access !== null) return this.access;
    this.pending ??= this.read(renew).finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  close(): void {
    this.access?.agent.destroy();
    this.access = null;
  }

  private async read(renew: boolean): Promise<RequestAccess | Unavailable> {
    const user = this.kubeconfig.driver.getUser(this.context.user);
    const legacy = user?.authProvider?.name as unknown;
    if (legacy === 'gcp' || legacy === 'azure' || legacy === 'exec') {
      return unavailable(
        'not-configured',
        `Context ${this.context.name} uses the auth-provider "${legacy}", which kubectl dropped in 1.26.`,
        'Fetch a new kubeconfig from the provider: it names a credential plug-in instead.',
      );
    }
    const raw: unknown = user?.exec;
    if (raw) {
      const plugin = parseExecPlugin(raw, clusterInfo(this.kubeconfig, this.context));
      if (plugin === null) return unavailable('not-configured', `The exec entry of context ${this.context.name} names no command.`);
      const credentials = await this.credentialsOf(plugin, renew);
      if ('reason' in credentials) return credentials;
      this.plugin = credentials;
    }
    return this.apply();
  }

  private async credentialsOf(plugin: ExecPlugin, renew: boolean): Promise<PluginCredentials | Unavailable> {
    if (!this.deps.agreedKeys.includes(consentKey(plugin))) return needsConsent(plugin, this.context);
    const kept = this.plugin;
    const expiresAtMs = kept?.expiresAtMs ?? Number.POSITIVE_INFINITY;
    if (kept !== null && !renew && this.deps.nowMs() < expiresAtMs - expiryMarginMs) return kept;
    return runExecPlugin(plugin, this.context, this.deps, this.signal);
  }

  private async apply(): Promise<RequestAccess | Unavailable> {
    const options: RequestOptions = {};
    try {
      await this.driverFor().applyToHTTPSOptions(options);
    } catch (error) {
      return this.judgeDriverError(error);
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(options.headers ?? {})) if (typeof value === 'string') headers[name] = value;
    if (typeof options.auth === 'string') headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    const { agent } = options;
    if (!(agent instanceof HttpAgent)) throw new Error('The driver gave no agent');
    // One pool of sockets for the life of the connection, unless a client certificate changed with the credentials.
    keepSockets(agent);
    this.readAtMs = this.deps.nowMs();
    const before = this.access;
    const sameSockets = before !== null && sameIdentity(before.agent, agent);
    if (before !== null && !sameSockets) before.agent.destroy();
    this.access = { agent: sameSockets ? before.agent : agent, headers };
    return this.access;
  }

  /** The driver with this context alone; what a plug-in gave stands in for the plug-in. */
  private driverFor() {
    const { driver } = this.kubeconfig;
    const user = driver.getUser(this.context.user);
    const cluster = driver.getCluster(this.context.cluster);
    const { plugin } = this;
    const one = Object.create(driver) as typeof driver;
    one.contexts = [{ name: this.context.name, cluster: this.context.cluster, user: this.context.user }];
    // For plain http, as `kubectl proxy` serves it, the driver wants to hear that nothing is verified.
    if (cluster !== null) one.clusters = [cluster.server.startsWith('http:') ? { ...cluster, skipTLSVerify: true } : cluster];
    const { exec: _exec, ...rest } = user ?? { name: this.context.user };
    const fromPlugin = plugin === null ? {} : pluginUser(plugin);
    one.users = [{ ...rest, ...fromPlugin }];
    one.setCurrentContext(this.context.name);
    return one;
  }

  private judgeDriverError(error: unknown): Unavailable {
    const { code, message, path } = error as { code?: unknown; message?: unknown; path?: unknown };
    if (typeof path === 'string') {
      return unavailable(
        'not-configured',
        `The kubeconfig names ${path}, which cannot be read (${String(code)}).`,
        'Fetch the kubeconfig anew.',
      );
    }
    return unavailable(
      'permission-denied',
      `There are no credentials for context ${this.context.name}: ${shorten(String(message ?? error))}.`,
      'Log in again as this cluster wants it (kubectl get pods tells how).',
    );
  }
}

function pluginUser({ token, clientCertificate, clientKey }: PluginCredentials) {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    ...(token === null ? {} : { token }),
    ...(clientCertificate === null ? {} : { certData: base64(clientCertificate) }),
    ...(clientKey === null ? {} : { keyData: base64(clientKey) }),
  };
}

function clusterInfo(kubeconfig: LoadedKubeconfig, context: KubernetesContext): NonNullable<ExecPlugin['cluster']> {
  const cluster = kubeconfig.driver.getCluster(context.cluster);
  const authority = cluster?.caData;
  return { server: context.server ?? '', ...(authority === undefined ? {} : { 'certificate-authority-data': authority }) };
}

function sameIdentity(one: HttpAgent, other: HttpAgent): boolean {
  const identity = (agent: HttpAgent) => {
    const { cert, key, ca } = optionsOf(agent);
    return JSON.stringify([cert, key, ca].map((part) => (part === undefined || part === null ? null : String(part))));
  };
  return identity(one) === identity(other);
}

/** What the typings of Node keep to themselves. */
function optionsOf(agent: HttpAgent): { keepAlive?: boolean; readonly cert?: unknown; readonly key?: unknown; readonly ca?: unknown } {
  return (agent as HttpAgent & { options: object }).options;
}

/** The driver makes its agents without, and takes no word on it. */
function keepSockets(agent: HttpAgent): void {
  optionsOf(agent).keepAlive = true;
  (agent as HttpAgent & { keepAlive: boolean }).keepAlive = true;
}
