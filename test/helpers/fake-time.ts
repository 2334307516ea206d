import type { Clock, Timers } from '../../src-main/platform/clock';

/** A clock that moves only when told; timers fire in order, promises settle between them. */
export interface FakeTime extends Clock, Timers {
  /** Moves on by `ms`, firing what becomes due. */
  advance(ms: number): Promise<void>;
  /** Somebody sets the clock on the wall by `ms`; what is measured does not notice. */
  setWall(ms: number): void;
}

export function createFakeTime(startMs = 1_000_000): FakeTime {
  let now = 0;
  let wallMs = startMs;
  let nextId = 1;
  const due = new Map<number, { readonly atMs: number; readonly call: () => void }>();
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    nowMs: () => wallMs + now,
    monotonicMs: () => now,
    after(delayMs, call) {
      const id = nextId++;
      due.set(id, { atMs: now + delayMs, call });
      return () => due.delete(id);
    },
    setWall(ms) {
      wallMs += ms;
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = [...due].filter(([, timer]) => timer.atMs <= end).sort(([idA, a], [idB, b]) => a.atMs - b.atMs || idA - idB)[0];
        if (next === undefined) break;
        due.delete(next[0]);
        now = Math.max(now, next[1].atMs);
        next[1].call();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
