/** A piece of a line; `hit` marks what the eye should find. */
export interface LinePart {
  readonly text: string;
  readonly hit: boolean;
}

/**
 * Splits a line at every occurrence of a keyword, case-insensitively, in plain text: the line is hostile, so nothing of it is
 * ever taken for markup or for a pattern. An empty keyword marks nothing.
 */
export function splitAtKeyword(line: string, keyword: string): readonly LinePart[] {
  const needle = keyword.toLowerCase();
  const haystack = line.toLowerCase();
  // Lower-casing changes the length of a few letters (İ): positions would no longer be those of the line.
  if (needle === '' || haystack.length !== line.length) return [{ text: line, hit: false }];
  const parts: LinePart[] = [];
  let from = 0;
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, from)) {
    if (at > from) parts.push({ text: line.slice(from, at), hit: false });
    parts.push({ text: line.slice(at, at + needle.length), hit: true });
    from = at + needle.length;
  }
  if (from < line.length) parts.push({ text: line.slice(from), hit: false });
  return parts;
}

/** Controls, bidirectional marks and escape sequences of a line made harmless: shown as the visible replacement, tabs as spaces. */
export function printable(line: string): string {
  return line
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replace(/\t/g, '  ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
