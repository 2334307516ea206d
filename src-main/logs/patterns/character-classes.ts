/** What a character means to the scanner; a chunk is a run of characters that are neither blank nor a hard delimiter. */
export const blank = 1;
export const hardDelimiter = 2;
export const digit = 4;
export const slash = 8;

/** By UTF-16 code unit below 128; anything above is a plain letter. */
export const classOf = createClasses();

function createClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  classes.fill(blank, 0, 33);
  classes[127] = blank;
  for (const character of '=,;()[]{}"\'<>|`') classes[character.charCodeAt(0)] = hardDelimiter;
  classes.fill(digit, 48, 58);
  classes[47] = slash;
  classes[92] = slash;
  return classes;
}
