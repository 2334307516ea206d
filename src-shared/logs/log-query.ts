import type { LogKind } from './log-record';
import type { LogLevel } from './parsed-line';

/**
 * What a search box says, taken apart by `parseLogQuery`. A record must meet all terms. Written as
 * `timeout "connection refused" source:api level:error kind:access -healthz /5\d\d$/ pattern:p1a2b3c`.
 */
export interface LogQuery {
  readonly terms: readonly LogTerm[];
}

export type LogTerm =
  /** A word or a "phrase": stands anywhere in the text, without regard to case. */
  | { readonly kind: 'text'; readonly text: string; readonly not: boolean }
  /** Between slashes; `ignoreCase` with a trailing i. Runs only where it can be ended (search thread). */
  | { readonly kind: 'regex'; readonly source: string; readonly ignoreCase: boolean; readonly not: boolean }
  /** Part of the name of the source, or its whole key; without regard to case. */
  | { readonly kind: 'source'; readonly text: string; readonly not: boolean }
  /** `level:error` is that level; `level:error+` or `level:>=error` that or worse. */
  | { readonly kind: 'level'; readonly level: LogLevel; readonly orWorse: boolean; readonly not: boolean }
  | { readonly kind: 'log-kind'; readonly logKind: LogKind; readonly not: boolean }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly not: boolean };

/** Where in the text of the query something is wrong, in UTF-16 units, and what: a message key `logQuery.<problem>`. */
export interface LogQueryProblem {
  readonly problem: 'open-quote' | 'open-regex' | 'bad-regex' | 'unknown-level' | 'unknown-kind' | 'empty-value' | 'too-long';
  readonly from: number;
  readonly to: number;
  /** What was written there. */
  readonly value: string;
}

export type ParsedLogQuery =
  | { readonly ok: true; readonly query: LogQuery }
  | { readonly ok: false; readonly problems: readonly LogQueryProblem[] };
