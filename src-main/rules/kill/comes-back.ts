import type { BetterAction, ComesBack } from '../../../src-shared/contract';
import type { MessageValues } from '../../../src-shared/judgement';
import type { Process } from '../../../src-shared/snapshots';
import type { ContainerContext, PodContext, UnitContext } from '../process-context';
import { type RuleId, reason } from '../reason';
import { plainText } from '../role/command-words';
import { belongsToUnit } from '../role/own-unit';
import type { KillContext } from './kill-verdict';
import { isWrapper, type WatcherKind, watcherKindOf } from './watchers';

export type ComesBackContext = Pick<KillContext, 'platform' | 'unit' | 'container' | 'parent'> & {
  /** The pod its control group names; null: none, or the cluster was not read. */
  readonly pod: PodContext | null;
};

export type Row = Pick<
  Process,
  'pid' | 'ppid' | 'name' | 'exe' | 'command' | 'kernelThread' | 'unit' | 'container' | 'pod' | 'state' | 'id' | 'killClass'
>;
type Rows = readonly Row[];

/** Wrappers (sh -c, npm run, timeout) between a program and what watches it. */
const mostWrappers = 6;

/** What would start the process again after it ended, and why; null: nothing that is known. */
export function judgeComesBack(process: Row, all: Rows, context: ComesBackContext): ComesBack | null {
  if (process.kernelThread || process.pid <= 1) return null;
  const { container, unit } = context;
  const isMain = container === null || container.mainPid === null || container.mainPid === process.pid;
  if (process.pod !== null && isMain) return byPod(process.pod, context.pod ?? container?.pod ?? null);
  if (container !== null && isMain) return byContainer(container) ?? null;
  if (unit !== null && process.container === null && isMainOfUnit(process, all, context, unit)) {
    const back = byUnit(unit, context.platform);
    if (back !== null) return back;
  }
  const watcher = findWatcher(process, (pid) => all.find((one) => one.pid === pid));
  return watcher === null
    ? null
    : comesBack('watcher', watcher.name, watcherReasons[watcher.kind], { name: watcher.name, pid: watcher.row.pid });
}

/** The action that does what a signal would not: through what runs it. Null: a signal is the right way. */
export function judgeBetterAction(process: Row, all: Rows, context: ComesBackContext): BetterAction | null {
  if (process.kernelThread || process.pid <= 1) return null;
  const pod = context.pod ?? context.container?.pod ?? null;
  if (process.pod !== null) return pod === null ? null : { kind: 'look-at-pod', id: pod.uid, name: pod.name };
  if (context.container !== null) return { kind: 'stop-container', id: context.container.id, name: context.container.name };
  if (process.state === 'Z') return stopOf(all.find(({ pid }) => pid === process.ppid) ?? null);
  const { unit } = context;
  if (unit !== null && context.platform === 'linux' && belongsToUnit(process, context)) {
    return { kind: 'stop-unit', unit: unit.unit, scope: unit.scope };
  }
  return stopOf(findWatcher(process, (pid) => all.find((one) => one.pid === pid))?.row ?? null);
}

/** Only what a person may end by the same dialog. */
function stopOf(row: Row | null): BetterAction | null {
  if (row === null || (row.killClass !== 'K3' && row.killClass !== 'K4')) return null;
  return { kind: 'stop-process', id: row.id, name: plainText(row.name), pid: row.pid };
}

const watcherReasons: Readonly<Record<WatcherKind, RuleId>> = {
  supervisor: 'comes-back-supervisor',
  'on-change': 'comes-back-on-change',
  loop: 'comes-back-loop',
  worker: 'comes-back-worker',
};

function comesBack(by: ComesBack['by'], name: string, rule: RuleId, values: MessageValues): ComesBack {
  return { by, name: plainText(name), reason: reason(rule, values) };
}

function byPod(uid: string, pod: PodContext | null): ComesBack {
  const name = plainText(pod?.name ?? uid);
  if (pod?.owner == null) return comesBack('pod', name, 'comes-back-pod', { pod: name });
  const { kind, name: owner } = pod.owner;
  return comesBack('pod', name, 'comes-back-pod-owner', { pod: name, kind: plainText(kind), owner: plainText(owner) });
}

function byContainer({ name, restartPolicy }: ContainerContext): ComesBack | null {
  const container = plainText(name);
  if (restartPolicy === null) return comesBack('container', name, 'comes-back-container-unknown', { container });
  if (restartPolicy === 'always' || restartPolicy === 'unless-stopped') {
    return comesBack('container', name, 'comes-back-container', { container, policy: restartPolicy });
  }
  if (!restartPolicy.startsWith('on-failure')) return null;
  return comesBack('container', name, 'comes-back-container-failure', { container, policy: plainText(restartPolicy) });
}

/** Restart= looks at the end of the main process only; the workers of a service are its master's to start again. */
function isMainOfUnit(process: Row, all: Rows, context: ComesBackContext, unit: UnitContext): boolean {
  if (unit.mainPid !== null) return unit.mainPid === process.pid;
  if (context.platform !== 'linux' || !belongsToUnit(process, context)) return false;
  return all.find(({ pid }) => pid === process.ppid)?.unit !== process.unit;
}

/** SIGTERM counts as a clean end: on-failure and its kin look only at ends by force or with an error (systemd.service(5)). */
const restartsAlways = new Set(['always', 'on-success']);
const restartsByForce = new Set(['on-failure', 'on-abnormal', 'on-abort']);

function byUnit({ unit, restartPolicy, triggers }: UnitContext, platform: NodeJS.Platform): ComesBack | null {
  const name = plainText(unit);
  if (platform === 'darwin') return comesBack('launchd', name, 'comes-back-launchd', { unit: name });
  if (platform === 'win32') return comesBack('windows-service', name, 'comes-back-windows-service', { unit: name });
  if (restartPolicy !== null && restartsAlways.has(restartPolicy)) {
    return comesBack('unit', name, 'comes-back-unit', { unit: name, policy: restartPolicy });
  }
  const [trigger] = triggers;
  if (trigger !== undefined) return comesBack('unit', name, 'comes-back-trigger', { unit: name, trigger: plainText(trigger) });
  if (restartPolicy === null) return comesBack('unit', name, 'comes-back-unit-unknown', { unit: name });
  if (!restartsByForce.has(restartPolicy)) return null;
  return comesBack('unit', name, 'comes-back-unit-by-force', { unit: name, policy: restartPolicy });
}

export interface Watcher {
  readonly kind: WatcherKind;
  readonly name: string;
  readonly row: Row;
}

/** The nearest process above it that is known to start it anew, seen through wrappers. */
export function findWatcher(process: Row, rowOf: (pid: number) => Row | undefined): Watcher | null {
  let child = process;
  const visited = new Set([process.pid]);
  for (let steps = 0; steps <= mostWrappers; steps += 1) {
    const parent = rowOf(child.ppid);
    if (parent === undefined || parent.pid <= 1 || visited.has(parent.pid) || parent.container !== process.container) return null;
    visited.add(parent.pid);
    const found = watcherKindOf(parent, child);
    if (found !== null) return { ...found, name: plainText(found.name), row: parent };
    if (!isWrapper(parent)) return null;
    child = parent;
  }
  return null;
}
