import type { Finding, Reason } from '../../src-shared/judgement';
import type { Level } from '../../src-shared/level';
import type { PodContainer, PodFacts } from '../../src-shared/snapshots';
import { isRecent } from './is-recent';
import { isBadEnd, isOutOfMemory, type PodRunEnd, podExitReasons } from './pod-exit';
import { imageReasons } from './pod-image';
import { type RuleId, reason } from './reason';

/** A failed pod nobody touched for a day is history, not news: listed, but quiet. */
const newsMs = 24 * 3_600_000;
/** The kubelet forgets a back-off after ten good minutes (MaxContainerBackOff doubled); so do we. */
const recentMs = 600_000;
/** Restarted this often and again lately, it loops, also in the moments in which it happens to run. */
const loopRestarts = 3;
const pendingLongMs = 300_000;
const deletingLongMs = 600_000;
const settleMs = 60_000;
const maxMessageLength = 300;

export interface PodVerdict {
  readonly level: Level;
  /** The first one says what is wrong, the others what it means and what helps. */
  readonly reasons: readonly Reason[];
  /** Null when nobody needs to be told. One cause keeps its name while its words change. */
  readonly finding: {
    readonly cause: string;
    readonly level: Finding['level'];
    readonly holdMs: number;
    readonly sinceMs: number | null;
  } | null;
}

const fine: PodVerdict = { level: 'ok', reasons: [], finding: null };

/** What phase, conditions and containers of a pod mean together: the worst that is known. */
export function judgePodState(pod: PodFacts, nowMs: number): PodVerdict {
  if (pod.deletingSinceMs !== null) return judgeDeletion(pod, pod.deletingSinceMs, nowMs);
  if (pod.phase === 'Succeeded') return calm('inactive', reason('pod-completed'));
  if (pod.phase === 'Failed') return judgeFailed(pod, nowMs);
  if (pod.phase === 'Unknown' || pod.reason === 'NodeLost') return nodeLost(pod);
  const broken = pod.containers.map((container) => judgeContainer(pod, container, nowMs)).filter((one) => one !== null);
  const worst = broken.find(({ level }) => level === 'critical') ?? broken[0];
  if (worst !== undefined) return worst;
  return pod.phase === 'Pending' ? judgePending(pod, nowMs) : judgeReadiness(pod, nowMs);
}

function judgeDeletion(pod: PodFacts, sinceMs: number, nowMs: number): PodVerdict {
  if (pod.reason === 'NodeLost') return nodeLost(pod);
  const ageMs = nowMs - sinceMs;
  if (ageMs < deletingLongMs) return calm('inactive', reason('pod-deleting'));
  const reasons = [reason('pod-deleting-long', { count: minutes(ageMs) }), reason('pod-remedy-deleting', nodeOf(pod))];
  return { level: 'warning', reasons, finding: { cause: 'deleting', level: 'warning', holdMs: 0, sinceMs: null } };
}

function nodeLost(pod: PodFacts): PodVerdict {
  const reasons = [reason('pod-node-lost'), reason('pod-remedy-node', nodeOf(pod))];
  return { level: 'critical', reasons, finding: { cause: 'node', level: 'critical', holdMs: 30_000, sinceMs: null } };
}

function judgeFailed(pod: PodFacts, nowMs: number): PodVerdict {
  const ended = pod.containers.filter(({ state }) => state === 'terminated');
  const culprit = ended.find((container) => isBadEnd(container)) ?? null;
  const finishedAtMs = Math.max(...ended.map((container) => container.finishedAtMs ?? 0), pod.startedAtMs ?? 0, pod.createdAtMs);
  const evicted = pod.reason === 'Evicted';
  const level = evicted ? 'warning' : 'critical';
  const reasons = evicted
    ? [reason('pod-evicted', { message: said(pod.message) }), reason('pod-remedy-evicted')]
    : failedReasons(pod, culprit);
  if (nowMs - finishedAtMs >= newsMs) return { level: 'inactive', reasons, finding: null };
  return { level, reasons, finding: { cause: 'failed', level, holdMs: 0, sinceMs: finishedAtMs } };
}

function failedReasons(pod: PodFacts, culprit: PodContainer | null): readonly Reason[] {
  if (culprit !== null && (pod.reason === null || isOutOfMemory(culprit))) {
    const values = { container: culprit.name, exitCode: culprit.exitCode ?? '?' };
    return [reason(isOutOfMemory(culprit) ? 'pod-failed-oom' : 'pod-failed', values), ...podExitReasons(culprit, culprit, false)];
  }
  const word = pod.reason ?? pod.status;
  const first =
    pod.message === null ? reason('pod-failed-word', { word }) : reason('pod-failed-reason', { word, message: said(pod.message) });
  return [first, reason('pod-remedy-events')];
}

/** What is wrong with one container; null when nothing is. */
function judgeContainer(pod: PodFacts, container: PodContainer, nowMs: number): PodVerdict | null {
  const cause = (name: string) => `${name}/${container.name}`;
  if (container.state === 'waiting') {
    const image = imageReasons(pod, container);
    // The first try may fail by chance; the next follows within seconds.
    if (image !== null) return critical(image, cause('image'), container.reason === 'ErrImagePull' ? 15_000 : 0);
    if (container.reason === 'CrashLoopBackOff') return crashLoop(container, cause('runs'));
    if (container.reason === 'CreateContainerConfigError') {
      const values = { container: container.name, message: said(container.message), namespace: pod.namespace };
      return critical([reason('pod-config-error', values), reason('pod-remedy-config', values)], cause('setup'), 10_000);
    }
    if (/Error$/.test(container.reason ?? '')) {
      const values = { container: container.name, word: container.reason ?? '', message: said(container.message) };
      return critical([reason('pod-container-error', values), reason('pod-remedy-events')], cause('setup'), 10_000);
    }
  }
  if (container.state === 'terminated' && isBadEnd(container)) return endedBadly(container, cause('runs'));
  return recentCrash(container, cause('runs'), nowMs);
}

