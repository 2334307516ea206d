/** A letter, a digit, `_` or `-`: what makes a word longer. */
function isWordPart(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45;
}

function isAlphanumeric(code: number): boolean {
  return isWordPart(code) && code !== 95 && code !== 45;
}

/**
 * Whether `needle` stands in `text` as RoleEntry.arguments means it: where it begins or ends with a letter or digit, the
 * neighbour there is no part of a word. `bin/vite` stands in "node /a/.bin/vite --host", not in "bin/vitest".
 */
export function standsInText(text: string, needle: string): boolean {
  if (needle === '') return false;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    if (isBoundedBefore(text, needle, at) && isBoundedAfter(text, needle, at)) return true;
  }
  return false;
}

/** Whether `text` begins with `needle`, bounded at its end. */
export function beginsText(text: string, needle: string): boolean {
  return needle !== '' && text.startsWith(needle) && isBoundedAfter(text, needle, 0);
}

function isBoundedBefore(text: string, needle: string, at: number): boolean {
  return at === 0 || !isAlphanumeric(needle.charCodeAt(0)) || !isWordPart(text.charCodeAt(at - 1));
}

function isBoundedAfter(text: string, needle: string, at: number): boolean {
  const end = at + needle.length;
  return end >= text.length || !isAlphanumeric(needle.charCodeAt(needle.length - 1)) || !isWordPart(text.charCodeAt(end));
}
