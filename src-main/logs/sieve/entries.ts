import { failureWords, withEscapes } from './failure-words';
import { escapedAngle, escapedEscape, escapedLetter, levelKey, wholeWord } from './layout';

/** What the sieve looks for. */
export interface SieveEntry {
  /** All bytes as those of small letters. */
  readonly word: Buffer;
  /** Where three bytes of it begin that are seldom in other words. */
  readonly gramAt: number;
  readonly kind: number;
  /** How many bytes of it are passed before what its kind looks at. */
  readonly keyBytes: number;
}

/** How often letters stand in texts, the most frequent first. */
const frequent = ' etaoinsrhldcumfpgwybvkxjqz';
/** Where case does not count, the long s is an s and the Kelvin sign a k; PRIORITY is a key of the journal. */
const otherWords = ['priority"', 'priority\\', '\\u017f', '\u212a', '\\u212a'];
/** Of JSON: see parse/json.ts. Other names of levels end in these. */
const keys = ['level', 'lvl', 'severity', 'levelname', 'severity_text', '@l', '"s'];

export function sieveEntries(): readonly SieveEntry[] {
  const words = [...failureWords().flatMap(withEscapes), ...otherWords];
  return [
    ...words.map((word) => entry(word, wholeWord)),
    ...keys.flatMap((key) => [entry(`${key}"`, levelKey, key.length), entry(`${key}\\`, levelKey, key.length)]),
    entry('\\u003c', escapedAngle),
    entry('\\u001b', escapedEscape),
    entry('\\u00', escapedLetter),
  ];
}

function entry(text: string, kind: number, keyBytes?: number): SieveEntry {
  const word = Buffer.from(text).map((byte) => byte | 32) as Buffer;
  return { word, gramAt: rarestGram(word), kind, keyBytes: keyBytes ?? word.length };
}

function rarestGram(word: Buffer): number {
  let best = 0;
  let bestRank = -1;
  for (let at = 0; at + 3 <= word.length; at += 1) {
    const rank = rankOf(word[at]) + rankOf(word[at + 1]) + rankOf(word[at + 2]);
    if (rank > bestRank) {
      best = at;
      bestRank = rank;
    }
  }
  return best;
}

function rankOf(byte = 0): number {
  const place = frequent.indexOf(String.fromCharCode(byte));
  return place === -1 ? frequent.length : place;
}

/** Of three bytes that are looked at without a word: levels of one letter or a number, colours, the long s. */
export function gramFamilies(): ReadonlySet<number> {
  const grams = new Set<number>();
  const add = (first: string, middle: string, last: string) => {
    for (const one of first)
      for (const two of middle) for (const three of last) grams.add(gramOf(one.charCodeAt(0), two.charCodeAt(0), three.charCodeAt(0)));
  };
  const digits = '0123456789';
  // See levels.ts; a line begins behind a newline or a quote.
  add(' \n"', 'EFCA', `/,${digits}`);
  add(' \t]|,;)}:t', 'EFC', ' \t|\\\r\n');
  add('<', digits, `${digits}>`);
  for (let last = 0; last < 256; last += 1) {
    grams.add(gramOf(27, 91, last));
    grams.add(gramOf(0xc5, 0xbf, last));
  }
  return grams;
}

function gramOf(first: number, middle: number, last: number): number {
  return (first | (middle << 8) | (last << 16) | 0x202020) >>> 0;
}
