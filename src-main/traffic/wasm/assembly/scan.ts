import { toNewline } from '../../../platform/assembly/newline';
import {
  agentBehind,
  badLineLimit,
  badLinesAddress,
  countsAddress,
  hostFirst,
  longestLine,
  rowAgentEnd,
  rowAgentStart,
  rowBytes,
  rowClientEnd,
  rowClientStart,
  rowHashes,
  rowLimit,
  rowLineEnd,
  rowLineStart,
  rowMethodEnd,
  rowMethodStart,
  rowReferrerEnd,
  rowReferrerStart,
  rowsAddress,
  rowTail,
  rowTimeMs,
  timeLast,
} from '../layout';
import { readStamp, stampBytes } from './clock';
import { hashRange } from './hash';
import { readLastNumber, readStatusAndSize } from './numbers';
import { hashQuoted, hashTarget, toBlank, toMethodEnd, toQuote } from './texts';

const longestMethod: usize = 24;

/**
 * Reads whole lines between `from` and `to` (the last byte is a newline) into rows, and lines that are no requests into the list of
 * those, as LineFeeder and ClfParser do. Stops early when either is full; how many there are of each stands at `countsAddress`. Returns
 * where the next line begins.
 */
export function scan(from: usize, to: usize, flags: i32, scale: f64): usize {
  let row: usize = rowsAddress;
  let bad: usize = badLinesAddress;
  const lastRow: usize = rowsAddress + rowLimit * rowBytes;
  const lastBad: usize = badLinesAddress + badLineLimit * 8;
  let start = from;
  while (start < to && row < lastRow && bad < lastBad) {
    const newline = toNewline(start);
    const end = newline > start && load<u8>(newline - 1) === 13 ? newline - 1 : newline;
    if (end > start) {
      if (<i32>(end - start) <= longestLine && readLine(row, start, end, flags, scale)) row += rowBytes;
      else if (load<u8>(start) !== 35) {
        store<i32>(bad, <i32>start);
        store<i32>(bad, <i32>min(end, start + longestLine), 4);
        bad += 8;
      }
    }
    start = newline + 1;
  }
  store<i32>(countsAddress, <i32>((row - rowsAddress) / rowBytes));
  store<i32>(countsAddress, <i32>((bad - badLinesAddress) / 8), 4);
  return start;
}

// @inline
function readLine(row: usize, start: usize, end: usize, flags: i32, scale: f64): bool {
  let at = start;
  if (flags & hostFirst) {
    at = toBlank(at, end);
    if (at === start || at >= end) return false;
    at += 1;
  }
  const client = at;
  at = toBlank(at, end);
  if (at === client) return false;
  const clientEnd = at;
  at = findStamp(at, end);
  if (at === 0 || !readStamp(row, at)) return false;
  at = readRequest(row, at + stampBytes + 3, end);
  if (at === 0) return false;
  at = readStatusAndSize(row, at, end);
  if (at === 0) return false;
  if (flags & agentBehind) {
    at = readAgent(row, at, end);
    if (at === 0) return false;
  } else {
    store<i32>(row + rowReferrerStart * 4, <i32>at);
    store<i32>(row + rowReferrerEnd * 4, <i32>at);
    store<i32>(row + rowAgentStart * 4, <i32>at);
    store<i32>(row + rowAgentEnd * 4, <i32>at);
  }
  hashRange(row + (rowHashes + 2) * 4, client, clientEnd);
  store<i32>(row + rowLineStart * 4, <i32>start);
  store<i32>(row + rowLineEnd * 4, <i32>end);
  store<i32>(row + rowClientStart * 4, <i32>client);
  store<i32>(row + rowClientEnd * 4, <i32>clientEnd);
  store<i32>(row + rowTail * 4, <i32>at);
  if (flags & timeLast) readLastNumber(row, at, end, scale);
  else store<f64>(row + rowTimeMs * 8, -1);
  return true;
}

/** Behind the `[` of `[dd/Mon/yyyy:hh:mm:ss +zzzz] "`; a user's name may hold brackets too. 0: there is none. */
// @inline
function findStamp(start: usize, end: usize): usize {
  for (let at = start; at + stampBytes + 4 <= end; at++) {
    if (load<u8>(at) !== 91 || load<u8>(at, 3) !== 47 || load<u8>(at, 7) !== 47) continue;
    if (load<u8>(at, 27) === 93 && load<u8>(at, 28) === 32 && load<u8>(at, 29) === 34) return at + 1;
  }
  return 0;
}

/** From behind the opening quote to behind the closing one; 0: there is none. */
// @inline
function readRequest(row: usize, start: usize, end: usize): usize {
  let at = toMethodEnd(start, end);
  const isHttp = at > start && at - start <= longestMethod && at < end && load<u8>(at) === 32;
  const methodEnd = isHttp ? at : start;
  store<i32>(row + rowMethodStart * 4, <i32>start);
  store<i32>(row + rowMethodEnd * 4, <i32>methodEnd);
  at = hashTarget(row, start, methodEnd, isHttp ? at + 1 : start, end);
  // What follows is the protocol, or more of a request that is no HTTP.
  at = toQuote(at, end);
  return at === 0 ? 0 : at + 1;
}

// @inline
function readAgent(row: usize, start: usize, end: usize): usize {
  if (start + 1 >= end || load<u8>(start) !== 32 || load<u8>(start, 1) !== 34) return 0;
  const referrerEnd = hashQuoted(row + (rowHashes + 4) * 4, start + 2, end);
  if (referrerEnd === 0) return 0;
  if (referrerEnd + 2 >= end || load<u8>(referrerEnd, 1) !== 32 || load<u8>(referrerEnd, 2) !== 34) return 0;
  const agentEnd = hashQuoted(row + (rowHashes + 6) * 4, referrerEnd + 3, end);
  if (agentEnd === 0) return 0;
  store<i32>(row + rowReferrerStart * 4, <i32>(start + 2));
  store<i32>(row + rowReferrerEnd * 4, <i32>referrerEnd);
  store<i32>(row + rowAgentStart * 4, <i32>(referrerEnd + 3));
  store<i32>(row + rowAgentEnd * 4, <i32>agentEnd);
  return agentEnd + 1;
}
