import { rowSentBytes, rowStatus, rowTimeMs } from '../layout';

/** Above this many digits a whole number of 64 bits, or a double, is no longer exact. */
const exactDigits: usize = 15;

/** As readStatusAndSize of ClfParser: ` 200 1234` or ` 304 -`; where it ends, or 0. */
export function readStatusAndSize(row: usize, start: usize, end: usize): usize {
  if (start + 6 > end || load<u8>(start) !== 32 || load<u8>(start, 4) !== 32) return 0;
  const hundreds = <u32>load<u8>(start, 1) - 48;
  const tens = <u32>load<u8>(start, 2) - 48;
  const ones = <u32>load<u8>(start, 3) - 48;
  if (hundreds > 9 || tens > 9 || ones > 9) return 0;
  store<i32>(row + rowStatus * 4, hundreds * 100 + tens * 10 + ones);
  const digits = start + 5;
  let at = digits;
  let size: f64 = 0;
  if (load<u8>(at) === 45) at += 1;
  else {
    let exact: u64 = 0;
    const near = min(end, digits + exactDigits);
    for (; at < near; at++) {
      const digit = <u32>load<u8>(at) - 48;
      if (digit > 9) break;
      exact = exact * 10 + digit;
    }
    size = <f64>exact;
    // In the order in which the other reader rounds.
    if (at === digits + exactDigits)
      for (; at < end; at++) {
        const digit = <u32>load<u8>(at) - 48;
        if (digit > 9) break;
        size = size * 10 + <f64>digit;
      }
    if (at === digits) return 0;
  }
  if (at < end && load<u8>(at) !== 32) return 0;
  store<f64>(row + rowSentBytes * 8, size);
  return at;
}

/** As lastNumber of tail-time.ts: backwards from the end, `… 0.123` or `… "0.123"`. */
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
