/** For long work in a thread that others need: `await rest()` now and then lets them run once this stretch has been long enough. */
export function createThreadSlices(longestMs: number): { rest(): Promise<void> | undefined } {
  let startedMs = performance.now();
  return {
    rest() {
      if (performance.now() - startedMs < longestMs) return undefined;
      return new Promise((resolve) =>
        setImmediate(() => {
          startedMs = performance.now();
          resolve();
        }),
      );
    },
  };
}
