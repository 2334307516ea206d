import { foldText, isAscii } from '../../../src-shared/logs/fold-text';
import type { LogQuery, LogTerm } from '../../../src-shared/logs/log-query';
import type { LogOrigin, LogRecord } from '../../../src-shared/logs/log-record';
import { createRecordMatcher } from '../../../src-shared/logs/match-record';
import type { LogLevel } from '../../../src-shared/logs/parsed-line';

/** A text that must stand in a record, folded as `createRecordMatcher` folds it. */
export interface Needle {
  readonly folded: string;
  /** Compared with the lower-cased text; otherwise with the folded one. */
  readonly ascii: boolean;
}

/** A query taken apart by what has to be looked at: columns first, texts last. Every part judges as `createRecordMatcher` does. */
export interface RecordFilter {
  readonly matches: (record: LogRecord) => boolean;
  readonly admitsOrigin: (key: string) => boolean;
  readonly admitsLevel: (level: LogLevel | null) => boolean;
  readonly admitsPattern: (pattern: string | null) => boolean;
  /** The terms on texts alone. */
  readonly admitsText: (text: string) => boolean;
  /** Must all stand in the text; the longest first. */
  readonly needles: readonly Needle[];
  /** No term looks at the text. */
  readonly columnsOnly: boolean;
  readonly hasRegex: boolean;
}

const probe: LogRecord = { id: 0, atMs: 0, origin: '', level: null, text: '', pattern: null, maskedCount: 0, cutBytes: 0 };

/** `originOf` gives what is known of a source by its key. */
export function createRecordFilter(query: LogQuery, originOf: (key: string) => LogOrigin | null): RecordFilter {
  const byKinds = (...kinds: readonly LogTerm['kind'][]) =>
    createRecordMatcher({ terms: query.terms.filter((term) => kinds.includes(term.kind)) }, originOf);
  const origin = byKinds('source', 'log-kind');
  const level = byKinds('level');
  const pattern = byKinds('pattern');
  const text = byKinds('text', 'regex');
  const needles = query.terms.flatMap((term): readonly Needle[] => {
    if (term.kind !== 'text' || term.not || term.text === '') return [];
    const folded = foldText(term.text);
    return [{ folded, ascii: isAscii(folded) }];
  });
  return {
    matches: createRecordMatcher(query, originOf),
    admitsOrigin: (key) => origin({ ...probe, origin: key }),
    admitsLevel: (value) => level({ ...probe, level: value }),
    admitsPattern: (value) => pattern({ ...probe, pattern: value }),
    admitsText: (value) => text({ ...probe, text: value }),
    needles: [...needles].sort((one, other) => other.folded.length - one.folded.length),
    columnsOnly: !query.terms.some((term) => term.kind === 'text' || term.kind === 'regex'),
    hasRegex: query.terms.some((term) => term.kind === 'regex'),
  };
}
