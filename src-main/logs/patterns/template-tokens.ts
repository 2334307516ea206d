/**
 * A part of a template: a word, a delimiter, a value told by its form (`mask`), or a place where words turned out to vary (`open`).
 * `gap` is whether a blank stands before it.
 */
export interface Token {
  readonly text: string;
  readonly gap: boolean;
  readonly kind: 'word' | 'mark' | 'mask' | 'open';
}

const part = /<(?:num|hex|ip|host|mac|uuid|time|size|duration|path|url|id|\*)>|[^\s=,;()[\]{}"'<>|`:]+|\S/g;
const mask = /^<(?:num|hex|ip|host|mac|uuid|time|size|duration|path|url|id|\*)>$/;
const wordy = /[\p{L}\p{N}]/u;
const mostTokens = 192;
const longestQuote = 160;

/** The tokens of a shape; lists of values are one wildcard, a quoted text is one word. */
export function tokenize(shape: string): readonly Token[] {
  return dropAppositions(joinRuns(joinQuotes(maskValues(split(shape)))));
}

function split(shape: string): Token[] {
  const tokens: Token[] = [];
  part.lastIndex = 0;
  for (let match = part.exec(shape); match && tokens.length < mostTokens; match = part.exec(shape)) {
    const text = match[0];
    const gap = match.index > 0 && shape.charCodeAt(match.index - 1) === 32;
    tokens.push({ text, gap, kind: mask.test(text) ? 'mask' : wordy.test(text) ? 'word' : 'mark' });
  }
  return tokens;
}

const weekday = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/;
const month = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$/;
const truth = /^(?:true|false)$/i;
const nothing = /^(?:null|nil|none|undefined|NaN)$/i;
const hexWord = /^[a-fA-F]{8,}$/;
const opening = '([{"\'';
const closingOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', "'": "'" };

/** Values without a digit: the words of a date, truth values behind a name, and the empty places of `(…)` and `name=`. */
function maskValues(tokens: readonly Token[]): readonly Token[] {
  const masked: Token[] = [];
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    const before = tokens[at - 1];
    const isDatePart = month.test(token.text)
      ? next?.kind === 'mask'
      : weekday.test(token.text) && next !== undefined && month.test(next.text);
    if (isDatePart) masked.push({ ...token, text: '<time>', kind: 'mask' });
    else if ((before?.text === '=' || before?.text === ':') && truth.test(token.text)) masked.push({ ...token, text: '<*>', kind: 'mask' });
    else if (before?.text === '=' && nothing.test(token.text)) masked.push({ ...token, text: '<*>', kind: 'mask' });
    else if (hexWord.test(token.text)) masked.push({ ...token, text: '<hex>', kind: 'mask' });
    else masked.push(token);
    const isOpen =
      opening.includes(token.text) && next?.text === closingOf[token.text] && !next?.gap && (token.gap || before?.kind !== 'word');
    const isName =
      token.text === '=' && !token.gap && before?.kind === 'word' && (!next || next.gap || next.text === ',' || next.text === ';');
    if (isOpen || isName) masked.push({ text: '', gap: false, kind: 'mask' });
  });
  return masked;
}

/** `"file not found"` is one word, so that texts of other length stand at the same place. */
function joinQuotes(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    const close = token.text === '"' || token.text === "'" ? closing(tokens, at) : -1;
    if (close < 0) {
      joined.push(token);
      continue;
    }
    const inner = tokens.slice(at + 1, close);
    if (inner.length === 0 || inner.some((one) => one.kind === 'mask'))
      joined.push(token, ...inner, { text: token.text, gap: false, kind: 'mark' });
    else joined.push(token, { text: textOf(inner), gap: false, kind: 'word' }, { text: token.text, gap: false, kind: 'mark' });
    at = close;
  }
  return joined;
}

function closing(tokens: readonly Token[], open: number): number {
  const quote = tokens[open]?.text;
  // An apostrophe inside a word opens nothing.
  const before = tokens[open - 1];
  if (before?.kind === 'word' && !tokens[open]?.gap) return -1;
  let length = 0;
  for (let at = open + 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) return -1;
    if (token.text === quote && (quote === '"' || !(tokens[at + 1]?.kind === 'word' && !tokens[at + 1]?.gap))) return at;
    length += token.text.length + 1;
    if (length > longestQuote) return -1;
  }
  return -1;
}

/** Values that follow each other, blank, comma or colon between, become one wildcard. */
function joinRuns(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token.kind === 'mask' && last) {
      if (last.kind === 'mask') {
        joined[joined.length - 1] = last.text === token.text || token.text === '' ? last : { ...last, text: '<*>' };
        continue;
      }
      const before = joined.at(-2);
      if (last.kind === 'mark' && /^[,:;/|.+_*@#~&-]+$/.test(last.text) && before?.kind === 'mask') {
        joined.pop();
        joined[joined.length - 1] = before.text === token.text || token.text === '' ? before : { ...before, text: '<*>' };
        continue;
      }
    }
    joined.push(token);
  }
  return joined;
}

/** `451 bytes (0.4 KB)`: the same value said twice. */
function dropAppositions(tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    const value = tokens[at + 1];
    const same =
      token.text === '(' && value?.kind === 'mask' && value.text !== '<*>' && value.text !== '<num>' && kept.at(-1)?.text === value.text;
    if (same && tokens[at + 2]?.text === ')') at += 2;
    else kept.push(token);
  }
  return kept;
}

export function textOf(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) text += token.gap && text !== '' ? ` ${token.text}` : token.text;
  return text;
}
