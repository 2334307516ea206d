/** One job of launchd. */
export interface LaunchdJob {
  readonly label: string;
  readonly pid: number | null;
  /** How it ended last; null when launchd does not tell. */
  readonly lastExit: { readonly kind: 'status' | 'signal'; readonly number: number } | null;
}

/**
 * Output of `launchctl list`: PID, Status and Label between tabs under a headline. Status is the last exit status, a negative
 * number the signal that ended it, "-" unknown. Written from launchctl(1); not run on a device.
 */
export function parseLaunchctlList(text: string): readonly LaunchdJob[] {
  return text.split('\n').flatMap((line) => {
    const [, pid = '', status = '', label = ''] = /^(\d+|-)\t(-?\d+|-)\t(\S.*)$/.exec(line) ?? [];
    return label === '' ? [] : [toJob(pid, status, label)];
  });
}

/**
 * The section "services" of `launchctl print system`, which an ordinary user may read: PID (0 for none), last exit status or
 * "-" or a mark such as "(pe)", and label. Apple promises nothing about this form; lines that do not fit are left out.
 */
export function parseLaunchctlPrint(text: string): readonly LaunchdJob[] {
  const section = /^\tservices = \{\n([\s\S]*?)^\t\}/m.exec(text)?.[1] ?? '';
  return section.split('\n').flatMap((line) => {
    const [, pid = '', status = '', label = ''] = /^\s+(\d+)\s+(-?\d+|-|\(\w+\))\s+(\S+)\s*$/.exec(line) ?? [];
    return label === '' ? [] : [toJob(pid === '0' ? '-' : pid, status, label)];
  });
}

function toJob(pid: string, status: string, label: string): LaunchdJob {
  const number = /^-?\d+$/.test(status) ? Number(status) : null;
  return {
    label,
    pid: pid === '-' ? null : Number(pid),
    lastExit: number === null ? null : { kind: number < 0 ? 'signal' : 'status', number: Math.abs(number) },
  };
}
