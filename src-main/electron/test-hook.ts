import type { TrayModel } from './tray-model';

/** What tests may touch of the running app, on `globalThis.__logscopeTest`; only with LOGSCOPE_TEST=1. */
export interface TestHook {
  /** What the tray shows; Electron itself has no way to find a Tray. */
  readonly tray: () => TrayModel | null;
  readonly openWindow: () => void;
  readonly end: (code: number) => void;
}

export function exposeTestHook(hook: TestHook): void {
  Object.defineProperty(globalThis, '__logscopeTest', { value: hook });
}
