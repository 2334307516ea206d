import { Agent as HttpAgent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { type Unavailable, unavailable } from '../../src-shared/reading';
import { say } from '../../src-shared/sentence';
import type { KubernetesContext } from '../../src-shared/snapshots/pods';
import type { LoadedKubeconfig } from './kubernetes-config';
import { shorten } from './kubernetes-errors';
import { consentKey, type ExecPlugin, needsConsent, type PluginCredentials, parseExecPlugin } from './kubernetes-exec-plugin';
import type { PluginRuns } from './kubernetes-plugin-runs';
import { proxyOf } from './kubernetes-proxy';

/** What one request carries. */
export interface RequestAccess {
  readonly agent: HttpAgent;
  readonly headers: Readonly<Record<string, string>>;
}

export interface KubernetesAccessDeps {
  readonly kubeconfig: LoadedKubeconfig;
  readonly context: KubernetesContext;
  readonly pluginRuns: PluginRuns;
  /** Keys of the plug-ins that the person agreed to. */
  readonly agreedKeys: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly monotonicMs: () => number;
  readonly signal: AbortSignal;
}

/** Certificate files, plug-ins and identity providers are asked again this often: all of them rotate. */
const rereadEveryMs = 30_000;

/**
 * Credentials and transport of one context: certificates, proxies, tokens and OpenID Connect by the driver; plug-ins by us,
 * because the driver runs them unasked, without a time limit and without telling them what kubectl tells them.
 */
export class KubernetesAccess {
  private access: RequestAccess | null = null;
  private readAtMs = Number.NEGATIVE_INFINITY;
  private pending: Promise<RequestAccess | Unavailable> | null = null;

  constructor(private readonly deps: KubernetesAccessDeps) {}

  /** `renew`: the cluster refused what it was given, so nothing kept is used. One run at a time, whoever asks. */
  async get(renew: boolean): Promise<RequestAccess | Unavailable> {
    const fresh = this.deps.monotonicMs() - this.readAtMs < rereadEveryMs;
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
    const { kubeconfig, context, pluginRuns, agreedKeys, signal } = this.deps;
    const user = kubeconfig.driver.getUser(context.user);
    const legacy = user?.authProvider?.name as unknown;
    if (legacy === 'gcp' || legacy === 'azure' || legacy === 'exec') {
      return unavailable(
        'not-configured',
        say('cluster.why.oldProvider', { context: context.name, provider: legacy }),
        say('cluster.remedy.provider'),
      );
    }
    const raw: unknown = user?.exec;
    if (!raw) return this.apply(null);
    const plugin = parseExecPlugin(raw, clusterInfo(kubeconfig, context));
    if (plugin === null) return unavailable('not-configured', say('cluster.why.noCommand', { context: context.name }));
    if (!agreedKeys.includes(consentKey(plugin))) return needsConsent(plugin, context);
    const credentials = await pluginRuns.get(plugin, context, renew, signal);
    return 'reason' in credentials ? credentials : this.apply(credentials);
  }

  private async apply(credentials: PluginCredentials | null): Promise<RequestAccess | Unavailable> {
    const options: RequestOptions = {};
    try {
      await driverOf(this.deps, credentials).applyToHTTPSOptions(options);
    } catch (error) {
      return judgeDriverError(error, this.deps.context);
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(options.headers ?? {})) if (typeof value === 'string') headers[name] = value;
    if (typeof options.auth === 'string') headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    const { agent } = options;
    if (!(agent instanceof HttpAgent)) throw new Error('The driver gave no agent');
    keepSockets(agent);
    // One pool of sockets for the life of the connection, unless a certificate changed.
    const before = this.access;
    const sameSockets = before !== null && identityOf(before.agent) === identityOf(agent);
    if (before !== null && !sameSockets) before.agent.destroy();
    this.readAtMs = this.deps.monotonicMs();
    this.access = { agent: sameSockets ? before.agent : agent, headers };
    return this.access;
  }
}

/** The driver with this context alone; what a plug-in gave stands in for the plug-in. */
function driverOf({ kubeconfig, context, environment }: KubernetesAccessDeps, credentials: PluginCredentials | null) {
  const { driver } = kubeconfig;
  const one: typeof driver = Object.create(driver);
  const { exec: _exec, ...user } = driver.getUser(context.user) ?? { name: context.user };
  one.users = [{ ...user, ...(credentials === null ? {} : userOf(credentials)) }];
  one.contexts = [{ name: context.name, cluster: context.cluster, user: user.name }];
  const cluster = driver.getCluster(context.cluster);
  if (cluster !== null) {
    const proxyUrl = cluster.proxyUrl ?? proxyOf(cluster.server, environment);
    // For plain http, as `kubectl proxy` serves it, the driver wants to hear that nothing is verified.
    const skipTLSVerify = cluster.skipTLSVerify || cluster.server.startsWith('http:');
    one.clusters = [{ ...cluster, skipTLSVerify, ...(proxyUrl === null ? {} : { proxyUrl }) }];
  }
  one.setCurrentContext(context.name);
  return one;
}

function userOf({ token, clientCertificate, clientKey }: PluginCredentials) {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    ...(token === null ? {} : { token }),
    ...(clientCertificate === null ? {} : { certData: base64(clientCertificate) }),
    ...(clientKey === null ? {} : { keyData: base64(clientKey) }),
  };
}

/** Files that are missing, and refusals of an identity provider. */
function judgeDriverError(error: unknown, context: KubernetesContext): Unavailable {
  const { code, message, path } = error as { code?: unknown; message?: unknown; path?: unknown };
  if (typeof path === 'string') {
    return unavailable('not-configured', say('cluster.why.missingFile', { path, code: String(code) }), say('cluster.remedy.fetch'));
  }
  return unavailable(
    'permission-denied',
    say('cluster.why.noCredentials', { context: context.name, words: shorten(String(message ?? error)) }),
    say('cluster.remedy.loginOnly'),
  );
}

function clusterInfo({ driver }: LoadedKubeconfig, context: KubernetesContext): NonNullable<ExecPlugin['cluster']> {
  const authority = driver.getCluster(context.cluster)?.caData;
  return { server: context.server ?? '', ...(authority === undefined ? {} : { 'certificate-authority-data': authority }) };
}

function identityOf(agent: HttpAgent): string {
  const { cert, key, ca } = optionsOf(agent);
  return JSON.stringify([cert, key, ca].map((part) => (part === undefined || part === null ? null : String(part))));
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
