/** Where a keyword stands in a line. */
export interface Match {
  /** As written in the line, case kept. */
  readonly keyword: string;
  /** Index of its first UTF-16 unit. */
  readonly index: number;
}

/** Tells whether a line speaks of a failure; null when it does not. */
export type Classify = (text: string) => Match | null;

/** "no errors", "0 failed", "without any error": directly before the word. */
const negationBefore =
  /(?:^|[^a-z\d])(?:no|not|non|never|zero|without|(?<![\d.,:]\s?)0)(?:[\s_-]+(?:an?|any|known|new|other|more|further))?[\s_-]*$/i;

/** "error_count=0", "errors: 0", `"error":null`: directly behind the word. A value goes on after none of these. */
const negationAfter = new RegExp(
  [
    String.raw`^(?:\(s\))?`,
    String.raw`(?:[\s_-]?(?:count|counts|rate|ratio|total|totals|number|code|codes|level))?`,
    String.raw`["']?\s*[=:]\s*`,
    String.raw`(?:["']?0+(?:\.0+)?%?["']?(?![\w.])|["']?(?:none|null|nil|<nil>|false|undefined|n\/a)["']?|""|''|\{\}|\[\])`,
    // "failed: null pointer" is no empty value: the value must end here.
    String.raw`(?=\s*(?:$|[,;)}\]|])|\s+["']?[\w.-]+["']?\s*[=:]|\s+(?:in|warnings?|and|after|of)\b)`,
  ].join(''),
  'i',
);
const freeOfBehind = /^[\s_-]?(?:free|less)\b/i;

/**
 * Keeps lines that hold one of the words, without regard to case but with regard to words: a word begins where no letter
 * stands before it or at a camel-case border (NullPointerException), and ends likewise or in a common suffix. Negated
 * mentions ("0 errors", "error=null") do not count. The words are literals; nothing in them is a pattern.
 */
export function createClassifier(keywords: readonly string[]): Classify {
  const literals = keywords.filter((keyword) => keyword !== '').map(escapeLiteral);
  if (literals.length === 0) return () => null;
  const finder = new RegExp(literals.join('|'), 'giu');
  return (text) => {
    finder.lastIndex = 0;
    for (let found = finder.exec(text); found !== null; found = finder.exec(text)) {
      const [keyword] = found;
      const index = found.index;
      if (isWordStart(text, index) && !isNegated(text, index, keyword.length)) return { keyword, index };
      finder.lastIndex = index + 1;
    }
    return null;
  };
}

function escapeLiteral(keyword: string): string {
  return keyword.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function isNegated(text: string, index: number, length: number): boolean {
  const end = wordEnd(text, index, index + length);
  if (end === null) return true;
  const before = text.slice(Math.max(0, index - 32), index);
  const behind = text.slice(end, end + 64);
  return negationBefore.test(before) || negationAfter.test(behind) || freeOfBehind.test(behind);
}

/** Scripts without capitals (Korean, Chinese) do not part words by borders: there a keyword counts wherever it stands. */
function isCased(character: string): boolean {
  return character.toLowerCase() !== character.toUpperCase();
}

function isUpper(character: string): boolean {
  return isCased(character) && character === character.toUpperCase();
}

function isWordStart(text: string, index: number): boolean {
  const first = text.charAt(index);
  const before = text.charAt(index - 1);
  if (!isCased(first) || before === '' || !isCased(before)) return true;
  // NullPointerException, HTTPError; not TERROR.
  if (isUpper(first) && (!isUpper(before) || !isUpper(text.charAt(index + 1)))) return true;
  return endsInColourCode(text, index) || endsInEscape(text, index);
}

/** Where the word with its suffix ends; null when it goes on as another word ("failover"). */
function wordEnd(text: string, start: number, end: number): number | null {
  if (isBorder(text, start, end)) return end;
  for (const length of [5, 4, 3, 2, 1]) {
    if (isSuffix(text.slice(end, end + length)) && isBorder(text, start, end + length)) return end + length;
  }
  return null;
}

/** Endings a keyword may take on: errors, failed, failing, failure(s). */
const suffixes = new Set(['s', 'es', 'ed', 'ing', 'ings', 'ure', 'ures']);

function isSuffix(text: string): boolean {
  return suffixes.has(text.toLowerCase());
}

function isBorder(text: string, start: number, end: number): boolean {
  const last = text.charAt(end - 1);
  const next = text.charAt(end);
  if (next === '' || !isCased(next) || !isCased(last)) return true;
  // errorCode, ErrorHandler; ERRORS is left to the suffixes.
  return isUpper(next) && !isUpper(last) && start < end;
}

/** The letter before is the end of a colour code: ESC [ 31 m error. */
function endsInColourCode(text: string, index: number): boolean {
  return /\u001b\[[\d;:?]*[A-Za-z]$/.test(text.slice(Math.max(0, index - 24), index));
}

/** The letter before belongs to an escape inside a quoted string: "…\nerror". */
function endsInEscape(text: string, index: number): boolean {
  return text.charAt(index - 2) === '\\' && 'nrt'.includes(text.charAt(index - 1));
}
