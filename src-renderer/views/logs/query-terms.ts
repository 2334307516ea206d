import type { LogQuery, LogTerm } from '../../../src-shared/logs/log-query';
import type { LogKind } from '../../../src-shared/logs/log-record';
import { formatLogQuery, parseLogQuery } from '../../../src-shared/logs/parse-log-query';
import type { LogLevel } from '../../../src-shared/logs/parsed-line';

/** What the chips above the console show of a query. */
export interface QueryChoices {
  /** This level or worse; null: all. */
  readonly fromLevel: LogLevel | null;
  readonly hiddenLevels: ReadonlySet<LogLevel>;
  readonly kind: LogKind | null;
  /** As written: a part of a name, or a key. */
  readonly source: string | null;
  readonly hiddenSources: ReadonlySet<string>;
  readonly pattern: string | null;
}

export function readChoices(query: LogQuery): QueryChoices {
  const { terms } = query;
  return {
    fromLevel: only(terms, (term) => (term.kind === 'level' && !term.not ? term.level : null)),
    hiddenLevels: new Set(terms.flatMap((term) => (term.kind === 'level' && term.not && !term.orWorse ? [term.level] : []))),
    kind: only(terms, (term) => (term.kind === 'log-kind' && !term.not ? term.logKind : null)),
    source: only(terms, (term) => (term.kind === 'source' && !term.not ? term.text : null)),
    hiddenSources: new Set(terms.flatMap((term) => (term.kind === 'source' && term.not ? [term.text] : []))),
    pattern: only(terms, (term) => (term.kind === 'pattern' && !term.not ? term.pattern : null)),
  };
}

function only<T>(terms: readonly LogTerm[], pick: (term: LogTerm) => T | null): T | null {
  for (const term of terms) {
    const found = pick(term);
    if (found !== null) return found;
  }
  return null;
}

/** The text of a search with other terms. One that makes no sense yet stays as it is: what is being typed is not thrown away. */
function changeTerms(text: string, change: (terms: readonly LogTerm[]) => readonly LogTerm[]): string {
  const parsed = parseLogQuery(text);
  return parsed.ok ? formatLogQuery({ terms: change(parsed.query.terms) }) : text;
}

/** Only this level or worse; null: all. */
export function withFromLevel(text: string, level: LogLevel | null): string {
  return changeTerms(text, (terms) => [
    ...terms.filter((term) => term.kind !== 'level' || (term.not && term.level !== level)),
    ...(level === null ? [] : [{ kind: 'level', level, orWorse: true, not: false } as const]),
  ]);
}

/** Hides a level, or shows it again. */
export function toggleHiddenLevel(text: string, level: LogLevel): string {
  return toggle(text, { kind: 'level', level, orWorse: false, not: true });
}

export function withKind(text: string, logKind: LogKind | null): string {
  return changeTerms(text, (terms) => [
    ...terms.filter((term) => term.kind !== 'log-kind'),
    ...(logKind === null ? [] : [{ kind: 'log-kind', logKind, not: false } as const]),
  ]);
}

/** Only this source; null: all. */
export function withSource(text: string, source: string | null): string {
  return changeTerms(text, (terms) => [
    ...terms.filter((term) => term.kind !== 'source' || (term.not && term.text !== source)),
    ...(source === null ? [] : [{ kind: 'source', text: source, not: false } as const]),
  ]);
}

export function toggleHiddenSource(text: string, source: string): string {
  return toggle(text, { kind: 'source', text: source, not: true });
}

export function withPattern(text: string, pattern: string): string {
  return changeTerms(text, (terms) => [...terms.filter((term) => term.kind !== 'pattern'), { kind: 'pattern', pattern, not: false }]);
}

/** Without what the level chips say: what they count. */
export function withoutLevels(text: string): string {
  return changeTerms(text, (terms) => terms.filter((term) => term.kind !== 'level'));
}

function toggle(text: string, term: LogTerm): string {
  const wanted = formatLogQuery({ terms: [term] });
  return changeTerms(text, (terms) => {
    const others = terms.filter((one) => formatLogQuery({ terms: [one] }) !== wanted);
    return others.length < terms.length ? others : [...others, term];
  });
}

/** How a source is best named in a search: by its name where no other has it as a part, else by its whole key. */
export function sourceWord(origin: { readonly key: string; readonly name: string }, allNames: readonly string[]): string {
  const name = origin.name.toLowerCase();
  const alike = allNames.filter((one) => one.toLowerCase().includes(name)).length;
  return alike > 1 || name === '' ? origin.key : origin.name;
}
