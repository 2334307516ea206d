import { foldText, foldWithPlaces, isAscii } from './fold-text';
import type { LogQuery, LogTerm } from './log-query';
import type { LogOrigin, LogRecord } from './log-record';
import { compileLogRegex } from './log-regex';
import { logLevels } from './parsed-line';

type Test = (record: LogRecord) => boolean;

/** What is cheap to look at comes first; expressions come last. */
const costs: Readonly<Record<LogTerm['kind'], number>> = { level: 0, pattern: 1, source: 2, 'log-kind': 2, text: 3, regex: 4 };

/**
 * Whether a record meets all terms. `originOf` gives the source of a key, null where it is not known (then `source:` sees only the key,
 * `kind:` nothing). One with an expression must run where it can be ended.
 */
export function createRecordMatcher(query: LogQuery, originOf: (key: string) => LogOrigin | null): Test {
  const foldedOf = createFoldedText();
  const tests = [...query.terms]
    .sort((one, other) => costs[one.kind] - costs[other.kind])
    .map((term) => {
      const test = createTest(term, originOf, foldedOf);
      return term.not ? (record: LogRecord) => !test(record) : test;
    });
  return (record) => tests.every((test) => test(record));
}

function createTest(term: LogTerm, originOf: (key: string) => LogOrigin | null, foldedOf: (record: LogRecord) => string): Test {
  switch (term.kind) {
    case 'level': {
      const wanted = logLevels.indexOf(term.level);
      if (!term.orWorse) return (record) => record.level === term.level;
      return (record) => record.level !== null && logLevels.indexOf(record.level) >= wanted;
    }
    case 'pattern':
      return (record) => record.pattern === term.pattern;
    case 'log-kind':
      return (record) => originOf(record.origin)?.kind === term.logKind;
    case 'source': {
      const part = foldText(term.text);
      return byOrigin(
        originOf,
        (origin) => foldText(origin.name).includes(part),
        (key) => foldText(key) === part,
      );
    }
    case 'text': {
      const part = foldText(term.text);
      if (!isAscii(part)) return (record) => foldedOf(record).includes(part);
      // Three times as fast as lowering every text first; without the flag u it ignores the case of ASCII alone.
      const literal = new RegExp(part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i');
      return (record) => literal.test(record.text);
    }
    case 'regex': {
      const regex = compileLogRegex(term);
      return regex === null ? () => false : (record) => regex.test(record.text);
    }
  }
}

const maxRememberedOrigins = 10_000;

/** Names of sources are compared once each, not for every record. */
function byOrigin(
  originOf: (key: string) => LogOrigin | null,
  named: (origin: LogOrigin) => boolean,
  keyed: (key: string) => boolean,
): Test {
  const answers = new Map<string, boolean>();
  return ({ origin: key }) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const origin = originOf(key);
    const answer = keyed(key) || (origin !== null && named(origin));
    if (origin !== null && answers.size < maxRememberedOrigins) answers.set(key, answer);
    return answer;
  };
}

/** Each text is folded once for all terms beyond ASCII; in one of ASCII alone there is none of them. */
function createFoldedText(): (record: LogRecord) => string {
  let latest: { readonly text: string; readonly folded: string } | null = null;
  return ({ text }) => {
    if (latest?.text !== text) latest = { text, folded: isAscii(text) ? '' : foldText(text) };
    return latest.folded;
  };
}

const maxRanges = 1_000;

/** A stretch to mark, in UTF-16 units of the text. */
export interface HighlightRange {
  readonly from: number;
  readonly to: number;
  /** Index into the words; null: the search found it. */
  readonly word: number | null;
}

/**
 * What to mark in a text: first what the words and phrases of the search found, then the given words (the earlier one wins), without
 * regard to case. In order, not overlapping, at most 1,000. Expressions mark nothing: they run only in the search thread.
 */
export function highlightRanges(text: string, query: LogQuery | null, words: readonly string[]): readonly HighlightRange[] {
  const searched = (query?.terms ?? []).flatMap((term) => (term.kind === 'text' && !term.not ? [term.text] : []));
  const { folded, places } = foldWithPlaces(text);
  // By unit of the text: 0 none, 1 the search, 2 and on the words.
  const owners = new Uint16Array(text.length);
  for (const needle of searched) paint(owners, folded, places, needle, 1);
  for (const [index, word] of words.entries()) paint(owners, folded, places, word, index + 2);
  const ranges: HighlightRange[] = [];
  for (let from = 0; from < owners.length && ranges.length < maxRanges; ) {
    const owner = owners[from];
    let to = from + 1;
    while (to < owners.length && owners[to] === owner) to += 1;
    if (owner !== undefined && owner !== 0) ranges.push({ from, to, word: owner === 1 ? null : owner - 2 });
    from = to;
  }
  return ranges;
}

function paint(owners: Uint16Array, folded: string, places: readonly number[] | null, needle: string, owner: number): void {
  const part = foldText(needle);
  if (part === '') return;
  for (let at = folded.indexOf(part); at !== -1; at = folded.indexOf(part, at + part.length)) {
    const from = places === null ? at : (places[at] ?? 0);
    const end = at + part.length;
    const to = places === null ? end : placeBehind(places, end);
    const overlaps = owner !== 1 && owners.subarray(from, to).some((other) => other !== 0 && other !== owner);
    if (!overlaps) owners.fill(owner, from, to);
  }
}

/** Where the needle ends within a letter that folds to several units, all of the letter is marked. */
function placeBehind(places: readonly number[], end: number): number {
  let at = end;
  while (at < places.length - 1 && places[at] === places[end - 1]) at += 1;
  return places[at] ?? 0;
}
