import type { MessageValues } from '../../../src-shared/judgement';
import type { LogLevel, ParsedLine } from '../../../src-shared/logs/parsed-line';
import { findNegation, isCaught } from './negation';
import { standsForItself } from './word-place';
import { hardeners, lexicon, softeners } from './words';

/** How bad a line is, and the rule and values of the reason: its sentence is made where somebody reads it, not for each line of a storm. */
export interface LineWeight {
  readonly level: LogLevel;
  readonly rule: 'log-level' | 'log-word' | 'log-word-softened';
  readonly values: MessageValues & { readonly word: string };
}

type WordLevel = (typeof lexicon)[number]['level'];

/** A second look further on is worth little: a line says what is wrong early. */
const searchedChars = 8_192;
const maxHits = 64;

const finder = new RegExp(lexicon.map(({ words }) => `(${words.join('|')})`).join('|'), 'giu');

/**
 * The level that the line states, else what its words amount to: `error` and `critical` by words of failure that nothing
 * near takes back ("0 errors", "error handler"), `warning` where the text also says that it was coped with ("will retry").
 * Null: nothing of the kind. A stated level is believed: an INFO line about a failure is no error.
 */
export function weighLine(line: ParsedLine): LineWeight | null {
  if (line.level !== null) return { level: line.level, rule: 'log-level', values: { word: line.levelWord ?? line.level } };
  return weighWords(line.message);
}

/** Whether any word stands in it that may make it more than a line without a level. */
export function mayBeWeighed(message: string): boolean {
  finder.lastIndex = 0;
  // Of what follows these words the finder looks at a digit.
  return finder.test(message) || /exited with/i.test(message);
}

function weighWords(message: string): LineWeight | null {
  const text = message.length > searchedChars ? message.slice(0, searchedChars) : message;
  const found = findWord(text);
  if (found === null) return null;
  const { level, word } = found;
  if (level === 'warning') return { level, rule: 'log-word', values: { word } };
  const softener = softeners.exec(text)?.[0];
  if (softener !== undefined && !hardeners.test(text)) return { level: 'warning', rule: 'log-word-softened', values: { word, softener } };
  return { level, rule: 'log-word', values: { word } };
}

interface FoundWord {
  readonly level: WordLevel;
  readonly word: string;
}

/** The worst word that stands; of equals the first. */
function findWord(text: string): FoundWord | null {
  let worst: FoundWord | null = null;
  finder.lastIndex = 0;
  for (let count = 0; count < maxHits; count += 1) {
    const match = finder.exec(text);
    if (match === null) break;
    const level = lexicon[match.findIndex((group, index) => index > 0 && group !== undefined) - 1]?.level ?? 'error';
    const [word] = match;
    if (worst !== null && rank(level) <= rank(worst.level)) continue;
    const start = match.index;
    const end = start + word.length;
    if (!standsForItself(text, start, end) || !counts(text, start, end, word.toLowerCase())) {
      finder.lastIndex = start + 1;
      continue;
    }
    const caught = word.toLowerCase().startsWith('exception') && isCaught(text, start);
    worst = better(worst, { level: caught ? 'warning' : level, word });
    if (worst.level === 'critical') break;
  }
  return worst;
}

function counts(text: string, start: number, end: number, word: string): boolean {
  // "err" is a word of code: it counts with a value or shouted.
  if (word === 'err' && !/^\s?[=:!]/.test(text.slice(end, end + 2))) return false;
  return findNegation(text, start, end) === null;
}

function better(left: FoundWord | null, right: FoundWord): FoundWord {
  return left !== null && rank(left.level) >= rank(right.level) ? left : right;
}

function rank(level: WordLevel): number {
  return level === 'critical' ? 2 : level === 'error' ? 1 : 0;
}