/** Between two runs, or ended for good while others run on. */
function endedBadly(container: PodContainer, cause: string): PodVerdict {
  const values = { container: container.name, exitCode: container.exitCode ?? '?' };
  const why = podExitReasons(container, container, false);
  if (container.init) return critical([reason('pod-init-failed', values), ...why], cause, 10_000);
  if (container.restartCount >= loopRestarts) return crashLoop(container, cause);
  if (isOutOfMemory(container)) return critical([reason('pod-oom-killed', values), ...why], cause, 0);
  return warning([reason('pod-crashed-ended', values), ...why], cause, 5_000, container.finishedAtMs);
}

function recentCrash(container: PodContainer, cause: string, nowMs: number): PodVerdict | null {
  const { lastRun } = container;
  if (lastRun === null || !isBadEnd(lastRun) || lastRun.finishedAtMs === null || !isRecent(lastRun.finishedAtMs, nowMs, recentMs))
    return null;
  if (container.state === 'terminated') return null;
  if (container.restartCount >= loopRestarts) return crashLoop(container, cause);
  const values = { container: container.name, exitCode: lastRun.exitCode ?? '?' };
  const rule: RuleId = isOutOfMemory(lastRun) ? 'pod-oom-killed' : 'pod-crashed';
  return warning([reason(rule, values), ...podExitReasons(container, lastRun, true)], cause, 0, lastRun.finishedAtMs);
}

function crashLoop(container: PodContainer, cause: string): PodVerdict {
  const nothing: PodRunEnd = { exitCode: null, reason: null, finishedAtMs: null };
  const isEnded = container.state === 'terminated';
  const end = isEnded ? container : (container.lastRun ?? nothing);
  const values = { container: container.name, count: container.restartCount, exitCode: end.exitCode ?? '?' };
  const rule: RuleId = container.init ? 'pod-init-crash-loop' : isOutOfMemory(end) ? 'pod-crash-loop-oom' : 'pod-crash-loop';
  return critical([reason(rule, values), ...podExitReasons(container, end, !isEnded)], cause, 0);
}

function judgePending(pod: PodFacts, nowMs: number): PodVerdict {
  const ageMs = nowMs - pod.createdAtMs;
  if (pod.status === 'SchedulingGated') return calm('inactive', reason('pod-gated'));
  if (pod.reason === 'Unschedulable') {
    const reasons = [reason('pod-unschedulable', { message: said(pod.message) }), reason(scheduleRemedy(pod.message ?? ''))];
    const level = ageMs >= pendingLongMs ? 'critical' : 'warning';
    return { level, reasons, finding: { cause: 'schedule', level, holdMs: 30_000, sinceMs: null } };
  }
  if (ageMs < pendingLongMs) return calm('ok', reason('pod-starting', { word: pod.status }));
  const reasons = [reason('pod-pending-long', { count: minutes(ageMs), word: pod.status }), reason('pod-remedy-events')];
  return warning(reasons, 'pending', 0, null);
}

/** The scheduler counts its causes: "0/3 nodes are available: 3 Insufficient memory." */
function scheduleRemedy(message: string): RuleId {
  if (/persistentvolumeclaim|volume/i.test(message)) return 'pod-remedy-schedule-volume';
  if (/insufficient|too many pods/i.test(message)) return 'pod-remedy-schedule-resources';
  return 'pod-remedy-schedule-rules';
}

function judgeReadiness(pod: PodFacts, nowMs: number): PodVerdict {
  if (pod.ready) return fine;
  const running = pod.containers.filter(({ init, state }) => !init && state === 'running');
  const late = running.find(({ ready, startedAtMs }) => !ready && startedAtMs !== null && nowMs - startedAtMs >= settleMs);
  if (late !== undefined) {
    return warning([reason('pod-not-ready', { container: late.name }), reason('pod-remedy-probe')], `ready/${late.name}`, 60_000, null);
  }
  const gated =
    running.length > 0 && running.length === pod.containers.filter(({ init }) => !init).length && running.every(({ ready }) => ready);
  if (gated) return warning([reason('pod-not-ready-gate'), reason('pod-remedy-events')], 'ready', 120_000, null);
  return fine;
}

function calm(level: Level, why: Reason): PodVerdict {
  return { level, reasons: [why], finding: null };
}

function warning(reasons: readonly Reason[], cause: string, holdMs: number, sinceMs: number | null): PodVerdict {
  return { level: 'warning', reasons, finding: { cause, level: 'warning', holdMs, sinceMs } };
}

function critical(reasons: readonly Reason[], cause: string, holdMs: number): PodVerdict {
  return { level: 'critical', reasons, finding: { cause, level: 'critical', holdMs, sinceMs: null } };
}

function minutes(ms: number): number {
  return Math.floor(ms / 60_000);
}

/** The cluster's own words, not at any length: they stand in notifications too. */
function said(message: string | null): string {
  const text = (message ?? '').trim();
  return text.length <= maxMessageLength ? text : `${text.slice(0, maxMessageLength)}…`;
}

function nodeOf(pod: PodFacts) {
  return { node: pod.node ?? '?' };
}
