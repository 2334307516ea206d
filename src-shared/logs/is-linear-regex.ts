import { countSteps } from './linear-program';
import { compileLogRegex } from './log-regex';
import { parseRegex, type RegexPart } from './regex-parts';

/**
 * Whether an expression may be saved as a rule that looks at every line. Errs on the side of no. Refused are:
 * - what `parseRegex` does not take: back-references, look-around, inline flags, `\c`, repetitions of more than 1,000, more than 512 characters;
 * - more than 500 characters to match once repetitions are written out: `(abc){200}`;
 * - a repeated part that may be empty: `(a*)*`, `(x?)+`;
 * - a repeated part in which something varies in length, unless one fixed character at its beginning or end can be nothing
 *   else in it: `(a+)+` and `(.*a){20}` are refused, `(\d+\.)+` is not;
 * - a repeated choice of which two options begin alike: `(a|a)*`, `(foo|fob)+`;
 * - two endless repetitions in a row that can match the same: `\d+\w*`, `.*.*`.
 * What is left never takes exponential time; in JavaScript's own engine `.*a.*b` still takes quadratic time, `createLinearTest` runs
 * it in linear time.
 */
export function isLinearRegex(source: string): boolean {
  if (compileLogRegex({ source, ignoreCase: true }) === null) return false;
  const part = parseRegex(source);
  return part !== null && countSteps(part, maxSteps) <= maxSteps && createCheck(source).isPlain(part);
}

const maxSteps = 500;

/** Characters beyond ASCII that stand for their like: letters of several scripts, a mark, a separator, a symbol. */
const samples = [0xa0, 0xb5, 0xdf, 0xe4, 0x300, 0x3a3, 0x416, 0x5d0, 0x661, 0x2028, 0x20ac, 0x3042, 0x4e2d, 0xac00, 0x1f600];

function createCheck(source: string) {
  const alphabet = new Set([...Array(128).keys(), ...samples, ...pointsIn(source)]);
  const known = new Map<string, ReadonlySet<number>>();

  function setOf(char: string): ReadonlySet<number> {
    let set = known.get(char);
    if (set === undefined) {
      const regex = compileLogRegex({ source: `^(?:${char})$`, ignoreCase: true });
      set = new Set([...alphabet].filter((point) => regex?.test(String.fromCodePoint(point)) ?? true));
      known.set(char, set);
    }
    return set;
  }

  function overlap(one: readonly string[], other: readonly string[]): boolean {
    return one.some((left) => other.some((right) => [...setOf(left)].some((point) => setOf(right).has(point))));
  }

  function isPlain(part: RegexPart): boolean {
    if (part.kind === 'sequence') return part.parts.every(isPlain) && hasNoRowOfEndless(part.parts);
    if (part.kind === 'choice') return part.options.every(isPlain);
    if (part.kind !== 'repeat') return true;
    return isPlain(part.part) && (part.max === 1 || part.max === 0 || isPlainBody(part.part));
  }

  function isPlainBody(body: RegexPart): boolean {
    if (mayBeEmpty(body) || !choicesDiffer(body)) return false;
    return !varies(body) || body.kind === 'char' || isDelimited(body);
  }

  function choicesDiffer(part: RegexPart): boolean {
    if (part.kind === 'sequence') return part.parts.every(choicesDiffer);
    if (part.kind === 'repeat') return choicesDiffer(part.part);
    if (part.kind !== 'choice') return true;
    const firsts = part.options.map(firstOf);
    if (part.options.some(mayBeEmpty) || !part.options.every(choicesDiffer)) return false;
    return firsts.every((first, index) => firsts.slice(index + 1).every((other) => !overlap(first, other)));
  }

  function isDelimited(body: RegexPart): boolean {
    if (body.kind !== 'sequence') return false;
    return [0, body.parts.length - 1].some((index) => {
      const edge = body.parts[index];
      const others = body.parts.filter((_, other) => other !== index).flatMap(charsOf);
      return edge?.kind === 'char' && !overlap([edge.source], others);
    });
  }

  function hasNoRowOfEndless(parts: readonly RegexPart[]): boolean {
    let before: readonly string[] = [];
    for (const part of parts) {
      if (overlap(before, endlessAt(part, 'start'))) return false;
      const ending = endlessAt(part, 'end');
      before = mayBeEmpty(part) ? [...before, ...ending] : ending;
    }
    return true;
  }

  return { isPlain };
}

/** Every code point written in the source, itself or as an escape, and its neighbours: two ranges that overlap share an end. */
function pointsIn(source: string): readonly number[] {
  const written = [...source].map((char) => char.codePointAt(0) ?? 0);
  const escaped = [...source.matchAll(/\\(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\})/gi)].map(([, two, four, braced]) =>
    Number.parseInt(two ?? four ?? braced ?? '0', 16),
  );
  return [...written, ...escaped].flatMap((point) => [point - 1, point, point + 1]).filter((point) => point >= 0 && point <= 0x10ffff);
}

/** Edges take up nothing. */
export function mayBeEmpty(part: RegexPart): boolean {
  switch (part.kind) {
    case 'char':
      return false;
    case 'edge':
      return true;
    case 'sequence':
      return part.parts.every(mayBeEmpty);
    case 'choice':
      return part.options.some(mayBeEmpty);
    case 'repeat':
      return part.min === 0 || mayBeEmpty(part.part);
  }
}

function varies(part: RegexPart): boolean {
  if (part.kind === 'sequence') return part.parts.some(varies);
  if (part.kind === 'choice') return part.options.some(varies);
  return part.kind === 'repeat' && (part.min !== part.max || varies(part.part));
}

function charsOf(part: RegexPart): readonly string[] {
  if (part.kind === 'char') return [part.source];
  if (part.kind === 'sequence') return part.parts.flatMap(charsOf);
  if (part.kind === 'choice') return part.options.flatMap(charsOf);
  return part.kind === 'repeat' ? charsOf(part.part) : [];
}

function firstOf(part: RegexPart): readonly string[] {
  if (part.kind === 'char') return [part.source];
  if (part.kind === 'choice') return part.options.flatMap(firstOf);
  if (part.kind === 'repeat') return firstOf(part.part);
  if (part.kind === 'edge') return [];
  const first: string[] = [];
  for (const inner of part.parts) {
    first.push(...firstOf(inner));
    if (!mayBeEmpty(inner)) break;
  }
  return first;
}

/** What the endless repetitions at one side of a part can match. */
function endlessAt(part: RegexPart, side: 'start' | 'end'): readonly string[] {
  if (part.kind === 'choice') return part.options.flatMap((option) => endlessAt(option, side));
  if (part.kind === 'repeat') return part.max === null ? charsOf(part.part) : endlessAt(part.part, side);
  if (part.kind !== 'sequence') return [];
  const found: string[] = [];
  for (const inner of side === 'start' ? part.parts : part.parts.toReversed()) {
    found.push(...endlessAt(inner, side));
    if (!mayBeEmpty(inner)) break;
  }
  return found;
}
