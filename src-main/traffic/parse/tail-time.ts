import type { TimePlace } from '../formats/clf-layout';

/** The response time between `start` and `end` in milliseconds; -1: none stands there. `scale`: milliseconds in the log's unit. */
export function readTime(bytes: Uint8Array, start: number, end: number, place: TimePlace, scale: number): number {
  if (place.kind === 'last') return lastNumber(bytes, start, end, scale);
  if (place.kind === 'field') return fieldNumber(bytes, start, end, place.index, scale);
  if (place.kind === 'named') return namedNumber(bytes, start, end, place.name, scale);
  return -1;
}

/** Backwards from the end: `… 0.123` or `… "0.123"`. */
function lastNumber(bytes: Uint8Array, start: number, end: number, scale: number): number {
  let at = end - 1;
  if (at > start && bytes[at] === 34) at -= 1;
  let value = 0;
  let weight = 1;
  let fractionWeight = 0;
  let digitCount = 0;
  for (; at >= start; at--) {
    const byte = bytes[at] as number;
    if (byte >= 48 && byte <= 57) {
      value += (byte - 48) * weight;
      weight *= 10;
      digitCount += 1;
    } else if (byte === 46 && fractionWeight === 0) fractionWeight = weight;
    else break;
  }
  if (digitCount === 0 || at < start || (bytes[at] !== 32 && bytes[at] !== 34)) return -1;
  return (fractionWeight === 0 ? value : value / fractionWeight) * scale;
}

function fieldNumber(bytes: Uint8Array, start: number, end: number, index: number, scale: number): number {
  let at = start;
  for (let number = 0; ; number++) {
    while (at < end && bytes[at] === 32) at += 1;
    if (at >= end) return -1;
    if (number === index) return numberAt(bytes, bytes[at] === 34 ? at + 1 : at, end, scale);
    const isQuoted = bytes[at] === 34;
    at += 1;
    while (at < end && bytes[at] !== (isQuoted ? 34 : 32)) at += isQuoted && bytes[at] === 92 ? 2 : 1;
    at += 1;
  }
}

function namedNumber(bytes: Uint8Array, start: number, end: number, name: string, scale: number): number {
  const length = name.length;
  for (let at = start; at + length < end; at++) {
    if (bytes[at] !== name.charCodeAt(0)) continue;
    const before = at === start ? 32 : (bytes[at - 1] as number);
    if (before !== 32 && before !== 34 && before !== 44 && before !== 59) continue;
    let matched = 1;
    while (matched < length && bytes[at + matched] === name.charCodeAt(matched)) matched += 1;
    if (matched < length) continue;
    const value = at + length;
    return numberAt(bytes, bytes[value] === 34 ? value + 1 : value, end, scale);
  }
  return -1;
}

/** `0.123` and what begins so; -1 without a digit. */
function numberAt(bytes: Uint8Array, start: number, end: number, scale: number): number {
  let at = start;
  let value = 0;
  let fractionWeight = 0;
  let digitCount = 0;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 48 && byte <= 57) {
      value = value * 10 + (byte - 48);
      fractionWeight *= 10;
      digitCount += 1;
    } else if (byte === 46 && fractionWeight === 0) fractionWeight = 1;
    else break;
  }
  return digitCount === 0 ? -1 : (value / (fractionWeight === 0 ? 1 : fractionWeight)) * scale;
}
