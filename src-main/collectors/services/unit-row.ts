import type { ServiceFacts } from '../../../src-shared/snapshots/services';

/** Null each, in a row about which nothing more than its state is known. */
export type UnitFiguresOfRow = Pick<
  ServiceFacts,
  'timer' | 'socket' | 'mainPid' | 'cpuCores' | 'memoryBytes' | 'taskCount' | 'restartCount' | 'result' | 'exitStatus' | 'stateSinceMs'
>;

export const unknownFigures: UnitFiguresOfRow = {
  timer: null,
  socket: null,
  mainPid: null,
  cpuCores: null,
  memoryBytes: null,
  taskCount: null,
  restartCount: null,
  result: null,
  exitStatus: null,
  stateSinceMs: null,
};

/**
 * A row of state and figures. Field by field: with spread syntax Node 20 makes 280 such rows in 2.7 ms instead of 0.15, because
 * objects that grow by so many properties become hash tables.
 */
export function unitRow(state: Omit<ServiceFacts, keyof UnitFiguresOfRow>, figures: UnitFiguresOfRow): ServiceFacts {
  return {
    unit: state.unit,
    kind: state.kind,
    scope: state.scope,
    description: state.description,
    loadState: state.loadState,
    activeState: state.activeState,
    subState: state.subState,
    state: state.state,
    watched: state.watched,
    timer: figures.timer,
    socket: figures.socket,
    mainPid: figures.mainPid,
    cpuCores: figures.cpuCores,
    memoryBytes: figures.memoryBytes,
    taskCount: figures.taskCount,
    restartCount: figures.restartCount,
    result: figures.result,
    exitStatus: figures.exitStatus,
    stateSinceMs: figures.stateSinceMs,
  };
}
