import type { LoggedContainer } from '../../../../../src-main/platform/pod-logs';

/** The only container of a pod, which runs and never ended. */
export const runningContainer: LoggedContainer = {
  name: 'main',
  init: false,
  isRunning: true,
  exitCode: null,
  restartCount: 0,
  previousEndedAtMs: null,
  containerId: null,
};
