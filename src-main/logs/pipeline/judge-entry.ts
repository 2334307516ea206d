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
  let worst = none;
  if (stated !== null && tellingLevels.has(stated.level)) worst = worse(worst, stated.level, stated.word);
  worst = worseBy(worst, weighLine(parsed));
  const last = texts.length > 1 ? texts.at(-1) : undefined;
  if (last !== undefined && parsed.level === null) worst = worseBy(worst, weighLine(parseLine(last)));
  if (!isErrorLevel(worst.level)) {
    for (const text of texts) {
      const match = ownWords(text);
      if (match === null) continue;
      worst = worse(worst, 'error', match.keyword);
      break;
    }
  }
  return worst.level === null && stated !== null ? { level: stated.level, keyword: null } : worst;
}

const none: EntryJudgement = { level: null, keyword: null };

function worseBy(known: EntryJudgement, weight: LineWeight | null): EntryJudgement {
  return weight === null ? known : worse(known, weight.level, weight.values.word);
}

function worse(known: EntryJudgement, level: LogLevel, keyword: string): EntryJudgement {
  return severityOf(level) > severityOf(known.level) ? { level, keyword: isErrorLevel(level) ? keyword : null } : known;
}

export function severityOf(level: LogLevel | null): number {
  return level === null ? -1 : logLevels.indexOf(level);
}
