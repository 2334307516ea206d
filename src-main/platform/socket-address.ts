/**
 * The kernel prints addresses as 32-bit words in the byte order of the machine: little-endian on every platform that
 * Electron is built for. 8 digits are IPv4, 32 are IPv6; null for anything else.
 */
export function parseHexAddress(hex: string): string | null {
  if (!/^(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{32})$/.test(hex)) return null;
  const bytes: number[] = [];
  for (let word = 0; word < hex.length; word += 8) {
    for (let byte = 6; byte >= 0; byte -= 2) bytes.push(Number.parseInt(hex.slice(word + byte, word + byte + 2), 16));
  }
  return bytes.length === 4 ? bytes.join('.') : formatIpv6(bytes);
}

/** RFC 5952: lower case, the longest run of two or more zero groups as "::", mapped IPv4 in dots. */
function formatIpv6(bytes: readonly number[]): string {
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff) {
    return `::ffff:${bytes.slice(12).join('.')}`;
  }
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) groups.push((bytes[index] ?? 0) * 256 + (bytes[index + 1] ?? 0));
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > bestLength) [bestStart, bestLength] = [start, length];
  }
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return bestStart < 0 ? text(groups) : `${text(groups.slice(0, bestStart))}::${text(groups.slice(bestStart + bestLength))}`;
}
