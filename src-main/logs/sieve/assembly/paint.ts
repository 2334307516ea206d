const longestParameters: usize = 32;

/** Copies a text without its colours (raw, or with their ESC as JSON escapes it); returns where the copy ends. */
export function unpaint(target: usize, start: usize, end: usize): usize {
  let to = target;
  let at = start;
  while (at < end) {
    const behind = behindColour(at, end);
    if (behind !== 0) {
      at = behind;
      continue;
    }
    store<u8>(to, load<u8>(at));
    to += 1;
    at += 1;
  }
  return to;
}

/** Behind `ESC[31m` that begins there; 0: none does. */
function behindColour(start: usize, end: usize): usize {
  let at = start;
  const byte = load<u8>(at);
  if (byte === 27) at += 1;
  // \u001b
  else if (byte === 92 && load<u32>(at, 1) === 0x31303075 && (load<u8>(at, 5) | 32) === 98) at += 6;
  else return 0;
  if (at >= end || load<u8>(at) !== 91) return 0;
  at += 1;
  const limit = at + longestParameters;
  while (at < end && at < limit && load<u8>(at) >= 48 && load<u8>(at) <= 59) at += 1;
  return at < end && load<u8>(at) === 109 ? at + 1 : 0;
}
