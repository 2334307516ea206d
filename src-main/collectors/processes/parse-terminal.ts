/** Names of terminal devices by major number (Documentation/admin-guide/devices.txt); minors count from `firstMinor`. */
const families: readonly { readonly major: number; readonly firstMinor: number; readonly prefix: string }[] = [
  { major: 4, firstMinor: 64, prefix: 'ttyS' },
  { major: 4, firstMinor: 0, prefix: 'tty' },
  { major: 166, firstMinor: 0, prefix: 'ttyACM' },
  { major: 188, firstMinor: 0, prefix: 'ttyUSB' },
  { major: 204, firstMinor: 64, prefix: 'ttyAMA' },
  { major: 229, firstMinor: 0, prefix: 'hvc' },
];
const firstPseudoMajor = 136;
const lastPseudoMajor = 143;

/**
 * The terminal of `tty_nr` (field 7 of stat) as /dev names it: `pts/3`, `tty1`, `ttyS0`. One that is not known is named by
 * its numbers, which udev keeps below /dev too: `char/240:3`. Null for 0, which is none.
 */
export function terminalName(device: number): string | null {
  // The field is a signed 32-bit number with the minor in bits 31-20 and 7-0, the major in bits 15-8 (proc_pid_stat(5)).
  const bits = device >>> 0;
  if (bits === 0) return null;
  const major = (bits >>> 8) & 0xfff;
  const minor = (bits & 0xff) | ((bits >>> 12) & 0xfff00);
  if (major >= firstPseudoMajor && major <= lastPseudoMajor) return `pts/${minor + (major - firstPseudoMajor) * 256}`;
  if (major === 5 && minor === 1) return 'console';
  const family = families.find((one) => one.major === major && minor >= one.firstMinor);
  return family === undefined ? `char/${major}:${minor}` : `${family.prefix}${minor - family.firstMinor}`;
}
