import type { ServiceFacts, ServiceScope, SocketFacts, TimerFacts } from '../../../src-shared/snapshots/services';
import { deriveNextRunMs, deriveState } from './derive';
import type { ListedUnit, UnitDetails } from './parse-systemd';
import type { UnitFigureSample } from './unit-figures';
import { unitKind } from './unit-kind';
import { type UnitFiguresOfRow, unitRow, unknownFigures } from './unit-row';

/** The two clocks by which systemd tells when a timer runs next. */
export interface Moment {
  readonly nowMs: number;
  /** CLOCK_MONOTONIC. */
  readonly sinceBootMs: number;
}

/** A unit of which only its line in the list is known. */
export function listedFacts(scope: ServiceScope, listed: ListedUnit): ServiceFacts {
  return unitRow(stateOf(scope, listed, false, false), unknownFigures);
}

function stateOf(scope: ServiceScope, listed: ListedUnit, zombie: boolean, watched: boolean): Omit<ServiceFacts, keyof UnitFiguresOfRow> {
  return {
    unit: listed.unit,
    kind: unitKind(listed.unit) ?? 'service',
    scope,
    description: listed.description,
    loadState: listed.loadState,
    activeState: listed.activeState,
    subState: listed.subState,
    state: deriveState(listed.activeState, listed.subState, zombie),
    watched,
  };
}

export interface DetailedUnit {
  readonly details: UnitDetails;
  readonly watched: boolean;
  readonly sample: UnitFigureSample | null;
  /** Details of what a timer starts, when they are known. */
  readonly started: UnitDetails | null;
}

export function detailedFacts(scope: ServiceScope, { details, watched, sample, started }: DetailedUnit, moment: Moment): ServiceFacts {
  const kind = unitKind(details.unit);
  const timer = kind === 'timer' ? timerFacts(details, moment) : null;
  const ofStarted = timer !== null && (details.result === null || details.result === 'success');
  const ran = ofStarted && timer.lastRunAtMs !== null ? started : null;
  return unitRow(stateOf(scope, details, sample?.figures.zombie ?? false, watched), {
    timer,
    socket: kind === 'socket' ? socketFacts(details) : null,
    mainPid: details.mainPid,
    cpuCores: sample?.cpuCores ?? null,
    memoryBytes: sample?.figures.memoryBytes ?? null,
    taskCount: sample?.figures.taskCount ?? null,
    restartCount: details.restartCount,
    result: ofStarted ? (ran?.result ?? null) : details.result,
    exitStatus: ofStarted ? (ran?.exitStatus ?? null) : details.exitStatus,
    stateSinceMs: details.stateSinceMs,
  });
}

function timerFacts(details: UnitDetails, { nowMs, sinceBootMs }: Moment): TimerFacts {
  return {
    unit: startedUnit(details),
    lastRunAtMs: details.lastTriggerMs,
    nextRunAtMs: deriveNextRunMs(details, nowMs, sinceBootMs),
  };
}

function socketFacts(details: UnitDetails): SocketFacts {
  return { unit: startedUnit(details), listens: details.listens, acceptedCount: details.acceptedCount, openCount: details.openCount };
}

/**
 * What a timer or socket starts. A socket that starts one service a connection names none of them, or, while connections are
 * open, the copies for those ("echo@1-127.0.0.1:7007-….service"): what it starts is their pattern.
 */
export function startedUnit({ unit, triggers }: Pick<UnitDetails, 'unit' | 'triggers'>): string {
  const name = unit.slice(0, unit.lastIndexOf('.'));
  if (unitKind(unit) === 'socket' && (triggers === null || triggers.startsWith(`${name}@`))) return `${name}@.service`;
  return triggers ?? `${name}.service`;
}
