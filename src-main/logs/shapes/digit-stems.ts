/** Letters whose digits are part of a name (`md5`, `x86_64`): mask-chunk leaves such words as they are. */
const names = stems('v ipv socks md sha utf base nat x amd arm aarch i int uint ext http h mp log j oauth tlsv sslv k s ec win mb iso');
/** Keys of JSON whose number is a level. */
const levels = stems('level lvl l s');
const longest = 5;

/** By five bits for each letter, in either case; longer ones than five letters are none. */
function stems(words: string): ReadonlySet<number> {
  return new Set(words.split(' ').map((word) => keyOf(Buffer.from(word), 0, word.length)));
}

function keyOf(bytes: Uint8Array, start: number, end: number): number {
  let key = 1;
  for (let at = start; at < end; at += 1) key = (key << 5) | ((bytes[at] as number) & 31);
  return key;
}

export function isNameStem(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= longest && names.has(keyOf(bytes, start, end));
}

export function isLevelName(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= longest && levels.has(keyOf(bytes, start, end));
}

/** What keys begin with before their first digits, directly before them: `ya29.`, `GR1348941`, `dop_v1_`, `ATATT3`. */
export function isTokenStem(bytes: Uint8Array, start: number, end: number): boolean {
  const last = (bytes[end - 1] as number) | 32;
  const before = end - start > 1 ? (bytes[end - 2] as number) | 32 : 0;
  return (
    (last === 97 && before === 121) ||
    (last === 114 && before === 103) ||
    (last === 116 && before === 116) ||
    (last === 118 && before === 0)
  );
}
