/** The newline at or behind `start`, 16 bytes at a time: there is one. */
// @inline
export function toNewline(start: usize): usize {
  let at = start;
  let found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(10)));
  while (found === 0) {
    at += 16;
    found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(10)));
  }
  return at + ctz(found);
}
