import type { TimeUnit } from '../../../src-shared/traffic/log-format';
import { ClfParser } from '../parse/clf-parser';
import type { ClfLayout, TimePlace } from './clf-layout';
import type { KnownFormat } from './known-format';
import { type UnitGuess, unitOfName, unitOfValues } from './time-unit';

const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
const line = new RegExp(
  String.raw`^(\S+ )??\S+ [^\[]{1,200}\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] ${quoted} \d{3} (?:\d+|-)( ${quoted} ${quoted})?(.*)$`,
);
const field = /"(?:[^"\\]|\\.)*"|\S+/g;
const number = /^"?(\d+(?:\.\d+)?)"?$/;
const named = /(?:^|[\s",;])([A-Za-z][A-Za-z_-]*[:=])"?(\d+(?:\.\d+)?)/g;
const timeNames =
  /^(?:rt|request_time|request-time|response_time|responsetime|duration|elapsed|took|time|latency|request_time_ms|duration_ms|time_ms|time_us|urt|upstream_response_time)$/i;

/** The layout of the common family that fits `lines` best, or null when it fits none of them. */
export function detectClf(lines: readonly string[]): KnownFormat | null {
  const found = lines.map((text) => line.exec(text)).filter((match) => match !== null);
  if (found.length === 0) return null;
  const hasHost = count(found, ([text]) => hasHostFirst(text)) * 2 > found.length;
  const hasAgent = count(found, ([, , agent]) => agent !== undefined) * 2 >= found.length;
  const time = findTime(found.map(([, , , tail]) => tail ?? ''));
  return clfFormat({ hasHost, hasAgent, time: time.place, unit: time.guess?.unit ?? 's' }, found.length / lines.length, time.guess);
}

function clfFormat(layout: ClfLayout, fitRatio: number, guess: UnitGuess | null): KnownFormat {
  const hasTime = layout.time.kind !== 'none';
  return {
    detected: {
      id: layout.hasAgent ? 'combined' : 'common',
      words: describe(layout),
      fitRatio,
      timeUnit: hasTime ? layout.unit : null,
      timeEvidence: hasTime ? (guess?.evidence ?? null) : null,
    },
    createParser: () => new ClfParser(layout),
  };
}

const unitWords: Readonly<Record<TimeUnit, string>> = { s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds' };

function describe({ hasHost, hasAgent, time, unit }: ClfLayout): string {
  const parts = [hasAgent ? 'combined' : 'common'];
  if (hasHost) parts.push('virtual host first');
  if (time.kind === 'named') parts.push(`response time behind ${time.name} in ${unitWords[unit]}`);
  else if (time.kind === 'last') parts.push(`response time at the end in ${unitWords[unit]}`);
  else if (time.kind === 'field') parts.push(`response time as extra field ${time.index + 1} in ${unitWords[unit]}`);
  return parts.join(', ');
}

/** `host:port client ident user [`: one word more than `client ident user [`. */
function hasHostFirst(text: string): boolean {
  const words = text.slice(0, text.indexOf(' [')).split(' ');
  if (words.length < 4) return false;
  return /^[\da-fA-F.:]+$/.test(words[1] ?? '') && /[.:]/.test(words[1] ?? '');
}

function findTime(tails: readonly string[]): { readonly place: TimePlace; readonly guess: UnitGuess | null } {
  const none = { place: { kind: 'none' } as const, guess: null };
  const told = tails.filter((tail) => tail.trim() !== '');
  if (told.length * 2 < tails.length) return none;
  return namedTime(told) ?? plainTime(told) ?? none;
}

function namedTime(tails: readonly string[]): { readonly place: TimePlace; readonly guess: UnitGuess } | null {
  const values = new Map<string, string[]>();
  for (const tail of tails)
    for (const [, name = '', value = ''] of tail.matchAll(named)) {
      if (timeNames.test(name.slice(0, -1))) values.set(name, [...(values.get(name) ?? []), value]);
    }
  const usual = [...values].filter(([, times]) => times.length * 2 > tails.length);
  // The time of the upstream is part of the time of the request.
  const best = usual.find(([name]) => !/^u/.test(name)) ?? usual[0];
  if (best === undefined) return null;
  const [name, times] = best;
  return { place: { kind: 'named', name }, guess: unitOfName(name.slice(0, -1)) ?? unitOfValues(times) };
}

function plainTime(tails: readonly string[]): { readonly place: TimePlace; readonly guess: UnitGuess } | null {
  const fields = tails.map((tail) => tail.match(field) ?? []);
  const width = Math.max(...fields.map((one) => one.length));
  const columns = Array.from({ length: Math.min(width, 12) }, (_, index) => fields.map((one) => number.exec(one[index] ?? '')?.[1]));
  const numeric = columns.map((column) => column.filter((value) => value !== undefined));
  const isMostly = (values: readonly string[] | undefined) => (values?.length ?? 0) * 2 > tails.length;
  const withFraction = numeric.findIndex((values) => isMostly(values) && values.every((value) => value.includes('.')));
  const index = withFraction >= 0 ? withFraction : numeric.findLastIndex(isMostly);
  const values = numeric[index];
  if (values === undefined) return null;
  const isLast = fields.every((one) => one.length === index + 1 || one.length === 0);
  return { place: isLast ? { kind: 'last' } : { kind: 'field', index }, guess: unitOfValues(values) };
}

function count<T>(list: readonly T[], test: (one: T) => boolean): number {
  return list.filter(test).length;
}
