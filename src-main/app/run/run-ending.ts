import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import { maxLineBytes } from '../../../src-shared/logs/line-limit';
import { decodeLine } from '../../logs/decode';
import { isVanished } from '../../platform/proc-errors';
import { findLogError } from '../errors/find-log-error';

export interface ChildEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What a shell would give for it: 128 + n for an end by signal n. */
export function shellExitCode({ exitCode, signal }: ChildEnd): number {
  return exitCode ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

const crashSignals: ReadonlySet<string> = new Set(['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV', 'SIGSYS']);

/** "exited with code 2", "crashed (SIGSEGV)". */
export function endInWords({ exitCode, signal }: ChildEnd): string {
  if (signal !== null) return crashSignals.has(signal) ? `crashed (${signal})` : `was ended by ${signal}`;
  const nested = Object.entries(constants.signals).find(([, number]) => number + 128 === exitCode)?.[0];
  const words = exitCode === 126 ? ': it cannot be executed' : exitCode === 127 ? ': command not found' : '';
  return `exited with code ${exitCode}${nested === undefined ? words : ` (${nested})`}`;
}

/** The newest error may stand before a long stack trace or a summary, not before a day of output. */
const lookedAtBytes = 1024 * 1024;

/** The last line of a log that is an error or worse; null: none in its last mebibyte. */
export function newestErrorIn(path: string): string | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, lookedAtBytes));
    const count = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const lines = buffer.toString('latin1', 0, count).split('\n').reverse();
    for (const line of lines) {
      const text = decodeLine(Buffer.from(line, 'latin1').subarray(0, maxLineBytes));
      if (findLogError(text) !== null) return text.trim();
    }
    return null;
  } catch (error) {
    if (isVanished(error)) return null;
    throw error;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
