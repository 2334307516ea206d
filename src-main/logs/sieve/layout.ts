/**
 * Numbers that both sides of the sieve know: this program and the WebAssembly that is made of `assembly/`. Plain numbers only, for
 * AssemblyScript reads this file too.
 */

/** Addresses. How many lines were held back by the last scan, and how many it looked at. */
export const countsAddress = 1_024;
/** A bit for each two bytes of the three that a word of failure is known by. */
export const pairBitsAddress = 2_048;
/** A bit for each hash of those three, as if small letters. */
export const gramBitsAddress = 10_240;
/** Of each of 4,096 hashes, one more than the index of its first entry (2 bytes). */
export const headsAddress = 18_432;
export const entriesAddress = 26_624;
export const entryBytes = 16;
export const entryLimit = 2_047;
/** The words themselves. */
export const wordsAddress = 59_392;
export const wordsBytes = 14_336;
/** Index, begin and end of lines that were held back. */
export const linesAddress = 73_728;
export const lineLimit = 4_096;
/** A line without its colours. A longer one is held back. */
export const scratchAddress = 122_896;
export const longestPainted = 65_536;
/** Lines are put here; the byte before is a newline. */
export const roomAddress = 196_608;
export const roomBytes = 1_048_576;
/** What stands behind the room may be loaded, never used. */
export const memoryPages = 20;

/** Entries: a word that is enough by itself; the key of a level that may be a number or a letter; the escapes of `<`, of ESC, of a letter. */
export const wholeWord = 0;
export const levelKey = 1;
export const escapedAngle = 2;
export const escapedEscape = 3;
export const escapedLetter = 4;

/** Three bytes, all small letters. */
export const gramFactor = 0x1e3779b1;
