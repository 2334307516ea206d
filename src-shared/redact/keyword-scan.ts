/** Which of some keywords stand in a text, and whether it holds digits enough for a number that is secret. */
export interface KeywordScan<Owner> {
  /** Each once, in the order in which they first stand; at one place only the first in the list. Letters of ASCII match in either case. */
  readonly owners: readonly Owner[];
  /** Four digits, and four more behind them or behind one blank or hyphen. */
  readonly hasDigitRun: boolean;
}

const hashBits = 15;
const hashMask = 2 ** hashBits - 1;

/**
 * A scan for many keywords at once, each of two characters or more: one look at each character, by three characters together at a table
 * that says whether any keyword begins so. An expression of all of them tries each at every place, which costs ten times as much.
 */
export function createKeywordScan<Owner>(
  keywords: readonly (readonly [keyword: string, owner: Owner])[],
): (text: string) => KeywordScan<Owner> {
  type Entry = readonly [keyword: string, owner: Owner];
  // A bit for each: the whole table fits into the nearest cache.
  const begins = new Uint32Array(2 ** hashBits / 32);
  const byHash: Entry[][] = [];
  for (const one of keywords) {
    const [keyword] = one;
    if (keyword.length < 2) throw new Error(`the keyword ${JSON.stringify(keyword)} is too short to be looked for`);
    // Behind one of two characters anything may stand.
    const thirds = keyword.length > 2 ? [keyword.charCodeAt(2)] : Array.from({ length: 32 }, (_, third) => third);
    for (const third of thirds) {
      const hash = withNext(withNext(withNext(0, keyword.charCodeAt(0)), keyword.charCodeAt(1)), third);
      begins[hash >>> 5] = (begins[hash >>> 5] ?? 0) | (1 << (hash & 31));
      byHash[hash] = [...(byHash[hash] ?? []), one];
    }
  }
  const none: KeywordScan<Owner> = { owners: [], hasDigitRun: false };
  const onlyDigits: KeywordScan<Owner> = { owners: [], hasDigitRun: true };

  function ownerAt(text: string, at: number, hash: number): Owner | null {
    for (const [keyword, owner] of byHash[hash] ?? []) if (standsAt(text, at, keyword)) return owner;
    return null;
  }

  return (text) => {
    const { length } = text;
    let owners: Owner[] | null = null;
    let hash = 0;
    let digits = 0;
    let digitsBefore = 0;
    let hasDigitRun = false;
    for (let at = 0; at <= length; at += 1) {
      // Behind the end too, for keywords of two characters.
      const code = at < length ? text.charCodeAt(at) : 0;
      if (code >= 48 && code <= 57) {
        digits += 1;
        if (digits >= 8 || (digits >= 4 && digitsBefore >= 4)) hasDigitRun = true;
      } else if (digits > 0 || digitsBefore > 0) {
        digitsBefore = code === 32 || code === 45 ? digits : 0;
        digits = 0;
      }
      hash = withNext(hash, code);
      if (((begins[hash >>> 5] as number) & (1 << (hash & 31))) === 0 || at < 2) continue;
      const owner = ownerAt(text, at - 2, hash);
      if (owner === null || owners?.includes(owner)) continue;
      owners ??= [];
      owners.push(owner);
    }
    if (owners === null) return hasDigitRun ? onlyDigits : none;
    return { owners, hasDigitRun };
  };
}

/** Of the last three characters five bits each, in which a capital is its small letter. */
function withNext(hash: number, code: number): number {
  return ((hash << 5) | (code & 31)) & hashMask;
}

function fold(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function standsAt(text: string, start: number, keyword: string): boolean {
  if (start + keyword.length > text.length) return false;
  for (let at = 0; at < keyword.length; at += 1) if (fold(text.charCodeAt(start + at)) !== keyword.charCodeAt(at)) return false;
  return true;
}
