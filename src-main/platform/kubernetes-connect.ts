import type { KubernetesContexts } from '../../src-shared/contract/pods';
import { type Unavailable, unavailable } from '../../src-shared/reading';
import { say } from '../../src-shared/sentence';
import type { KubernetesContext } from '../../src-shared/snapshots/pods';
import type { Clock } from './clock';
import type { KubernetesClient } from './kubernetes';
import { KubernetesAccess } from './kubernetes-access';
import { HttpKubernetesClient } from './kubernetes-client';
import { kubeconfigPlaces, type LoadedKubeconfig, loadKubeconfig, stampOfFiles } from './kubernetes-config';
import { shorten } from './kubernetes-errors';
import type { PluginDeps } from './kubernetes-exec-plugin';
import { PluginRuns } from './kubernetes-plugin-runs';
import { programsOf } from './kubernetes-programs';

export interface KubernetesConnectorDeps extends PluginDeps, Clock {
  readonly home: string;
  readonly version: string;
}

interface KubernetesChoice {
  /** Empty: the kubeconfig's current one. */
  readonly context: string;
  readonly agreedCommands: readonly string[];
}

type KubernetesConnection =
  | { readonly kind: 'connected'; readonly client: KubernetesClient; readonly contexts: readonly KubernetesContext[] }
  | Unavailable;

export interface KubernetesConnector {
  /** Changes whenever a kubeconfig does; null when there is none. Costs one stat a file. */
  stamp(): Promise<string | null>;
  /** All contexts of the kubeconfigs, whether or not one can be reached, which is the current one, and the programs they name. */
  contexts(): Promise<KubernetesContexts>;
  /** A client of the chosen context, or why there is none. Nothing is sent yet. Throws only what is unexpected. */
  connect(choice: KubernetesChoice, signal: AbortSignal): Promise<KubernetesConnection>;
}

/** Looks at KUBECONFIG and ~/.kube/config anew at each call, since they change under us. */
export function createKubernetesConnector(deps: KubernetesConnectorDeps): KubernetesConnector {
  let kept: { readonly stamp: string; readonly kubeconfig: LoadedKubeconfig } | null = null;
  const pluginRuns = new PluginRuns(deps);
  const places = () => kubeconfigPlaces(deps.environment, deps.home);
  const stamp = () => stampOfFiles(places().paths);

  async function load(): Promise<LoadedKubeconfig | Unavailable> {
    const { origin, paths } = places();
    const now = await stampOfFiles(paths);
    if (now === null) return judgeNoFile(origin, paths);
    if (kept?.stamp === now) return kept.kubeconfig;
    pluginRuns.forgetFailures();
    try {
      kept = { stamp: now, kubeconfig: await loadKubeconfig(paths) };
      return kept.kubeconfig;
    } catch (error) {
      return judgeUnreadable(error, paths);
    }
  }

  return {
    stamp,
    async contexts() {
      const kubeconfig = await load();
      return 'reason' in kubeconfig
        ? { contexts: [], current: null, programs: [] }
        : { contexts: kubeconfig.contexts, current: kubeconfig.currentContext, programs: programsOf(kubeconfig) };
    },
    async connect(choice, signal) {
      const kubeconfig = await load();
      if ('reason' in kubeconfig) return kubeconfig;
      const context = chooseContext(kubeconfig, choice.context);
      if ('reason' in context) return context;
      const { environment, monotonicMs } = deps;
      const { agreedCommands: agreedKeys } = choice;
      const access = new KubernetesAccess({ kubeconfig, context, pluginRuns, agreedKeys, environment, monotonicMs, signal });
      const client = new HttpKubernetesClient({ context, access, userAgent: `LogScope/${deps.version}` });
      return { kind: 'connected', client, contexts: kubeconfig.contexts };
    },
  };
}

function chooseContext(kubeconfig: LoadedKubeconfig, wanted: string): KubernetesContext | Unavailable {
  const { contexts, currentContext } = kubeconfig;
  const names = contexts.map(({ name }) => name);
  const others =
    names.length === 0 ? say('cluster.remedy.thereIsNone') : say('cluster.remedy.thereAre', { names: shorten(names.join(', ')) });
  const name = wanted === '' ? currentContext : wanted;
  if (name === null) return unavailable('not-configured', say('cluster.why.noCurrent'), [say('cluster.remedy.choose'), others]);
  const context = contexts.find((one) => one.name === name);
  if (context === undefined) {
    return unavailable('not-configured', say('cluster.why.noContext', { context: name }), [say('cluster.remedy.chooseOther'), others]);
  }
  if (context.server === null || !URL.canParse(context.server) || !/^https?:/.test(context.server)) {
    return unavailable('not-configured', say('cluster.why.noAddress', { context: name }), [say('cluster.remedy.chooseOther'), others]);
  }
  return context;
}

function judgeNoFile(origin: 'KUBECONFIG' | 'home', paths: readonly string[]): Unavailable {
  const hint = say('cluster.remedy.noFile');
  return origin === 'home'
    ? unavailable('not-configured', say('cluster.why.noFile', { paths: paths.join(', ') }), hint)
    : unavailable('not-configured', say('cluster.why.noNamedFile', { paths: paths.join(', ') }), hint);
}

function judgeUnreadable(error: unknown, paths: readonly string[]): Unavailable {
  const { code, path, name, message } = error as { code?: unknown; path?: unknown; name?: unknown; message?: unknown };
  if (code === 'EACCES' || code === 'EPERM') {
    return unavailable('permission-denied', say('cluster.why.fileDenied', { path: String(path) }), say('cluster.remedy.ownFile'));
  }
  if (typeof code === 'string')
    return unavailable('not-configured', say('cluster.why.fileUnreadable', { path: String(path ?? paths[0]), code }));
  // What the driver and its YAML reader throw for contents: YAMLException, TypeError for a list where a map should be.
  const words = shorten(String(message ?? error).split('\n')[0] ?? '');
  return unavailable(
    'not-configured',
    say('cluster.why.fileStrange', { paths: paths.join(', '), name: String(name), words }),
    say('cluster.remedy.view'),
  );
}
