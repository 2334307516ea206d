/** An expression taken apart, as far as it can be run in linear time. */
export type RegexPart =
  /** One character of those that the expression `source` matches. */
  | { readonly kind: 'char'; readonly source: string }
  /** `^`, `$` (of lines), `b`, `B`: takes up nothing. */
  | { readonly kind: 'edge'; readonly edge: RegexEdge }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexPart[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexPart[] }
  /** `max` null: without end. */
  | { readonly kind: 'repeat'; readonly part: RegexPart; readonly min: number; readonly max: number | null };

export type RegexEdge = '^' | '$' | 'b' | 'B';

const maxSourceChars = 512;
const maxRepeats = 1_000;
const quantifier = /(?:([*+?])|\{(\d{1,4})(,(\d{1,4})?)?\})\??/y;
const groupStart = /\(\?(?::|<[A-Za-z_]\w{0,63}>)/y;
const charEscape = /\\(?:[dDwWsStnrfv]|0(?!\d)|x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]{1,6}\}|[pP]\{[\w=]{1,64}\}|[^\w])/uy;

/**
 * Null: back-references, look-around, inline flags, repetitions of more than 1,000, more than 512 characters, escapes that mean
 * something else with and without the flag u. Expects what JavaScript itself accepts.
 */
export function parseRegex(source: string): RegexPart | null {
  if (source.length > maxSourceChars) return null;
  const reader = { source, at: 0 };
  const part = readChoice(reader);
  return reader.at === source.length ? part : null;
}

interface Reader {
  readonly source: string;
  at: number;
}

function readChoice(reader: Reader): RegexPart | null {
  const options: RegexPart[] = [];
  for (;;) {
    const option = readSequence(reader);
    if (option === null) return null;
    options.push(option);
    if (reader.source.charAt(reader.at) !== '|') break;
    reader.at += 1;
  }
  const only = options[0];
  return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
}

function readSequence(reader: Reader): RegexPart | null {
  const parts: RegexPart[] = [];
  while (reader.at < reader.source.length && !'|)'.includes(reader.source.charAt(reader.at))) {
    const part = readRepeated(reader);
    if (part === null) return null;
    parts.push(part);
  }
  const only = parts[0];
  return parts.length === 1 && only !== undefined ? only : { kind: 'sequence', parts };
}

function readRepeated(reader: Reader): RegexPart | null {
  const part = readOne(reader);
  if (part === null) return null;
  const found = matchHere(reader, quantifier);
  if (found === null) return part;
  const [sign, from, comma, to] = [found[1], found[2], found[3], found[4]];
  const min = from !== undefined ? Number(from) : sign === '+' ? 1 : 0;
  const max = from !== undefined ? (to !== undefined ? Number(to) : comma !== undefined ? null : min) : sign === '?' ? 1 : null;
  if (part.kind === 'edge' || min > maxRepeats || (max ?? 0) > maxRepeats) return null;
  return { kind: 'repeat', part, min, max };
}

function readOne(reader: Reader): RegexPart | null {
  const { source, at } = reader;
  const char = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (char === '(') return readGroup(reader);
  if (char === '[') return readClass(reader);
  if (char === '\\') {
    const next = source.charAt(at + 1);
    if (next === 'b' || next === 'B') {
      reader.at += 2;
      return { kind: 'edge', edge: next };
    }
    const found = matchHere(reader, charEscape);
    return found === null ? null : { kind: 'char', source: found[0] };
  }
  if ('*+?'.includes(char)) return null;
  reader.at += char.length;
  if (char === '^' || char === '$') return { kind: 'edge', edge: char };
  return { kind: 'char', source: '{}]'.includes(char) ? `\\${char}` : char };
}

function readGroup(reader: Reader): RegexPart | null {
  if (reader.source.charAt(reader.at + 1) !== '?') reader.at += 1;
  else if (matchHere(reader, groupStart) === null) return null;
  const inside = readChoice(reader);
  if (inside === null || reader.source.charAt(reader.at) !== ')') return null;
  reader.at += 1;
  return inside;
}

function readClass(reader: Reader): RegexPart | null {
  const { source, at: from } = reader;
  for (let at = from + 1; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === '\\') at += 1;
    else if (char === ']') {
      reader.at = at + 1;
      return { kind: 'char', source: source.slice(from, at + 1) };
    }
  }
  return null;
}

function matchHere(reader: Reader, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = reader.at;
  const found = expression.exec(reader.source);
  if (found !== null) reader.at = expression.lastIndex;
  return found;
}
