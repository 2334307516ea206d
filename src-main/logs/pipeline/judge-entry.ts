import { isErrorLevel, type LogLevel, logLevels } from '../../../src-shared/logs/parsed-line';
import { type LineWeight, weighLine } from '../../rules/log-errors/weigh-line';
import type { Classify } from '../classify';
import { parseLine } from '../parse/parse-line';
import type { LogEntry } from './entry';

export interface EntryJudgement {
  readonly level: LogLevel | null;
  /** What makes it an error, as written; null: it is none. */
  readonly keyword: string | null;
}

/** Priorities that a journal gives to everything a service prints say nothing: only those worse than that are believed. */
const tellingLevels: ReadonlySet<LogLevel> = new Set(['warning', 'error', 'critical']);

/** The worst of what the source states, what the first line says, what the last says where it ends a stack trace, and the person's own words. */
export function judgeEntry({ stated, parsed, texts }: LogEntry, ownWords: Classify): EntryJudgement {
  let worst: EntryJudgement = { level: null, keyword: null };
  const take = (level: LogLevel | null, keyword: string) => {
    if (severityOf(level) > severityOf(worst.level)) worst = { level, keyword: isErrorLevel(level) ? keyword : null };
  };
  if (stated !== null && tellingLevels.has(stated.level)) take(stated.level, stated.word);
  takeWeight(weighLine(parsed), take);
  const last = texts.length > 1 ? texts.at(-1) : undefined;
  if (last !== undefined && parsed.level === null) takeWeight(weighLine(parseLine(last)), take);
  if (!isErrorLevel(worst.level)) {
    for (const text of texts) {
      const match = ownWords(text);
      if (match === null) continue;
      take('error', match.keyword);
      break;
    }
  }
  return worst.level === null && stated !== null ? { level: stated.level, keyword: null } : worst;
}

function takeWeight(weight: LineWeight | null, take: (level: LogLevel | null, keyword: string) => void): void {
  if (weight !== null) take(weight.level, weight.values.word);
}

export function severityOf(level: LogLevel | null): number {
  return level === null ? -1 : logLevels.indexOf(level);
}
