import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Named in the error when it does not come true. */
  readonly what: string;
  readonly everyMs?: number;
}

/**
 * Asks until the answer is neither false, null nor undefined, and gives it; rejects when the time is over, with the last
 * error if the condition threw one. For what has no event of its own; wait for the event where there is one.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs, what, everyMs = 25 }: WaitOptions,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + timeoutMs;
  let lastError: unknown = null;
  do {
    try {
      const answer = await condition();
      if (answer !== false && answer !== null && answer !== undefined) return answer as Exclude<T, false | null | undefined>;
      lastError = null;
    } catch (error) {
      lastError = error;
    }
    await delay(everyMs);
  } while (performance.now() < deadline);
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`, lastError === null ? {} : { cause: lastError });
}

/** Asks again and again for `forMs` and rejects as soon as the answer is no: for what must not happen. */
export async function holdsFor(forMs: number, what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    if (!(await condition())) throw new Error(`It did not hold for ${forMs} ms: ${what}`);
    await delay(50);
  }
}
