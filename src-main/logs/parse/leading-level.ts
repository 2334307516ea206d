import type { LogLevel } from '../../../src-shared/logs/parsed-line';
import { levelOfWord } from './level-word';

export interface StatedLevel {
  readonly level: LogLevel;
  readonly word: string;
  /** Index behind the word and what closes it. */
  readonly end: number;
}

const bracketed = /[[<(] {0,2}([A-Za-z]{3,13}) {0,2}[\])>]:?/y;
/** Not "error: 0", "Error: none". */
const withColon = /([A-Za-z]{3,13}):(?=\s|$)(?!\s{0,3}(?:0|[Nn]one|null|nil|false|no)\s{0,3}(?:$|[,;]))/y;
const capitals = /([A-Z]{4,13})(?=\s|$)/y;
/** Words that prose and headings put before a colon, too: only a bracket makes levels of them. */
const ordinary = new Set(['log', 'fine', 'fail', 'failure', 'information', 'verbose', 'trace', 'inf', 'note', 'alert', 'emergency']);

/** The level with which a message opens: `[error] …`, `WARNING: …`, `fatal: …`, `<Notice>: …`, `ERROR …`. */
export function readLeadingLevel(text: string, start: number): StatedLevel | null {
  const code = text.charCodeAt(start);
  if (code === 91 || code === 60 || code === 40) return match(bracketed, text, start);
  if (!((code >= 65 && code <= 90) || (code >= 97 && code <= 122))) return null;
  const found = match(withColon, text, start) ?? match(capitals, text, start);
  return found !== null && ordinary.has(found.word.toLowerCase()) ? null : found;
}

function match(pattern: RegExp, text: string, start: number): StatedLevel | null {
  pattern.lastIndex = start;
  const word = pattern.exec(text)?.[1];
  const level = word === undefined ? null : levelOfWord(word);
  return word === undefined || level === null ? null : { level, word, end: pattern.lastIndex };
}
