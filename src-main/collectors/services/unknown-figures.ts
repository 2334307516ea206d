/** What is null in a row about which nothing more than its state is known. */
export const unknownFigures = {
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
} as const;
