import { rowSentBytes, rowStatus, rowTimeMs } from '../layout';

/** Above this many digits a whole number of 64 bits, or a double, is no longer exact. */
const exactDigits: usize = 15;
/** The same four bytes twice; written so because a larger number is none in TypeScript. */
const twice: u64 = 0x1_0000_0001;
const highest: u64 = 0x80808080 * twice;
const zeroes: u64 = 0x30303030 * twice;

/** As readStatusAndSize of ClfParser: ` 200 1234` or ` 304 -`; where it ends, or 0. */
// @inline
export function readStatusAndSize(row: usize, start: usize, end: usize): usize {
  if (start + 6 > end || load<u8>(start) !== 32 || load<u8>(start, 4) !== 32) return 0;
  const hundreds = <u32>load<u8>(start, 1) - 48;
  const tens = <u32>load<u8>(start, 2) - 48;
  const ones = <u32>load<u8>(start, 3) - 48;
  if (hundreds > 9 || tens > 9 || ones > 9) return 0;
  store<i32>(row + rowStatus * 4, hundreds * 100 + tens * 10 + ones);
  const digits = start + 5;
  if (load<u8>(digits) === 45) {
    store<f64>(row + rowSentBytes * 8, 0);
    const behind = digits + 1;
    return behind < end && load<u8>(behind) !== 32 ? 0 : behind;
  }
  const word = load<u64>(digits);
  // The highest bit of each byte that is no digit; borrows and carries spoil only what lies behind the first of those.
  const others = ((word + 0x46464646 * twice) | (word - zeroes) | word) & highest;
  const count = min<usize>(<usize>(ctz(others) >> 3), end - digits);
  if (count === 0) return 0;
  if (count >= 8) return readLongSize(row, digits, end);
  const at = digits + count;
  if (at < end && load<u8>(at) !== 32) return 0;
  // The digits to the upper end, zeroes before them, then pairs, fours and all eight at once.
  const shift: u64 = (8 - count) << 3;
  let value = (word - zeroes) << shift;
  value = value * 10 + (value >> 8);
  value = (value & (0xff * twice)) * 0xf4240_0000_0064 + ((value >> 16) & (0xff * twice)) * 0x2710_0000_0001;
  store<f64>(row + rowSentBytes * 8, <f64>(<u32>(value >> 32)));
  return at;
}

/** Eight digits or more. */
function readLongSize(row: usize, digits: usize, end: usize): usize {
  let exact: u64 = 0;
  const near = min(end, digits + exactDigits);
  let at = digits;
  for (; at < near; at++) {
    const digit = <u32>load<u8>(at) - 48;
    if (digit > 9) break;
    exact = exact * 10 + digit;
  }
  let size = <f64>exact;
  // In the order in which the other reader rounds.
  if (at === digits + exactDigits)
    for (; at < end; at++) {
      const digit = <u32>load<u8>(at) - 48;
      if (digit > 9) break;
      size = size * 10 + <f64>digit;
    }
  if (at < end && load<u8>(at) !== 32) return 0;
  store<f64>(row + rowSentBytes * 8, size);
  return at;
}

/** As lastNumber of tail-time.ts: backwards from the end, `… 0.123` or `… "0.123"`. */
// @inline
export function readLastNumber(row: usize, start: usize, end: usize, scale: f64): void {
  const target = row + rowTimeMs * 8;
  store<f64>(target, -1);
  let at = end - 1;
  if (at > start && load<u8>(at) === 34) at -= 1;
  let exact: u64 = 0;
  let exactWeight: u64 = 1;
  let fractionWeight: f64 = 0;
  let digitCount: usize = 0;
  for (; at >= start && digitCount < exactDigits; at--) {
    const byte = load<u8>(at);
    const digit = <u32>byte - 48;
    if (digit <= 9) {
      exact += digit * exactWeight;
      exactWeight *= 10;
      digitCount += 1;
    } else if (byte === 46 && fractionWeight === 0) fractionWeight = <f64>exactWeight;
    else break;
  }
  let value = <f64>exact;
  if (digitCount === exactDigits) {
    let weight = <f64>exactWeight;
    for (; at >= start; at--) {
      const byte = load<u8>(at);
      const digit = <u32>byte - 48;
      if (digit <= 9) {
        value += <f64>digit * weight;
        weight *= 10;
      } else if (byte === 46 && fractionWeight === 0) fractionWeight = weight;
      else break;
    }
  }
  if (digitCount === 0 || at < start) return;
  const before = load<u8>(at);
  if (before !== 32 && before !== 34) return;
  store<f64>(target, (fractionWeight === 0 ? value : value / fractionWeight) * scale);
}
