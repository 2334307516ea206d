import type { LogQuery, LogQueryProblem, LogTerm, ParsedLogQuery } from './log-query';
import { type LogKind, logKinds } from './log-record';
import { compileLogRegex } from './log-regex';
import { type LogLevel, logLevels } from './parsed-line';

/** In UTF-16 units, as the contract bounds it. */
export const maxLogQueryChars = 2_000;
/** Of one /expression/, in UTF-16 units. */
export const maxLogRegexChars = 512;
/** What a problem quotes of a longer value. */
const maxQuotedChars = 200;

const otherLevelNames: Readonly<Record<string, LogLevel>> = {
  verbose: 'trace',
  information: 'info',
  warn: 'warning',
  err: 'error',
  crit: 'critical',
  fatal: 'critical',
  panic: 'critical',
  alert: 'critical',
  emerg: 'critical',
  emergency: 'critical',
};

const space = /\s/;
const fieldName = /(source|level|kind|pattern):/iy;
/** `/var/log/syslog` and `/healthz` are words, not expressions: what holds nothing but this is a path. */
const path = /^\/[\p{L}\p{N}_./~%@:+=,-]+$/u;

/** What stood at one place: a term or what is wrong with it, and where the next one may begin. */
interface Found {
  readonly term: LogTerm | null;
  readonly problem: LogQueryProblem | null;
  readonly end: number;
}

/**
 * Takes what a person types into a search box apart. Terms are parted by white space; `-` before one negates it (not before
 * another `-`: `--watch` is a word). In "phrases" `\"` is a quote and `\\` a backslash. A /expression/ ends at the first `/` that is neither escaped
 * nor in a class, and only where white space, the end or `i` follows; else a path is a word. Unknown `names:` are words.
 * Never throws; all problems are named at once.
 */
export function parseLogQuery(text: string): ParsedLogQuery {
  if (text.length > maxLogQueryChars) {
    return { ok: false, problems: [problemAt('too-long', text, maxLogQueryChars, text.length)] };
  }
  const terms: LogTerm[] = [];
  const problems: LogQueryProblem[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const found = readTerm(text, at);
    if (found.term !== null) terms.push(found.term);
    if (found.problem !== null) problems.push(found.problem);
    at = skipSpace(text, found.end);
  }
  return problems.length === 0 ? { ok: true, query: { terms } } : { ok: false, problems };
}

function readTerm(text: string, from: number): Found {
  const next = text.charAt(from + 1);
  const not = text.charAt(from) === '-' && next !== '' && next !== '-' && !space.test(next);
  const at = not ? from + 1 : from;
  const first = text.charAt(at);
  if (first === '"') {
    const quoted = readQuoted(text, at);
    if (quoted === null) return failed('open-quote', text, at, text.length, text.length);
    if (quoted.value === '') return failed('empty-value', text, at, quoted.end, quoted.end);
    return { term: { kind: 'text', text: quoted.value, not }, problem: null, end: quoted.end };
  }
  if (first === '/') return readRegex(text, at, not);
  fieldName.lastIndex = at;
  const name = fieldName.exec(text)?.[1]?.toLowerCase();
  if (name !== undefined) return readField(text, at, name, not);
  const end = endOfWord(text, at);
  return { term: { kind: 'text', text: text.slice(at, end), not }, problem: null, end };
}

/** Null: the closing quote is missing. */
function readQuoted(text: string, from: number): { readonly value: string; readonly end: number } | null {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') return { value, end: at + 1 };
    const next = text.charAt(at + 1);
    const escapes = char === '\\' && (next === '"' || next === '\\');
    value += escapes ? next : char;
    if (escapes) at += 1;
  }
  return null;
}

function readRegex(text: string, from: number, not: boolean): Found {
  const close = closingSlash(text, from);
  const ignoreCase = close !== null && text.charAt(close + 1) === 'i';
  const end = close === null ? text.length : close + (ignoreCase ? 2 : 1);
  if (close === null || (end < text.length && !space.test(text.charAt(end)))) {
    const wordEnd = endOfWord(text, from);
    const word = text.slice(from, wordEnd);
    if (path.test(word)) return { term: { kind: 'text', text: word, not }, problem: null, end: wordEnd };
    if (close === null) return failed('open-regex', text, from, wordEnd, wordEnd);
    const after = endOfWord(text, end);
    return failed('bad-regex', text, from, after, after);
  }
  const source = text.slice(from + 1, close);
  if (source === '') return failed('empty-value', text, from, end, end);
  if (source.length > maxLogRegexChars) return failed('too-long', text, from, end, end);
  if (compileLogRegex({ source, ignoreCase }) === null) return failed('bad-regex', text, from, end, end);
  return { term: { kind: 'regex', source, ignoreCase, not }, problem: null, end };
}

