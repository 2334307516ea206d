/** A value as it stands behind "name=" in a shell line, JSON, YAML, a query or a log. */
export interface ReadValue {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
}

const colours = /\u001b\[[\d;]{0,12}m/y;
/** Python's b'…', and the backslashes of a text inside a text. */
const opening = /[bru]?(\\{0,3})(["'`])/y;
/**
 * No quotes: up to white space or a bracket, or a separator behind which another name, or nothing, follows. Not \s: in bytes
 * read as Latin-1 a no-break space (0xa0) is the middle of a letter.
 */
const bare =
  /(?:[^ \t\r\n\0\v\f"`<>,;&)\]}\\|]|[,;|)\]}](?=[^ \t\r\n"'`,;&)\]}|])(?! {0,2}["'\w.-]{1,40}[=:])|&(?![\w.%-]{1,40}=|amp;)(?=[^ \t\r\n"'])|\\(?![nrt"'\\]))+/y;

/** What an earlier masking left; a bracket alone would end the value. */
const masked = /\[masked:[a-z-]{1,20}:[0-9a-f]{6}\](?![A-Za-z0-9])/y;

/** Null: nothing stands there that can be taken for one value. */
export function readValue(text: string, from: number): ReadValue | null {
  let at = from;
  colours.lastIndex = at;
  if (colours.test(text)) at = colours.lastIndex;
  opening.lastIndex = at;
  const quote = opening.exec(text);
  if (quote !== null) {
    const [all, slashes = '', mark = ''] = quote;
    const start = at + all.length;
    return { start, end: endOfQuoted(text, start, slashes.length, mark), isQuoted: true };
  }
  masked.lastIndex = at;
  if (masked.test(text)) return { start: at, end: masked.lastIndex, isQuoted: false };
  bare.lastIndex = at;
  const found = bare.exec(text);
  return found === null ? null : { start: at, end: at + found[0].length, isQuoted: false };
}

/** The next such mark behind no more backslashes than the opening one has; without one, the end of the line. */
function endOfQuoted(text: string, start: number, slashCount: number, mark: string): number {
  for (let at = text.indexOf(mark, start); at !== -1; at = text.indexOf(mark, at + 1)) {
    let first = at;
    while (first > start && text.charAt(first - 1) === '\\') first -= 1;
    const count = at - first;
    if (slashCount === 0 ? count % 2 === 0 : count <= slashCount) return slashCount === 0 ? at : first;
  }
  const newline = text.indexOf('\n', start);
  return newline === -1 ? text.length : newline;
}
