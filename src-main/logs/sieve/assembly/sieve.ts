import { toNewline } from '../../../platform/assembly/newline';
import {
  countsAddress,
  entriesAddress,
  entryBytes,
  escapedAngle,
  escapedEscape,
  escapedLetter,
  gramBitsAddress,
  gramFactor,
  headsAddress,
  levelKey,
  lineLimit,
  linesAddress,
  longestPainted,
  pairBitsAddress,
  scratchAddress,
} from '../layout';
import { isEscapedLetter, statesAngledError, statesEscapedAngledError, statesKeyedError, statesLetteredError } from './levels';
import { unpaint } from './paint';
import { findText, textEnd, textStart } from './record';

/** The line that is looked at holds colours. */
let isPainted: bool = false;

/**
 * Looks at whole lines from the room's begin to `to` (the last byte is a newline): those that may be an error are told by index, begin and
 * end; all others are none. With `isRecords`, they are records of Docker's json-file driver, and one of another shape than usual is told
 * too. Stops early when as many are told as there is room for. Returns where the next line begins.
 */
export function sift(from: usize, to: usize, isRecords: bool): usize {
  let told: usize = linesAddress;
  const last: usize = linesAddress + lineLimit * 12;
  let start = from;
  let index: i32 = 0;
  while (start < to && told < last) {
    const end = toNewline(start);
    const isUsual = !isRecords || findText(start, end);
    if (!isUsual || mayBeError(isRecords ? textStart : start, isRecords ? textEnd : end)) {
      store<i32>(told, index);
      store<i32>(told, <i32>start, 4);
      store<i32>(told, <i32>end, 8);
      told += 12;
    }
    index += 1;
    start = end + 1;
  }
  store<i32>(countsAddress, <i32>((told - linesAddress) / 12));
  store<i32>(countsAddress, index, 4);
  return start;
}

function mayBeError(start: usize, end: usize): bool {
  isPainted = false;
  if (holdsWord(start, end)) return true;
  if (!isPainted) return false;
  // The parser takes colours away: what they part may be one word.
  if (end - start > <usize>longestPainted) return true;
  return holdsWord(scratchAddress, unpaint(scratchAddress, start, end));
}

/**
 * From the byte before the text to the one behind it. Of three bytes in a row two stand at an even place, whatever place that is: four
 * such pairs are looked up at once.
 */
// @inline
function holdsWord(start: usize, end: usize): bool {
  let at = start - 1;
  for (; at + 8 <= end; at += 8) {
    if ((pairBit(at) | pairBit(at + 2) | pairBit(at + 4) | pairBit(at + 6)) & 1) {
      for (let place = at; place < at + 8; place += 2) if (pairBit(place) & 1 && holdsWordAround(place, start, end)) return true;
    }
  }
  for (; at <= end; at += 2) if (pairBit(at) & 1 && holdsWordAround(at, start, end)) return true;
  return false;
}

/** Its lowest bit. */
// @inline
function pairBit(at: usize): u32 {
  const pair = <u32>load<u16>(at);
  return <u32>load<u8>(pairBitsAddress + (pair >>> 3)) >>> (pair & 7);
}

function holdsWordAround(at: usize, start: usize, end: usize): bool {
  return (at >= start && isGram(at - 1, start, end)) || isGram(at, start, end);
}

// @inline
function isGram(at: usize, start: usize, end: usize): bool {
  if (at + 2 > end) return false;
  const gram = (load<u32>(at) | 0x20202020) & 0xffffff;
  const hash = gram * gramFactor;
  const isKnown = (<u32>load<u8>(gramBitsAddress + (hash >>> 19)) >>> ((hash >>> 16) & 7)) & 1;
  return isKnown !== 0 && isWord(at, gram, hash, start, end);
}

function isWord(at: usize, gram: u32, hash: u32, start: usize, end: usize): bool {
  const middle = load<u8>(at, 1);
  if (at + 1 >= start) {
    if (middle >= 65 && middle <= 70 && statesLetteredError(at + 1, start, end)) return true;
    if (middle === 60 && statesAngledError(at + 1, end)) return true;
    if (middle === 27) isPainted = true;
    // The long s, which is an s where case does not count.
    if (middle === 0xc5 && load<u8>(at, 2) === 0xbf) return true;
  }
  let entry: usize = load<u16>(headsAddress + ((hash >>> 20) << 1));
  while (entry !== 0) {
    const address = <usize>entriesAddress + (entry - 1) * entryBytes;
    if (load<u32>(address) === gram && stands(address, at, start, end)) return true;
    entry = load<u16>(address, 4);
  }
  return false;
}

/** The entry's word stands around the three bytes, and says what it has to. */
function stands(entry: usize, at: usize, start: usize, end: usize): bool {
  const from = at - load<u8>(entry, 7);
  const length: usize = load<u8>(entry, 8);
  if (from < start || from + length > end) return false;
  const word: usize = load<u32>(entry, 12);
  for (let place: usize = 0; place < length; place += 1) if ((load<u8>(from + place) | 32) !== load<u8>(word + place)) return false;
  const behind = from + load<u8>(entry, 9);
  switch (<i32>load<u8>(entry, 6)) {
    case levelKey:
      return statesKeyedError(behind, end);
    case escapedAngle:
      return statesEscapedAngledError(behind, end);
    case escapedEscape:
      isPainted = true;
      return false;
    case escapedLetter:
      return isEscapedLetter(behind, end);
    default:
      return true;
  }
}
