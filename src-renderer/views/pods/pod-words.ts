import { durationParts, formatBytes, formatPercent } from '../../../src-shared/format';
import { compareLevels } from '../../../src-shared/level';
import type { Pod, PodContainer } from '../../../src-shared/snapshots';
import { compareValues } from '../../components/sort';
import type { SortOrder } from '../../components/sort-header';
import type { Words } from '../../words/use-words';

export const podColumns = ['name', 'namespace', 'status', 'ready', 'restarts', 'age', 'cpu', 'memory', 'owner', 'node', 'why'] as const;
export type PodColumn = (typeof podColumns)[number];

/** Columns whose greatest value one looks for first. */
export const podsDescendingFirst: ReadonlySet<PodColumn> = new Set(['status', 'restarts', 'cpu', 'memory']);
export const podNumbers: ReadonlySet<PodColumn> = new Set(['ready', 'restarts', 'age', 'cpu', 'memory']);

/** Does a place or a selection mean this pod? Both its uid and `namespace/name` do. */
export function isPod(pod: Pick<Pod, 'uid' | 'namespace' | 'name'>, id: string): boolean {
  return pod.uid === id || `${pod.namespace}/${pod.name}` === id;
}

/** Most severe first; those that ended well last; then by namespace and name. */
function worstPodFirst(a: Pod, b: Pod): number {
  return compareLevels(b.level, a.level) || Number(a.level === 'inactive') - Number(b.level === 'inactive') || compareNames(a, b);
}

function compareNames(a: Pod, b: Pod): number {
  return compareValues(a.namespace, b.namespace, false) || compareValues(a.name, b.name, false);
}

export function comparePods(a: Pod, b: Pod, { column, descending }: SortOrder<PodColumn>): number {
  if (column === 'status') return descending ? worstPodFirst(a, b) : worstPodFirst(b, a);
  return compareValues(sortValue(a, column), sortValue(b, column), descending) || worstPodFirst(a, b);
}

function sortValue(pod: Pod, column: Exclude<PodColumn, 'status'>): string | number | null {
  switch (column) {
    case 'name':
      return pod.name;
    case 'namespace':
      return pod.namespace;
    case 'ready':
      return readyCounts(pod).ready;
    case 'restarts':
      return pod.restartCount;
    case 'age':
      return -pod.createdAtMs;
    case 'cpu':
      return pod.cpuCores;
    case 'memory':
      return pod.memoryBytes;
    case 'owner':
      return pod.owner?.name ?? null;
    case 'node':
      return pod.node;
    case 'why':
      return pod.reasons[0]?.text ?? null;
  }
}

/** As kubectl counts READY: the containers that stay, not those that prepare. */
export function readyCounts({ containers }: Pick<Pod, 'containers'>): { readonly ready: number; readonly all: number } {
  const staying = containers.filter((one) => !one.init);
  return { ready: staying.filter((one) => one.ready).length, all: staying.length };
}

/** True when the filter stands anywhere in what the row says. */
export function matchesPod(words: Words, pod: Pod, filter: string): boolean {
  const needle = filter.trim().toLowerCase();
  if (needle === '') return true;
  const { name, namespace, status, node, owner } = pod;
  return (
    `${namespace}/${name} ${status} ${node ?? ''} ${owner === null ? '' : `${owner.kind}/${owner.name}`}`.toLowerCase().includes(needle) ||
    podReasons(words, pod).toLowerCase().includes(needle)
  );
}

/** What is wrong in one line; what helps stands in the panel. */
export function podReasons(words: Words, pod: Pick<Pod, 'reasons'>): string {
  return pod.reasons
    .filter(({ rule }) => !isRemedy(rule))
    .map(words.reason)
    .join(' · ');
}

export function isRemedy(rule: string): boolean {
  return rule.startsWith('pod-remedy-');
}

/** "14 pods · 3 failing · 2 to watch" */
export function podsSummary(words: Words, pods: readonly Pick<Pod, 'level'>[]): string {
  const failing = pods.filter((one) => one.level === 'critical').length;
  const warned = pods.filter((one) => one.level === 'warning').length;
  return [
    words.t('pods.count', { count: pods.length }),
    failing > 0 ? words.t('pods.failing', { count: failing }) : null,
    warned > 0 ? words.t('pods.warned', { count: warned }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Its age by its largest unit: "47 min", "3 d". */
export function formatAge(words: Words, sinceMs: number, nowMs: number): string {
  const [first] = durationParts((nowMs - sinceMs) / 1000);
  return first ? words.t(`unit.${first.unit}`, { amount: first.amount }) : '';
}

/** As `kubectl top` tells it: thousandths of a core. */
export function milliCores(cores: number | null): string | null {
  return cores === null ? null : String(Math.round(cores * 1000));
}

export function cpuLimitText(words: Words, { cpuCores, cpuLimitCores }: Pick<Pod, 'cpuCores' | 'cpuLimitCores'>): string {
  if (cpuLimitCores === null) return words.t('pods.noCpuLimit');
  const percent = formatPercent(cpuCores === null ? null : cpuCores / cpuLimitCores);
  return words.t('pods.cpuOfLimit', { percent, limit: Number(cpuLimitCores.toFixed(3)) });
}

export function memoryLimitText(words: Words, { memoryBytes, memoryLimitBytes }: Pick<Pod, 'memoryBytes' | 'memoryLimitBytes'>): string {
  if (memoryLimitBytes === null) return words.t('pods.noMemoryLimit');
  const percent = formatPercent(memoryBytes === null ? null : memoryBytes / memoryLimitBytes);
  return words.t('pods.memoryOfLimit', { percent, limit: formatBytes(memoryLimitBytes) });
}

const knownExits: ReadonlySet<number> = new Set([0, 1, 126, 127, 130, 137, 139, 143]);

/** How a run ended: "out of memory (137)", "command not found (127)"; the cluster's word where there is no code. Null when unknown. */
export function exitText(words: Words, exitCode: number | null, reason: string | null): string | null {
  if (exitCode === null) return reason;
  if (reason === 'OOMKilled') return words.t('pod.exit.oom', { code: exitCode });
  return knownExits.has(exitCode) ? words.tOr(`pod.exit.${exitCode}`, String(exitCode)) : words.t('pod.exit.other', { code: exitCode });
}

/** State of a container in one line: "waiting · CrashLoopBackOff", "out of memory (137)". */
export function containerStateText(words: Words, one: Pick<PodContainer, 'state' | 'reason' | 'exitCode' | 'ready' | 'init'>): string {
  const state = words.t(`pod.state.${one.state}`);
  if (one.state === 'terminated') return exitText(words, one.exitCode, one.reason) ?? state;
  const parts = [state];
  if (one.reason !== null) parts.push(one.reason);
  if (one.state === 'running' && !one.ready && !one.init) parts.push(words.t('pod.notReady'));
  return parts.join(' · ');
}
