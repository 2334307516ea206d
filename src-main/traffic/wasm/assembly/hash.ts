import { masksAddress, primeA0, primeA1, primeA2, primeA3, primeB0, primeB1, primeB2, primeB3, seedsAddress } from '../layout';

/**
 * The hash of parse/hash-bytes.ts, 16 bytes at a time: the same numbers for the same bytes, for one log may be read by both.
 * Loads reach beyond the end; what lies there is masked away.
 */

// @inline
export function absorbOne(state: v128, words: v128): v128 {
  const mixed = i32x4.mul(v128.xor(state, words), i32x4(primeA0, primeA1, primeA2, primeA3));
  return v128.xor(mixed, i32x4.shr_u(mixed, 15));
}

// @inline
export function absorbTwo(state: v128, words: v128): v128 {
  const turned = i8x16.shuffle(words, words, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
  const mixed = i32x4.mul(i32x4.add(state, turned), i32x4(primeB0, primeB1, primeB2, primeB3));
  return v128.or(i32x4.shl(mixed, 13), i32x4.shr_u(mixed, 19));
}

/** The first `count` of 16 bytes, the others zero. */
// @inline
export function firstBytes(words: v128, count: usize): v128 {
  return v128.and(words, v128.load(<usize>masksAddress + 16 - count));
}

// @inline
export function seedOne(): v128 {
  return v128.load(seedsAddress);
}

// @inline
export function seedTwo(): v128 {
  return v128.load(seedsAddress + 16);
}

/** Both halves at `target`: each of them of all words. `length`: of what was absorbed, for zeroes behind an end count as none. */
// @inline
export function finish(target: usize, one: v128, two: v128, length: usize): void {
  const turned = i8x16.shuffle(two, two, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  const crossed = v128.xor(v128.xor(one, turned), i32x4.splat(<i32>length));
  let mixed = i32x4.mul(crossed, i32x4(primeB0, primeB1, primeB2, primeB3));
  mixed = v128.xor(mixed, i32x4.shr_u(mixed, 15));
  const upper = i8x16.shuffle(mixed, mixed, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  mixed = i32x4.mul(i32x4.add(mixed, upper), i32x4(primeA0, primeA1, primeA2, primeA3));
  mixed = v128.xor(mixed, i32x4.shr_u(mixed, 16));
  v128.store64_lane(target, mixed, 0);
}

// @inline
export function hashRange(target: usize, start: usize, end: usize): void {
  let one = seedOne();
  let two = seedTwo();
  let at = start;
  for (; at + 16 <= end; at += 16) {
    const words = v128.load(at);
    one = absorbOne(one, words);
    two = absorbTwo(two, words);
  }
  if (at < end) {
    const words = firstBytes(v128.load(at), end - at);
    one = absorbOne(one, words);
    two = absorbTwo(two, words);
  }
  finish(target, one, two, end - start);
}
