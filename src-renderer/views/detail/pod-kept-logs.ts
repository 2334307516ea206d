import type { Pod } from '../../../src-shared/snapshots';
import type { LogSource } from '../../../src-shared/snapshots/logs';

/**
 * A search for the kept lines of a pod. Where an engine of this machine runs its containers, their lines are kept under the names the
 * cluster gives them there: k8s_<container>_<pod>_<namespace>_<uid>_<attempt>.
 */
export function keptLogsQuery(
  { namespace, name }: Pick<Pod, 'namespace' | 'name'>,
  sources: readonly Pick<LogSource, 'kind' | 'name'>[],
): string {
  const ofEngine = `_${name}_${namespace}_`;
  const isOfEngine = sources.some((source) => source.kind === 'container' && source.name.includes(ofEngine));
  return `source:${JSON.stringify(isOfEngine ? ofEngine : `${namespace}/${name}`)}`;
}
