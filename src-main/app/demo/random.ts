/** Numbers from 0 to below 1 that depend on what they are asked for alone: the same slot of time has the same requests in every run. */
export type Draw = () => number;

/** Mulberry32 over a mix of the given numbers. */
export function drawFrom(...parts: readonly number[]): Draw {
  let state = 0x9e3779b9;
  for (const part of parts) {
    state = Math.imul(state ^ (part | 0), 0x85ebca6b);
    state = Math.imul(state ^ Math.floor(part / 0x1_0000_0000), 0xc2b2ae35);
    state ^= state >>> 15;
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** One of them; earlier ones are likelier, as with paths and visitors of real services. */
export function pickSkewed<T>(draw: Draw, from: readonly [T, ...T[]]): T {
  return from[Math.floor(draw() ** 2 * from.length)] ?? from[0];
}

export function pick<T>(draw: Draw, from: readonly [T, ...T[]]): T {
  return from[Math.floor(draw() * from.length)] ?? from[0];
}
