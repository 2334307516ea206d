import type { Reason } from '../../src-shared/judgement';
import type { UnitFacts } from '../../src-shared/unit-facts';
import { reason } from './reason';
import { signalName } from './signal-names';
import { explainEnd } from './unit-exit';

/** What happened to a unit and what will happen, in the order in which a person asks. Empty never: its state is always told. */
export function explainUnit(facts: UnitFacts): readonly Reason[] {
  return [...explainLoad(facts), ...explainState(facts), ...explainCauses(facts), ...explainFuture(facts), ...explainNotes(facts)];
}

/** When systemd starts it next by itself; null when nothing is planned. */
export function nextStartAtMs(facts: UnitFacts): number | null {
  if (isAutoRestart(facts))
    return facts.stateSinceMs === null || facts.restartDelayMs === null ? null : facts.stateSinceMs + facts.restartDelayMs;
  const runs = facts.triggeredBy.flatMap(({ active, nextRunAtMs }) => (active && nextRunAtMs !== null ? [nextRunAtMs] : []));
  return runs.length === 0 ? null : Math.min(...runs);
}

function explainLoad({ unit, loadState, loadError }: UnitFacts): readonly Reason[] {
  const detail = loadError ?? loadState;
  switch (loadState) {
    case 'loaded':
    case 'stub':
    case 'merged':
      return [];
    case 'not-found':
      return [reason('unit-not-found', { unit })];
    case 'masked':
      return [reason('unit-masked')];
    case 'bad-setting':
      return [reason('unit-bad-setting', { detail })];
    default:
      return [reason('unit-load-error', { detail })];
  }
}

function explainState(facts: UnitFacts): readonly Reason[] {
  switch (facts.activeState) {
    case 'failed':
      return explainFailure(facts);
    case 'active':
    case 'reloading':
    case 'refreshing':
      return [explainActive(facts)];
    case 'activating':
      return isAutoRestart(facts) ? explainFailure(facts) : [reason('unit-starting')];
    case 'deactivating':
      return [reason('unit-stopping')];
    default:
      return facts.loadState === 'loaded' ? [reason('unit-inactive'), ...explainLastEnd(facts)] : [];
  }
}

function explainActive({ subState, mainPid, kind }: UnitFacts): Reason {
  if (subState === 'exited') return reason('unit-exited');
  if (subState === 'elapsed') return reason('unit-elapsed');
  if (kind === 'timer') return reason('unit-timer-waits');
  if (kind === 'socket') return reason('unit-socket-listens');
  return mainPid === null ? reason('unit-active') : reason('unit-running', { pid: mainPid });
}

/** An inactive unit whose last run did not end as wished was stopped or is done; how it ended still matters. */
function explainLastEnd({ mainEnd, program }: UnitFacts): readonly Reason[] {
  return mainEnd === null || (mainEnd.kind === 'exited' && mainEnd.status === 0) ? [] : [explainEnd(mainEnd, program)];
}

/** A limit says why nobody tries again, the end of a process why it failed: both, when both are known. */
function explainFailure(facts: UnitFacts): readonly Reason[] {
  const { result, mainEnd, program, failedStep, startTimeoutMs } = facts;
  const step =
    failedStep === null
      ? []
      : [reason('unit-step-failed', { step: failedStep.step, program: failedStep.program, status: failedStep.end.status })];
  switch (result) {
    case 'exit-code':
    case 'signal':
    case 'core-dump':
      return mainEnd === null || isGoodEnd(mainEnd) ? orResult(step, result) : [explainEnd(mainEnd, program), ...step];
    case 'timeout':
      return [
        startTimeoutMs === null ? reason('unit-timeout') : reason('unit-timeout-after', { seconds: startTimeoutMs / 1_000 }),
        ...step,
      ];
    case 'watchdog':
      return [reason('unit-watchdog', { signal: mainEnd === null || mainEnd.kind === 'exited' ? 'SIGABRT' : signalName(mainEnd.status) })];
    case 'oom-kill':
      return [reason('unit-oom')];
    case 'protocol':
      return [reason('unit-protocol')];
    case 'resources':
      return [reason('unit-resources')];
    case 'exec-condition':
      return [reason('unit-exec-condition'), ...step];
    case 'start-limit-hit':
      return [reason('unit-start-limit'), ...explainLastEnd(facts)];
    case 'service-start-limit-hit':
    case 'trigger-limit-hit':
      return [reason('unit-trigger-limit')];
    default:
      return orResult(step, result);
  }
}

function isGoodEnd(end: NonNullable<UnitFacts['mainEnd']>): boolean {
  return end.kind === 'exited' && end.status === 0;
}

function orResult(step: readonly Reason[], result: string | null): readonly Reason[] {
  return step.length > 0 ? step : [reason('unit-failed-result', { result: result ?? '?' })];
}

function explainCauses(facts: UnitFacts): readonly Reason[] {
  const idle = facts.activeState === 'inactive' || facts.activeState === 'failed';
  return [
    ...(facts.conditionFailed && idle ? [reason('unit-condition')] : []),
    ...(facts.assertFailed && !facts.conditionFailed && idle ? [reason('unit-assert')] : []),
    ...facts.failedNeeds.map((unit) => reason('unit-need-failed', { unit })),
    ...(facts.refusedCount !== null && facts.refusedCount > 0 ? [reason('unit-socket-refused', { count: facts.refusedCount })] : []),
  ];
}

function explainFuture(facts: UnitFacts): readonly Reason[] {
  const { restartCount, restartPolicy, restartDelayMs, triggeredBy, unitFileState } = facts;
  const restarts = restartCount !== null && restartCount > 0 ? [reason('unit-restarts', { count: restartCount })] : [];
  return [
    ...restarts,
    ...(isAutoRestart(facts) ? [reason('unit-starts-again', { seconds: (restartDelayMs ?? 0) / 1_000 })] : []),
    ...(hasGivenUp(facts) ? [givenUp(facts)] : []),
    ...(facts.activeState === 'failed' && restartPolicy === 'no' && triggeredBy.length === 0 ? [reason('unit-no-restart')] : []),
    ...triggeredBy.map(({ unit, active }) => reason(active ? 'unit-started-by' : 'unit-starter-stopped', { unit })),
    ...(facts.activeState === 'inactive' && unitFileState === 'disabled' && triggeredBy.length === 0 ? [reason('unit-disabled')] : []),
  ];
}

/** systemd keeps the result of the last run when a limit ends the restarts: only the counters tell. */
function hasGivenUp({ activeState, result, restartPolicy, restartCount, startLimitBurst }: UnitFacts): boolean {
  if (activeState !== 'failed' || restartPolicy === null || restartPolicy === 'no' || result === 'start-limit-hit') return false;
  return startLimitBurst !== null && startLimitBurst > 0 && (restartCount ?? 0) >= startLimitBurst;
}

function givenUp({ startLimitBurst, startLimitIntervalMs }: UnitFacts): Reason {
  return reason('unit-gave-up', {
    burst: startLimitBurst ?? '?',
    seconds: startLimitIntervalMs === null ? '?' : startLimitIntervalMs / 1_000,
  });
}

function explainNotes({ reloadNeeded, statusText }: UnitFacts): readonly Reason[] {
  return [
    ...(statusText === null ? [] : [reason('unit-status-text', { text: statusText })]),
    ...(reloadNeeded ? [reason('unit-reload-needed')] : []),
  ];
}

function isAutoRestart({ activeState, subState }: UnitFacts): boolean {
  return activeState === 'activating' && subState.startsWith('auto-restart');
}
