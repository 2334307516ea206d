/** The part of /proc/PID/stat that the service search needs; see proc_pid_stat(5). */
export interface ProcessStat {
  readonly pid: number;
  readonly ppid: number;
  /** The name the kernel knows, cut at 15 bytes. */
  readonly comm: string;
  readonly state: string;
  /** User and system time. */
  readonly cpuTicks: number;
  readonly startTicks: number;
  readonly threadCount: number;
  readonly rssPages: number;
}

/** Null when the text is no stat line. The name may hold spaces and brackets itself: only the last ")" ends it. */
export function parseProcessStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  // From field 3 (state) on.
  const fields = text
    .slice(close + 2)
    .trimEnd()
    .split(' ');
  const figure = (field: number): number => Number(fields[field - 3]);
  const stat: ProcessStat = {
    pid: Number.parseInt(text, 10),
    ppid: figure(4),
    comm: text.slice(open + 1, close),
    state: fields[0] ?? '',
    cpuTicks: figure(14) + figure(15),
    startTicks: figure(22),
    threadCount: figure(20),
    rssPages: figure(24),
  };
  return Number.isNaN(stat.pid + stat.ppid + stat.cpuTicks + stat.startTicks + stat.rssPages) ? null : stat;
}

/** Basename of the first argument of /proc/PID/cmdline; daemons rewrite it as "nginx: master process" or "postgres: writer". */
export function parseProgramName(commandLine: string): string {
  const first = commandLine.split('\0')[0] ?? '';
  const program = first.split(/[ :]/)[0] ?? '';
  return program.slice(program.lastIndexOf('/') + 1);
}

/** Output of `ps -axo pid=,ppid=,state=,time=,rss=,comm=` on macOS: time as [days-]hours:minutes:seconds.hundredths, rss in KiB. */
export function parsePs(text: string): readonly ProcessStat[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(?:(\d+)-)?([\d:.]+)\s+(\d+)\s+(.+?)\s*$/.exec(line);
    if (match === null) return [];
    const [, pid, ppid, state = '', days, time = '', rssKiB, path = ''] = match;
    const seconds = time.split(':').reduce((total, part) => total * 60 + Number(part), 0) + Number(days ?? 0) * 86_400;
    return [
      {
        pid: Number(pid),
        ppid: Number(ppid),
        comm: path.slice(path.lastIndexOf('/') + 1),
        state: state.slice(0, 1),
        cpuTicks: Math.round(seconds * 100),
        startTicks: 0,
        threadCount: 1,
        rssPages: Number(rssKiB),
      },
    ];
  });
}
