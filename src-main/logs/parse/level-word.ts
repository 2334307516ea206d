import type { LogLevel } from '../../../src-shared/logs/parsed-line';

const wordsByLevel: Readonly<Record<LogLevel, string>> = {
  trace: 'trace trc finest finer verbose vrb',
  debug: 'debug dbg debu fine dbug',
  info: 'info inf information informational log',
  notice: 'notice note',
  warning: 'warning warn wrn',
  error: 'error err eror erro severe failure fail',
  critical: 'critical crit crt fatal ftl fata panic pani dpanic alert emerg emergency',
};

const levels: ReadonlyMap<string, LogLevel> = new Map(
  (Object.entries(wordsByLevel) as readonly [LogLevel, string][]).flatMap(([level, words]) =>
    words.split(' ').flatMap((word): [string, LogLevel][] => [
      [word, level],
      [word.toUpperCase(), level],
      [word.charAt(0).toUpperCase() + word.slice(1), level],
    ]),
  ),
);

const letters: ReadonlyMap<string, LogLevel> = new Map([
  ['V', 'trace'],
  ['T', 'trace'],
  ['D', 'debug'],
  ['I', 'info'],
  ['N', 'notice'],
  ['W', 'warning'],
  ['E', 'error'],
  ['F', 'critical'],
  ['C', 'critical'],
]);

/** Severities 0-7 of RFC 5424 §6.2.1, as journald's PRIORITY has them too. */
const syslogSeverities: readonly LogLevel[] = ['critical', 'critical', 'critical', 'error', 'warning', 'notice', 'info', 'debug'];

/** In small letters. */
export function levelWordsOf(level: LogLevel): readonly string[] {
  return wordsByLevel[level].split(' ');
}

/** The level that a whole word names, as a field or bracket holds it; null for any other word. */
export function levelOfWord(word: string): LogLevel | null {
  return levels.get(word) ?? (word.length < 14 ? (levels.get(word.toLowerCase()) ?? null) : null);
}

/** logcat, klog, mongod: one capital letter. */
export function levelOfLetter(letter: string): LogLevel | null {
  return letters.get(letter) ?? null;
}

export function levelOfSyslogSeverity(severity: number): LogLevel | null {
  return syslogSeverities[severity] ?? null;
}

/** pino and bunyan: 10 trace … 60 fatal, values between belong to the one below. */
export function levelOfPinoNumber(value: number): LogLevel | null {
  if (!(value >= 10 && value < 100)) return null;
  const steps: readonly LogLevel[] = ['trace', 'debug', 'info', 'warning', 'error'];
  return steps[Math.floor(value / 10) - 1] ?? 'critical';
}
