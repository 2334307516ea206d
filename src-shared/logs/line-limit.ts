/** Longer lines of a log are kept, judged and shown up to here, cut on a code point; how much is missing is counted. */
export const maxLineBytes = 64 * 1024;
