import { parseLine } from '../../logs/parse/parse-line';
import { judgeError, type LineJudgement } from '../../rules/log-errors/judge-line';

/** Whether one line of any log, as written, is an error or worse, and why; null: it is not. */
export function findLogError(line: string): LineJudgement | null {
  return judgeError(parseLine(line));
}
