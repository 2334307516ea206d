import type { KubernetesProgram } from '../../src-shared/contract/pods';
import type { LoadedKubeconfig } from './kubernetes-config';
import { consentKey, parseExecPlugin, shownCommand } from './kubernetes-exec-plugin';

/**
 * The credential programs of all contexts. The settings keep only the hash of an agreed one; its command is looked up here, so
 * that what is shown is always what the hash stands for.
 */
export function programsOf({ contexts, driver }: LoadedKubeconfig): readonly KubernetesProgram[] {
  const byKey = new Map<string, KubernetesProgram>();
  for (const context of contexts) {
    const plugin = parseExecPlugin(driver.getUser(context.user)?.exec, { server: context.server ?? '' });
    if (plugin === null) continue;
    const key = consentKey(plugin);
    const users = byKey.get(key)?.contexts ?? [];
    byKey.set(key, { key, command: shownCommand(plugin), contexts: [...users, context.name] });
  }
  return [...byKey.values()];
}
