import type { LogLevel } from '../../../src-shared/logs/parsed-line';

/** What a word in a message amounts to where the line states no level. */
export interface LexiconEntry {
  readonly level: Extract<LogLevel, 'warning' | 'error' | 'critical'>;
  /** Pattern sources without look-arounds or unbounded repeats; letters match in either case. */
  readonly words: readonly string[];
}

/** General words of failure, not the words of any one program. Longer ones first: the first that matches wins. */
export const lexicon: readonly LexiconEntry[] = [
  {
    level: 'critical',
    words: [
      'fatal',
      'panic(?:ked|king)?',
      'seg(?:mentation )?fault(?:ed)?',
      'segfault',
      'core dumped',
      'out of memory',
      'oom-?kill(?:ed|er)?',
      'kernel bug',
      'machine check',
      'double fault',
      'stack smashing',
      'heap corruption',
      'stack overflow',
      'data loss',
      '치명적',
    ],
  },
  {
    level: 'error',
    words: [
      'errors?',
      'err',
      'failures?',
      'fail(?:s|ed|ing)?',
      'exceptions?',
      'traceback',
      'cannot',
      "can(?:'|\u2019)t",
      'can not',
      "could(?:n(?:'|\u2019)t| not)",
      '(?:un|not )able to',
      'no such (?:file|device|process|host|container|image|table|column)',
      'not permitted',
      'command not found',
      'no space left',
      'no route to host',
      'broken pipe',
      'connection (?:reset|lost|aborted)',
      'read-only file ?system',
      'address already in use',
      'too many open files',
      'too many connections',
      'host is down',
      'bad file descriptor',
      '(?:invalid|illegal) (?:argument|instruction|operation|or missing)',
      'den(?:ied)',
      'refused',
      'forbidden',
      'unauthori[sz]ed',
      'unhandled',
      'uncaught',
      'unreachable',
      'deadlock(?:ed)?',
      'assert(?:ion)?',
      'crash(?:ed|es|ing)?',
      'abort(?:ed|ing)?',
      'corrupt(?:ed|ion)?',
      'malformed',
      'severed',
      'died',
      'killed process',
      'kernel terminated',
      'terminated (?:abnormally|unexpectedly|for reason|by signal|with signal)',
      'abnormal(?:ly)? (?:end|exit|termination|terminated)',
      'exited with (?:exit )?(?:code|status) [1-9]',
      'non-?zero exit',
      'malfunction',
      '오류',
      '에러',
      '실패',
      '예외',
    ],
  },
  { level: 'warning', words: ['warnings?', 'warn', 'deprecated', 'timed out', '경고'] },
];

/** Said by a program that copes: the failure then is a warning. */
export const softeners =
  /\b(?:will (?:be )?retr(?:y|ied)|retrying|retry in|try(?:ing)? again|will try|reconnecting|recovered|corrected|(?:was|is|been|being|gracefully) handled|ignored|ignoring|suppressed|skipping|resolved|falling back|fall(?:s|ing)? back|fallback|succeeded after|retry succeeded)\b|재시도|복구(?:됨|했)/i;
/** Nothing softens where the program tells that it gave up. */
export const hardeners =
  /\b(?:giv(?:e|es|ing) up|gave up|exhausted|no more retries|not (?:be )?(?:recovered|corrected|resolved|handled)|unrecover(?:ed|able)|uncorrect(?:ed|able))\b/i;
