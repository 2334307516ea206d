/** The figures of one /proc/PID/stat line, written in place so that a thousand processes a sample allocate nothing. */
export interface StatFields {
  /** Where the name stands in the bytes: between the first "(" and the last ")". */
  nameStart: number;
  nameEnd: number;
  /** One letter. */
  state: number;
  ppid: number;
  /** Leader of its session; 0 in kernel threads, and where that is not in our pid namespace. */
  sessionId: number;
  /** Device number of its terminal; 0: none. */
  terminalDevice: number;
  flags: number;
  utimeTicks: number;
  stimeTicks: number;
  threadCount: number;
  startTicks: number;
  rssPages: number;
}

export function emptyStatFields(): StatFields {
  return {
    nameStart: 0,
    nameEnd: 0,
    state: 0,
    ppid: 0,
    sessionId: 0,
    terminalDevice: 0,
    flags: 0,
    utimeTicks: 0,
    stimeTicks: 0,
    threadCount: 0,
    startTicks: 0,
    rssPages: 0,
  };
}

/** PF_KTHREAD in field 9 of stat. */
const kernelThreadFlag = 0x00200000;

export function isKernelThread(flags: number): boolean {
  return (flags & kernelThreadFlag) !== 0;
}

const space = 0x20;
const minus = 0x2d;
const zero = 0x30;
const openParenthesis = 0x28;
const closeParenthesis = 0x29;

/**
 * Names are at most 15 bytes, of kernel workers up to 63: the last ")" stands within this, and after it come only figures.
 */
const longestHeadBytes = 128;

/**
 * Parses a stat line (see proc_pid_stat(5); field numbers as there) of `length` bytes into `into`.
 * False when it is not one: a process that vanished half way, or a cut file.
 */
export function parseStat(bytes: Buffer, length: number, into: StatFields): boolean {
  const head = Math.min(length, longestHeadBytes) - 1;
  const open = bytes.indexOf(openParenthesis);
  // The name may hold ")" and spaces itself: only the last one ends it.
  const close = head < 0 ? -1 : bytes.lastIndexOf(closeParenthesis, head);
  if (open < 0 || close < open || close + 2 >= length) return false;
  into.nameStart = open + 1;
  into.nameEnd = close;
  into.state = bytes[close + 2] ?? 0;
  let position = close + 4;
  let field = 4;
  while (position < length && field <= 24) {
    let value = 0;
    let negative = false;
    let byte = bytes[position] ?? space;
    if (byte === minus) {
      negative = true;
      position++;
      byte = bytes[position] ?? space;
    }
    while (byte >= zero && position < length) {
      value = value * 10 + (byte - zero);
      position++;
      byte = bytes[position] ?? space;
    }
    if (negative) value = -value;
    switch (field) {
      case 4:
        into.ppid = value;
        break;
      case 6:
        into.sessionId = value;
        break;
      case 7:
        into.terminalDevice = value;
        break;
      case 9:
        into.flags = value;
        break;
      case 14:
        into.utimeTicks = value;
        break;
      case 15:
        into.stimeTicks = value;
        break;
      case 20:
        into.threadCount = value;
        break;
      case 22:
        into.startTicks = value;
        break;
      case 24:
        into.rssPages = value;
        break;
    }
    field++;
    position++;
  }
  return field > 24;
}
