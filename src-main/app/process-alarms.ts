import type { Finding } from '../../src-shared/judgement';
import type { Settings } from '../../src-shared/settings';
import type { Process, ProcessesSnapshot } from '../../src-shared/snapshots';
import { createListenerWatch, type ListenerWatch } from '../rules/new-listeners';
import { judgeProcessAlarms } from '../rules/process-alarms';
import { createRestartWatch } from '../rules/restart-watch';
import type { ListenerStore } from '../store/process-store';

export interface ProcessAlarmsDeps {
  readonly store: ListenerStore;
  readonly settings: () => Settings;
  /** Name of what starts a process again when it ends; null: nothing does. */
  readonly watcherOf: (process: Process) => string | null;
}

/** Findings about single processes at one look: alarms that a person set, and what needs a memory (listeners, restarts). */
export type JudgeAlarms = (snapshot: ProcessesSnapshot, nowMs: number) => readonly Finding[];

/** Until the store has told which listeners this machine knows, none is called new. */
export function createProcessAlarms({ store, settings, watcherOf }: ProcessAlarmsDeps): JudgeAlarms {
  const restarts = createRestartWatch();
  let listeners: ListenerWatch | null = null;
  void store.listeners().then((known) => {
    listeners = createListenerWatch(known, store.rememberListeners);
  });

  return ({ processes, memoryTotalBytes }, nowMs) =>
    judgeProcessAlarms({
      processes,
      memoryTotalBytes,
      alarms: settings().processes.alarms,
      newListeners: listeners?.look(processes, nowMs) ?? [],
      restartLoops: restarts.look(processes, nowMs, watcherOf),
    });
}
