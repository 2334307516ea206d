import type { TimeUnit } from '../../../src-shared/traffic/log-format';
import type { AccessEntry, EntryReader } from './access-entry';
import { unitMs } from './clf-layout';
import { parseCount, parseDuration, parseRequestLine, parseStatus, pathOfTarget, textOrNull } from './request-line';
import { parseLoggedTime } from './timestamps';

/** What a variable of a format string means to us. `skip`: nothing. */
type Meaning =
  | 'client'
  | 'time'
  | 'request'
  | 'method'
  | 'target'
  | 'query'
  | 'status'
  | 'bytes'
  | 'referrer'
  | 'agent'
  | 'skip'
  | TimeUnit;

interface Part {
  readonly meaning: Meaning;
  /** What follows the value; empty: the value goes on to the end. */
  readonly until: string;
}

const nginx: Readonly<Record<string, Meaning>> = {
  remote_addr: 'client',
  http_x_real_ip: 'client',
  time_local: 'time',
  time_iso8601: 'time',
  msec: 'time',
  request: 'request',
  request_method: 'method',
  request_uri: 'target',
  uri: 'target',
  args: 'query',
  query_string: 'query',
  status: 'status',
  body_bytes_sent: 'bytes',
  bytes_sent: 'bytes',
  http_referer: 'referrer',
  http_user_agent: 'agent',
  request_time: 's',
};
const apache: Readonly<Record<string, Meaning>> = {
  h: 'client',
  a: 'client',
  t: 'time',
  r: 'request',
  m: 'method',
  U: 'target',
  q: 'query',
  s: 'status',
  b: 'bytes',
  B: 'bytes',
  O: 'bytes',
  D: 'us',
  T: 's',
  '{Referer}i': 'referrer',
  '{User-Agent}i': 'agent',
  '{ms}T': 'ms',
  '{us}T': 'us',
  '{s}T': 's',
};
const variable = /\$\{(\w+)\}|\$(\w+)|%[<>!,\d]*(\{[^}]+\}[A-Za-z]+|\^?[A-Za-z]+?(?![A-Za-z])|[A-Za-z])/g;

/** A format string that cannot be read; the message is for the person who gave it. */
export class FormatStringProblem extends Error {
  override readonly name = 'FormatStringProblem';
}

/** Whether a text is meant as a format string of nginx or Apache, rather than as the name of a format. */
export function isFormatString(text: string): boolean {
  return /\$\w|%[<>]?[a-zA-Z{]/.test(text);
}

/** Compiles `$remote_addr - [$time_local] "$request" $status …` or `%h %l %u %t \"%r\" %>s %b %D`. Throws FormatStringProblem. */
export function compileFormatString(text: string): { readonly read: EntryReader; readonly unit: TimeUnit | null } {
  const format = cleaned(text);
  const parts: Part[] = [];
  let lead = '';
  let end = 0;
  const found = [...format.matchAll(variable)];
  for (const [index, match] of found.entries()) {
    if (index === 0) lead = format.slice(0, match.index);
    else if (match.index === end) throw new FormatStringProblem(`nothing stands between two variables before ${match[0]}`);
    end = match.index + match[0].length;
    const until = format.slice(end, found[index + 1]?.index);
    parts.push({ meaning: meaningOf(match), until });
  }
  const meanings = new Set(parts.map(({ meaning }) => meaning));
  if (!meanings.has('status')) throw new FormatStringProblem('it has no status ($status, %s)');
  if (!meanings.has('request') && !meanings.has('target'))
    throw new FormatStringProblem('it has no request ($request, $request_uri, %r, %U)');
  const unit = (['us', 'ms', 's'] as const).find((one) => meanings.has(one)) ?? null;
  return { read: (line) => readLine(line, lead, parts, unit), unit };
}

/** Without the directive around it: `log_format main '…' '…';` or `LogFormat "…" combined`. */
function cleaned(text: string): string {
  const nginxParts = /^\s*log_format\s+\w+\s+(?:escape=\w+\s+)?([\s\S]+?);?\s*$/.exec(text)?.[1];
  if (nginxParts !== undefined) return [...nginxParts.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, part = '']) => part).join('') || nginxParts;
  const apacheText = /^\s*LogFormat\s+"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
  return apacheText.replaceAll('\\"', '"').replaceAll('\\t', '\t');
}

function meaningOf([, braced, plain, percent]: RegExpMatchArray): Meaning {
  const name = braced ?? plain;
  if (name !== undefined) return nginx[name] ?? 'skip';
  const key = percent ?? '';
  const header = /^\{([^}]+)\}(.+)$/.exec(key);
  if (header === null) return apache[key] ?? 'skip';
  const known = Object.keys(apache).find((one) => one.toLowerCase() === key.toLowerCase());
  return known === undefined ? 'skip' : (apache[known] ?? 'skip');
}

function readLine(line: string, lead: string, parts: readonly Part[], unit: TimeUnit | null): AccessEntry | null {
  if (!line.startsWith(lead)) return null;
  const values: Partial<Record<Meaning, string>> = {};
  let at = lead.length;
  for (const { meaning, until } of parts) {
    const end = until === '' ? line.length : endOf(line, at, until, meaning);
    if (end < 0) return null;
    if (meaning !== 'skip') values[meaning] ??= line.slice(at, end);
    at = end + until.length;
  }
  return entryOf(values, unit);
}

/** Linear: each value ends at the first place that can end it. A quote with a backslash before it ends nothing. */
function endOf(line: string, start: number, until: string, meaning: Meaning): number {
  // Apache writes %t with its brackets, and there is a blank in it.
  let at = line.indexOf(until, meaning === 'time' && line[start] === '[' ? Math.max(start, line.indexOf(']', start)) : start);
  if (until.startsWith('"')) while (at > start && isEscaped(line, at)) at = line.indexOf(until, at + 1);
  return at;
}

function isEscaped(line: string, at: number): boolean {
  let backslashes = 0;
  while (line[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function entryOf(values: Partial<Record<Meaning, string>>, unit: TimeUnit | null): AccessEntry | null {
  const status = parseStatus(values.status);
  const target = values.target ?? null;
  if (status === null || (target === null && values.request === undefined)) return null;
  const time = parseLoggedTime(values.time);
  if (values.time !== undefined && time === null) return null;
  const duration = unit === null ? null : parseDuration(values[unit]);
  const request =
    target === null
      ? parseRequestLine(values.request ?? '')
      : { method: textOrNull(values.method), target: pathOfTarget(target + (values.query ?? '')) };
  return {
    atMs: time?.atMs ?? null,
    hour: time?.hour ?? null,
    client: textOrNull(values.client),
    ...request,
    status,
    bytes: values.bytes === '-' ? 0 : parseCount(values.bytes),
    timeMs: duration === null || unit === null ? null : duration * unitMs[unit],
    referrer: textOrNull(values.referrer),
    agent: textOrNull(values.agent),
  };
}