/** Of the first slash behind `from` that is neither escaped nor in a class; null: there is none. */
function closingSlash(text: string, from: number): number | null {
  let inClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at;
  }
  return null;
}

function readField(text: string, from: number, name: string, not: boolean): Found {
  const valueFrom = from + name.length + 1;
  const isQuoted = text.charAt(valueFrom) === '"';
  const quoted = isQuoted ? readQuoted(text, valueFrom) : null;
  if (isQuoted && quoted === null) return failed('open-quote', text, valueFrom, text.length, text.length);
  const end = quoted?.end ?? endOfWord(text, valueFrom);
  const value = quoted?.value ?? text.slice(valueFrom, end);
  if (value === '') return failed('empty-value', text, from, end, end);
  if (name === 'source') return { term: { kind: 'source', text: value, not }, problem: null, end };
  if (name === 'pattern') return { term: { kind: 'pattern', pattern: value, not }, problem: null, end };
  if (name === 'kind') {
    const logKind = kindOf(value);
    if (logKind === null) return failed('unknown-kind', text, valueFrom, end, end);
    return { term: { kind: 'log-kind', logKind, not }, problem: null, end };
  }
  const stated = /^(>=)?(.*?)(\+)?$/s.exec(value);
  const level = levelOf(stated?.[2] ?? '');
  if (level === null) return failed('unknown-level', text, valueFrom, end, end);
  return { term: { kind: 'level', level, orWorse: stated?.[1] !== undefined || stated?.[3] !== undefined, not }, problem: null, end };
}

function kindOf(value: string): LogKind | null {
  const name = value.toLowerCase();
  return logKinds.find((kind) => kind === name) ?? null;
}

function levelOf(value: string): LogLevel | null {
  const name = value.toLowerCase();
  return logLevels.find((level) => level === name) ?? (Object.hasOwn(otherLevelNames, name) ? (otherLevelNames[name] ?? null) : null);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && space.test(text.charAt(at))) at += 1;
  return at;
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !space.test(text.charAt(at))) at += 1;
  return at;
}

function failed(problem: LogQueryProblem['problem'], text: string, from: number, to: number, end: number): Found {
  return { term: null, problem: problemAt(problem, text, from, to), end };
}

function problemAt(problem: LogQueryProblem['problem'], text: string, from: number, to: number): LogQueryProblem {
  return { problem, from, to, value: text.slice(from, Math.min(to, from + maxQuotedChars)) };
}

/** The same as a person would type it: `parseLogQuery` of it gives the same terms again. */
export function formatLogQuery(query: LogQuery): string {
  return query.terms.map((term) => (term.not ? '-' : '') + formatTerm(term)).join(' ');
}

function formatTerm(term: LogTerm): string {
  switch (term.kind) {
    case 'text':
      return quotedWhere(term.text, mustQuote(term.text));
    case 'regex':
      return `/${withSlashesEscaped(term.source)}/${term.ignoreCase ? 'i' : ''}`;
    case 'source':
      return `source:${quotedWhere(term.text, mustQuoteValue(term.text))}`;
    case 'pattern':
      return `pattern:${quotedWhere(term.pattern, mustQuoteValue(term.pattern))}`;
    case 'level':
      return `level:${term.level}${term.orWorse ? '+' : ''}`;
    case 'log-kind':
      return `kind:${term.logKind}`;
  }
}

function mustQuote(text: string): boolean {
  fieldName.lastIndex = 0;
  return mustQuoteValue(text) || text.startsWith('-') || text.startsWith('/') || fieldName.test(text);
}

function mustQuoteValue(text: string): boolean {
  return text === '' || text.startsWith('"') || space.test(text);
}

function quotedWhere(text: string, must: boolean): string {
  return must ? `"${text.replace(/[\\"]/g, '\\$&')}"` : text;
}

function withSlashesEscaped(source: string): string {
  let escaped = source;
  for (let at = closingSlash(`/${escaped}`, 0); at !== null; at = closingSlash(`/${escaped}`, at + 1)) {
    escaped = `${escaped.slice(0, at - 1)}\\${escaped.slice(at - 1)}`;
  }
  return escaped;
}
