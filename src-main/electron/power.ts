import { powerMonitor } from 'electron';
import type { Core } from '../app/core';

/** Nothing is collected while the machine sleeps, and nothing computed across the gap. Call when the app is ready. */
export function followPower(core: Pick<Core, 'suspend' | 'resume'>, onShutdown: () => void): void {
  powerMonitor.on('suspend', () => core.suspend());
  powerMonitor.on('resume', () => core.resume());
  // Linux and macOS tell; on Windows the window's session-end does.
  powerMonitor.on('shutdown', onShutdown);
}
