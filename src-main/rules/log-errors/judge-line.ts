import type { Reason } from '../../../src-shared/judgement';
import { isErrorLevel, type LogLevel, type ParsedLine } from '../../../src-shared/logs/parsed-line';
import { reason } from '../reason';
import { weighLine } from './weigh-line';

/** How bad a line is, and why. */
export interface LineJudgement {
  readonly level: LogLevel;
  readonly reason: Reason;
}

/** What `weighLine` says, with the reason in words. */
export function judgeLine(line: ParsedLine): LineJudgement | null {
  const weight = weighLine(line);
  return weight === null ? null : { level: weight.level, reason: reason(weight.rule, weight.values) };
}

/** The judgement if the line is an error or worse, else null. */
export function judgeError(line: ParsedLine): LineJudgement | null {
  if (line.level !== null && !isErrorLevel(line.level)) return null;
  const judged = judgeLine(line);
  return judged !== null && isErrorLevel(judged.level) ? judged : null;
}
