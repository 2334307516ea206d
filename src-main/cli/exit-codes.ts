import type { Level } from '../../src-shared/level';

/** `check` answers with its exit code (the numbers of Nagios plugins); everything else only tells done or not. */
export const checkExitCodes: Readonly<Record<Level, number>> = { ok: 0, inactive: 0, warning: 1, critical: 2, unknown: 3 };

export const exitFailure = 1;
/** `check` could not find out: the same number as level unknown. */
export const exitCheckUnknown = 3;
/** EX_USAGE of sysexits.h: a wrong flag or command never looks like an answer of `check`. */
export const exitUsage = 64;

/** Of a command that could not do what it was asked to. */
export function failureCodeOf(args: readonly string[]): number {
  return args.includes('check') ? exitCheckUnknown : exitFailure;
}
