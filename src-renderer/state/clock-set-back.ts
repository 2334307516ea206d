/** A reading can come late by less than this. */
const mostLateMs = 10_000;

/** The clock was set back since `beforeMs`: what was drawn for later times would hold up what comes now until these times come. */
export function wasSetBack(beforeMs: number, atMs: number): boolean {
  return beforeMs - atMs > mostLateMs;
}
