/** Names of the signals 1-31 of Linux (x86 and arm), see signal(7). */
const names = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ ' +
  'VTALRM PROF WINCH IO PWR SYS'
).split(' ');

/** "SIGKILL" for 9; real-time signals and others by their number. */
export function signalName(signal: number): string {
  const name = names[signal - 1];
  return name === undefined ? `signal ${signal}` : `SIG${name}`;
}

/** Signals by which the kernel or the program itself reports a bug. */
export function isCrashSignal(signal: number): boolean {
  return ['ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'SEGV', 'SYS'].includes(names[signal - 1] ?? '');
}
