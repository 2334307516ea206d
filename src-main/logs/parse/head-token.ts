/** One part of a head. */
export interface Token {
  readonly kind: 'word' | 'bracket' | 'separator';
  /** Of a bracket: what is inside. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of a word: how many letters it opens with. */
  readonly wordLength: number;
  /** Spaces before it. */
  readonly gapBefore: number;
  /** A tab or two spaces follow. */
  readonly wideGap: boolean;
  readonly open: string;
}

/** A longer part is no head's. */
const maxTokenLength = 320;

/** The part at or behind `start`; null: the line ends, or what comes is no part of a head. Bounded work. */
export function readToken(text: string, from: number): Token | null {
  let start = from;
  while (start - from < 64 && isBlank(text.charCodeAt(start))) start += 1;
  if (start >= text.length) return null;
  const gapBefore = start - from;
  const code = text.charCodeAt(start);
  if (code === 91 || code === 40 || code === 123) return readBracket(text, start, gapBefore);
  if (code === 93 || code === 124 || code === 44 || code === 59) return token('separator', text, start, start + 1, gapBefore);
  let end = start;
  const limit = Math.min(text.length, start + maxTokenLength);
  while (end < limit && !isBlank(text.charCodeAt(end)) && text.charCodeAt(end) !== 124) end += 1;
  if (end === limit && limit !== text.length) return null;
  const kind = isSeparator(text, start, end) ? 'separator' : 'word';
  return token(kind, text, start, end, gapBefore);
}

function isSeparator(text: string, start: number, end: number): boolean {
  if (end - start > 3) return false;
  if (end - start === 1 && text.charCodeAt(start) === 58) return true;
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) !== 45) return false;
  return true;
}

function token(kind: 'word' | 'separator', text: string, start: number, end: number, gapBefore: number): Token {
  let letters = start;
  while (letters < end && isLetter(text.charCodeAt(letters))) letters += 1;
  const next = text.charCodeAt(end);
  const wideGap = next === 9 || (next === 32 && isBlank(text.charCodeAt(end + 1)));
  return { kind, text: text.slice(start, end), start, end, wordLength: letters - start, gapBefore, wideGap, open: '' };
}

function readBracket(text: string, start: number, gapBefore: number): Token | null {
  const open = text.charAt(start);
  const close = open === '[' ? 93 : open === '(' ? 41 : 125;
  const opening = text.charCodeAt(start);
  const limit = Math.min(text.length, start + maxTokenLength);
  let depth = 0;
  for (let at = start; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === opening) depth += 1;
    if (code !== close) continue;
    depth -= 1;
    if (depth > 0) continue;
    const end = text.charCodeAt(at + 1) === 58 ? at + 2 : at + 1;
    return { kind: 'bracket', text: text.slice(start + 1, at), start, end, wordLength: 0, gapBefore, wideGap: false, open };
  }
  return null;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
