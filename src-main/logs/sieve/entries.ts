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

/** Two characters in a row, small letters as a rule, the most frequent in logs first. */
const frequentPairs =
  'er  e orins re t aesatt  ithte sn on ccoroensed edr hestle o wne fitmedeantiecndloo ntar ptafoisom -hakenocetove bunch r-  nts m eet lma ' +
  'dlioualeaprngwoy adpeapotila acnaamcaasicaictpagessull eviooprrmsttexogrkshidninfho husoorsochiblelut |emolurrarurtckmp| rnosh g juowbord' +
  'ofld ullriwhsitrf plimsansqudavadswisrodrchrk uesolapofibyry kcltpythkmoievifadudoagm okscdi--frsuc wafseqoxpirm jhtpta-curvivxexyppnnbec';
const pairRanks = new Map(Array.from({ length: frequentPairs.length / 2 }, (_, at) => [frequentPairs.slice(at * 2, at * 2 + 2), at]));

/** Where case does not count, the long s is an s and the Kelvin sign a k; PRIORITY is a key of the journal. */
const otherWords = ['priority"', 'priority\\', '\\u017f', '\u212a', '\\u212a'];
/** Of JSON: see parse/json.ts. Other names of levels end in these. */
const keys = ['level', 'lvl', 'severity', 'levelname', 'severity_text', '@l', '"s'];

export function sieveEntries(): readonly SieveEntry[] {
  const choose = createGramChooser();
  const entry = (text: string, kind: number, keyBytes?: number): SieveEntry => {
    const word = Buffer.from(text).map((byte) => byte | 32) as Buffer;
    return { word, gramAt: choose(word), kind, keyBytes: keyBytes ?? word.length };
  };
  const words = [...failureWords().flatMap(withEscapes), ...otherWords];
  // Short ones have no choice, and what they need costs the others nothing more.
  words.sort((left, right) => left.length - right.length);
  return [
    ...words.map((word) => entry(word, wholeWord)),
    ...keys.flatMap((key) => [entry(`${key}"`, levelKey, key.length), entry(`${key}\\`, levelKey, key.length)]),
    entry('\\u003c', escapedAngle),
    entry('\\u001b', escapedEscape),
    entry('\\u00', escapedLetter),
  ];
}

/** Gives where the three bytes of a word begin whose pairs, beside those that are looked for already, are the least frequent. */
function createGramChooser(): (word: Buffer) => number {
  const chosen = new Set<string>();
  return (word) => {
    let best = 0;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 3 <= word.length; at += 1) {
      const cost = pairsAt(word, at).reduce((sum, pair) => sum + (chosen.has(pair) ? 0 : frequencyOf(pair)), 0);
      if (cost >= bestCost) continue;
      best = at;
      bestCost = cost;
    }
    for (const pair of pairsAt(word, best)) chosen.add(pair);
    return best;
  };
}

function pairsAt(word: Buffer, at: number): readonly string[] {
  return [word.toString('latin1', at, at + 2), word.toString('latin1', at + 1, at + 3)];
}

/** About in proportion; numbers are everywhere. */
function frequencyOf(pair: string): number {
  return 1 / (8 + (/\d/.test(pair) ? 0 : (pairRanks.get(pair) ?? 2 * pairRanks.size)));
}

/** Of three places in a row, the bytes that may stand at each. */
export type Gram = readonly (readonly number[])[];

/** What is looked at without a word: levels of one letter or a number, colours, the long s. */
export function gramFamilies(): readonly Gram[] {
  const digits = '0123456789';
  const any = Array.from({ length: 256 }, (_, byte) => byte);
  // See levels.ts; a line begins behind a newline or a quote.
  return [
    [codesOf(' \n"'), codesOf('EFCA'), codesOf(`/,${digits}`)],
    [codesOf(' \t]|,;)}:t'), codesOf('EFC'), codesOf(' \t|\\\r\n"')],
    [any, codesOf('<'), codesOf(digits)],
    [any, [27], [91]],
    [any, [0xc5], [0xbf]],
  ];
}

function codesOf(characters: string): readonly number[] {
  return [...characters].map((character) => character.charCodeAt(0));
}
