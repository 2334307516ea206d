import { type RiskLevel, riskLevels } from '../snapshots';

/** Words that look into one thing each; everything else is looked for anywhere in a row. */
const textWords = ['user', 'unit', 'container', 'pod', 'project', 'name', 'role', 'path', 'terminal', 'class'] as const;
const numberWords = ['risk', 'cpu', 'mem', 'port', 'pid'] as const;
export const filterWords = [...textWords, ...numberWords, 'state'] as const;

export type TextWord = (typeof textWords)[number];
export type NumberWord = (typeof numberWords)[number];
export type FilterWord = (typeof filterWords)[number];
export type Comparison = '>' | '>=' | '<' | '<=';

/** One condition; all of them have to hold. `exclude`: it must not. Texts are in lower case. */
export type FilterTerm = { readonly exclude: boolean } & (
  | { readonly kind: 'anywhere'; readonly needle: string }
  | { readonly kind: 'text'; readonly word: TextWord; readonly needle: string }
  | { readonly kind: 'state'; readonly letters: string }
  | { readonly kind: 'level'; readonly level: RiskLevel }
  | { readonly kind: 'compared'; readonly word: NumberWord; readonly comparison: Comparison; readonly value: number }
  /** Both ends are in. */
  | { readonly kind: 'between'; readonly word: NumberWord; readonly from: number; readonly to: number }
);

/** Why a part of the filter was left out. `near`: the word that was probably meant. */
export type FilterProblem =
  | { readonly kind: 'unknown-word'; readonly word: string; readonly near: FilterWord | null }
  | { readonly kind: 'no-value'; readonly word: FilterWord }
  | { readonly kind: 'not-a-number'; readonly word: FilterWord; readonly value: string }
  | { readonly kind: 'needs-comparison'; readonly word: FilterWord };

export interface ProcessFilter {
  readonly terms: readonly FilterTerm[];
  /** In the order they stand; the terms they belong to are not among `terms`. */
  readonly problems: readonly FilterProblem[];
}

const wordPattern = /^([a-z][a-z-]*)(>=|<=|:|=|>|<)(.*)$/i;

/**
 * `user:root port:3000 risk>40 -name:node "free text"`: parts are joined by "and", a leading `-` turns one round, quotes keep
 * spaces and colons together. Words with figures take `>`, `>=`, `<`, `<=`; ports and pids also one figure or a range
 * (`port:3000-3010`). CPU is percent of one core; memory takes K, M, G, T (1024 steps).
 */
export function parseProcessFilter(text: string): ProcessFilter {
  const terms: FilterTerm[] = [];
  const problems: FilterProblem[] = [];
  for (const [token] of text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)) {
    const exclude = token.length > 1 && token.startsWith('-');
    const part = exclude ? token.slice(1) : token;
    const parsed = parsePart(part, exclude);
    if (parsed === null) continue;
    if ('problem' in parsed) problems.push(parsed.problem);
    else terms.push(parsed.term);
  }
  return { terms, problems };
}

type Parsed = { readonly term: FilterTerm } | { readonly problem: FilterProblem } | null;

function parsePart(part: string, exclude: boolean): Parsed {
  const found = part.startsWith('"') ? null : wordPattern.exec(part);
  if (found === null) {
    const needle = unquoted(part);
    return needle === '' ? null : { term: { exclude, kind: 'anywhere', needle } };
  }
  const word = (found[1] ?? '').toLowerCase();
  const sign = found[2] ?? ':';
  const value = unquoted(found[3] ?? '');
  if (!isFilterWord(word)) return { problem: { kind: 'unknown-word', word, near: nearestWord(word) } };
  if (value === '') return { problem: { kind: 'no-value', word } };
  if (word === 'state') return { term: { exclude, kind: 'state', letters: value } };
  if (isNumberWord(word)) return parseNumber(word, sign, value, exclude);
  return { term: { exclude, kind: 'text', word, needle: value } };
}

function parseNumber(word: NumberWord, sign: string, value: string, exclude: boolean): Parsed {
  if (sign === '>' || sign === '>=' || sign === '<' || sign === '<=') {
    const figure = parseFigure(word, value);
    if (figure === null) return { problem: { kind: 'not-a-number', word, value } };
    return { term: { exclude, kind: 'compared', word, comparison: sign, value: figure } };
  }
  const level = riskLevels.find((one) => one === value);
  if (word === 'risk' && level !== undefined) return { term: { exclude, kind: 'level', level } };
  // A figure that moves all the time is never met exactly.
  if (word === 'cpu' || word === 'mem' || word === 'risk') return { problem: { kind: 'needs-comparison', word } };
  const [first = '', second = first, ...more] = value.split('-');
  const from = parseFigure(word, first);
  const to = parseFigure(word, second);
  if (from === null || to === null || more.length > 0) return { problem: { kind: 'not-a-number', word, value } };
  return { term: { exclude, kind: 'between', word, from: Math.min(from, to), to: Math.max(from, to) } };
}

/** In the unit the row has: bytes for memory, percent of a core for CPU. Null: not a figure. */
function parseFigure(word: NumberWord, text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)([kmgt%]?)(?:i?b)?$/.exec(text);
  if (found === null) return null;
  const figure = Number(found[1]);
  const unit = found[2] ?? '';
  if (word === 'mem') return unit === '%' ? null : figure * 1024 ** (unit === '' ? 0 : 'kmgt'.indexOf(unit) + 1);
  if (unit === '' || (unit === '%' && word === 'cpu')) return figure;
  return null;
}

function unquoted(text: string): string {
  return text.replaceAll('"', '').toLowerCase();
}

function isFilterWord(word: string): word is FilterWord {
  return (filterWords as readonly string[]).includes(word);
}

function isNumberWord(word: FilterWord): word is NumberWord {
  return (numberWords as readonly string[]).includes(word);
}

/** The known word one slip away, or one that begins alike. */
function nearestWord(word: string): FilterWord | null {
  const synonym = synonyms[word];
  if (synonym !== undefined) return synonym;
  return filterWords.find((one) => isOneSlipAway(one, word) || (word.length > 2 && (one.startsWith(word) || word.startsWith(one)))) ?? null;
}

const synonyms: Readonly<Record<string, FilterWord>> = {
  memory: 'mem',
  ram: 'mem',
  owner: 'user',
  service: 'unit',
  score: 'risk',
  exe: 'path',
  tty: 'terminal',
  docker: 'container',
  listen: 'port',
  kind: 'role',
};

/** One letter more, one less, one other, or two neighbours swapped. */
function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const restA = a.slice(at + 1);
  const restB = b.slice(at + 1);
  return (
    restA === restB ||
    a.slice(at) === restB ||
    restA === b.slice(at) ||
    (a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2))
  );
}
