import { app } from 'electron';
import type { Core } from '../app/core';

/** Longer than the core's own patience with its parts (2 s), shorter than the 3 s that a session grants. */
const patienceMs = 2_500;

/**
 * One way out for quit, signals, session end and the tray: tells the core, waits for it, leaves with `code`. The returned
 * function starts it; a second call changes nothing.
 */
export function installShutdown(options: {
  readonly core: Pick<Core, 'stop'>;
  readonly beforeEnd: () => void;
  readonly log: (line: string) => void;
}): (code: number) => void {
  let ending = false;
  function end(code: number): void {
    if (ending) return;
    ending = true;
    setTimeout(() => {
      options.log('the core did not stop in time');
      app.exit(code);
    }, patienceMs);
    try {
      options.beforeEnd();
    } catch (error) {
      // A full disk must not keep LogScope from ending; what is lost is the window's place.
      options.log(`not everything could be put away: ${String(error)}`);
    }
    options.core.stop().then(
      () => app.exit(code),
      (error: unknown) => {
        options.log(`the core did not stop cleanly: ${String(error)}`);
        app.exit(code);
      },
    );
  }
  app.on('before-quit', (event) => {
    event.preventDefault();
    end(0);
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0));
  return end;
}
