/**
 * Whether a word stands for itself where it was found, rather than being a piece of another word ("terror", "failover"),
 * of a name that goes on ("errorHandler", "error_log", "FAIL_CLEANUP"), of a path, a URL or a file name.
 */
export function standsForItself(text: string, start: number, end: number): boolean {
  if (!beginsWord(text, start) || !endsWord(text, end)) return false;
  return !isInPath(text, start) && !isFileName(text, end);
}

/** Letters without capitals (Korean, Chinese) do not part words by borders. */
function isCased(character: string): boolean {
  return character.toLowerCase() !== character.toUpperCase();
}

function isUpper(character: string): boolean {
  return isCased(character) && character === character.toUpperCase();
}

function beginsWord(text: string, start: number): boolean {
  const first = text.charAt(start);
  const before = text.charAt(start - 1);
  if (before === '' || !isCased(before) || !isCased(first)) return true;
  // NullPointerException, IOError; not TERROR.
  if (isUpper(first) && (!isUpper(before) || !isUpper(text.charAt(start + 1)))) return true;
  // "\nerror" inside a quoted string.
  return text.charAt(start - 2) === '\\' && 'nrt'.includes(before);
}

function endsWord(text: string, end: number): boolean {
  const next = text.charAt(end);
  const last = text.charAt(end - 1);
  if (next === '') return true;
  if (isCased(next) && isCased(last)) return isUpper(next) && !isUpper(last) && isTail(text, end);
  return next !== '_' || isTail(text, end + 1);
}

/** errorCode=5, error_count: 3, ErrorMessage="…": a value that the negations look at; any other longer name is a name. */
const tail = /(?:count|code|codes|total|number|num|msg|message|text|string|reason|detail|details|status)["']?\s{0,2}[=:]/iy;

function isTail(text: string, at: number): boolean {
  tail.lastIndex = at;
  return tail.test(text);
}

const breaks = ' \t"\'`([{<,;|';

/** Scans back to the start of the token: a slash in it makes it a path or URL. */
function isInPath(text: string, start: number): boolean {
  let isValue = false;
  let isQuery = false;
  for (let at = start - 1; at >= 0 && start - at < 200; at -= 1) {
    const character = text.charAt(at);
    if (breaks.includes(character)) return false;
    // "read/write failure" has its slash in another token; "10.0.0.1:80/tcp: error" is parted by the colon and space.
    if (character === '/') return !isValue || isQuery;
    // a/b=error is a value; /search?q=error is not.
    if (character === '=') isValue = true;
    if (character === '?' || character === '&') isQuery = true;
  }
  return false;
}

const extension =
  /\.(?:log|txt|html?|php|js|mjs|cjs|ts|tsx|jsx|go|rs|py|rb|java|kt|cs|c|cc|cpp|h|hpp|conf|cfg|ya?ml|json|xml|css|scss|vue|gz|out|err|sock|sh|tmpl|d)\b/iy;
const packagePart = /\.[a-z][\w]{0,60}\.[\w.]{0,120}[A-Z]/y;

/** error.log; also the lower-case package in org.example.exception.Foo. */
function isFileName(text: string, end: number): boolean {
  if (text.charAt(end) !== '.') return false;
  extension.lastIndex = end;
  packagePart.lastIndex = end;
  return extension.test(text) || packagePart.test(text);
}
