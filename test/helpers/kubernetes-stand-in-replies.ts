import { printedStatus } from './kubernetes-sample-pods';
import type { StoredPod } from './kubernetes-stand-in-store';

/** The parts of the protocol that are plain data: discovery, tables, metrics, refusals. */
export type Refuse = (code: number, reason: string, message: string) => true;

const resource = (name: string, kind: string, namespaced: boolean, verbs: readonly string[], shortNames: readonly string[] = []) => ({
  name,
  singularName: '',
  namespaced,
  kind,
  verbs,
  shortNames,
});
const reading = ['get', 'list', 'watch'];

export const discovery: Readonly<Record<string, unknown>> = {
  '/version': { major: '1', minor: '32', gitVersion: 'v1.32.0-stand-in', platform: 'linux/amd64' },
  '/api': { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [
      resource('pods', 'Pod', true, reading, ['po']),
      resource('pods/log', 'Pod', true, ['get']),
      resource('nodes', 'Node', false, reading, ['no']),
      resource('namespaces', 'Namespace', false, reading, ['ns']),
      resource('events', 'Event', true, reading, ['ev']),
    ],
  },
};

export function apiGroups(metrics: boolean) {
  const version = { groupVersion: 'metrics.k8s.io/v1beta1', version: 'v1beta1' };
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: metrics ? [{ name: 'metrics.k8s.io', versions: [version], preferredVersion: version }] : [],
  };
}

export const metricsResources = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: 'metrics.k8s.io/v1beta1',
  resources: [resource('pods', 'PodMetrics', true, ['get', 'list'])],
};

export function statusReply(code: number, reason: string, message: string) {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}

/** What kubectl prints is made by the server. */
export function tableOf(pods: readonly StoredPod[], version: number, withColumns = true) {
  const column = (name: string, priority = 0) => ({
    name,
    type: 'string',
    format: name === 'Name' ? 'name' : '',
    description: '',
    priority,
  });
  const names = ['Name', 'Ready', 'Status', 'Restarts', 'Age'];
  const columns = [...names.map((name) => column(name)), column('IP', 1), column('Node', 1)];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: String(version) },
    columnDefinitions: withColumns ? columns : null,
    rows: pods.map(rowOf),
  };
}

function rowOf(pod: StoredPod) {
  const statuses = (pod.status.containerStatuses ?? []) as readonly { readonly ready: boolean; readonly restartCount: number }[];
  const annotations = pod.metadata.annotations as Readonly<Record<string, string>>;
  const ready = `${statuses.filter((one) => one.ready).length}/${pod.spec.containers.length}`;
  const restarts = statuses.reduce((sum, one) => sum + one.restartCount, 0);
  return {
    cells: [
      pod.metadata.name,
      ready,
      annotations[printedStatus],
      String(restarts),
      '10m',
      pod.status.podIP ?? '<none>',
      pod.spec.nodeName || '<none>',
    ],
    object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: pod.metadata },
  };
}

/** Usage of every running container, in the units that metrics-server writes. */
export function metricsOf(pod: StoredPod, index: number) {
  const stamp = `${new Date().toISOString().slice(0, 19)}Z`;
  const containers = pod.spec.containers.map(({ name }, place) => ({
    name,
    usage: { cpu: `${((index % 50) + 1) * 1_000_000 + place}n`, memory: `${((index % 50) + 1) * 1024}Ki` },
  }));
  const { name, namespace, labels } = pod.metadata;
  return { metadata: { name, namespace, labels, creationTimestamp: stamp }, timestamp: stamp, window: '15s', containers };
}

/** `a=b,c!=d` of a label or field selector. */
export function selects(selector: string | null, fieldOf: (key: string) => string | undefined): boolean {
  if (selector === null || selector === '') return true;
  return selector.split(',').every((part) => {
    const match = /^([^!=]+)(!=|==?)(.*)$/.exec(part);
    if (match === null) return true;
    const equal = fieldOf(match[1] ?? '') === match[3];
    return match[2] === '!=' ? !equal : equal;
  });
}

export function selectsPod(query: URLSearchParams, pod: StoredPod): boolean {
  const { metadata, spec, status } = pod;
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'spec.nodeName': spec.nodeName,
    'status.phase': status.phase,
  };
  return selects(query.get('labelSelector'), (key) => metadata.labels?.[key]) && selects(query.get('fieldSelector'), (key) => fields[key]);
}
